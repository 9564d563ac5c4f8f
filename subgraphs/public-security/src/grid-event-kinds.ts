import type { GridEventKind, GridHandlingUnit } from './generated/prisma/client.js';

/** Hours allowed for an event of each kind, and the unit that it usually goes to: defaults, the plan sets no limits. */
export const gridEventKinds: Readonly<Record<GridEventKind, { hours: number; unit: GridHandlingUnit }>> = {
  FIRE_HAZARD: { hours: 24, unit: 'FIRE_RESCUE' },
  POWER_AND_GAS: { hours: 24, unit: 'PROPERTY' },
  PUBLIC_ORDER: { hours: 48, unit: 'POLICE' },
  DISPUTE: { hours: 72, unit: 'COMMUNITY' },
  CROWDED_PLACE: { hours: 72, unit: 'EMERGENCY' },
  PUBLIC_WORKS: { hours: 120, unit: 'URBAN_MANAGEMENT' },
  ENVIRONMENT: { hours: 48, unit: 'URBAN_MANAGEMENT' },
  WATER_AND_SLOPE: { hours: 48, unit: 'WATER' },
};
