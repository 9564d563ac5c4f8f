import type { HazardState, SafetyHazard } from './generated/graphql.js';
import type { Moves, Names } from './states.js';

/** Days there are to mend what was found: defaults of this hub, the plan names none. */
export const daysToMend: Record<SafetyHazard, number> = {
  GAS: 3,
  ELECTRICITY: 7,
  FIRE: 7,
  E_BIKE: 3,
  STRUCTURE: 60,
  LIFT: 15,
  ELDER_SAFETY: 30,
};

/** A hazard is found, mended and looked at again; what does not hold is to be mended once more. */
export const hazardMoves: Moves<HazardState> = {
  REPORTED: ['OPEN', 'REJECTED'],
  OPEN: ['FIXED'],
  FIXED: ['CLOSED', 'OPEN'],
  CLOSED: [],
  REJECTED: [],
};

export const hazardNames: Names<HazardState> = {
  REPORTED: '已上报，待核实',
  OPEN: '整改中',
  FIXED: '已整改，待复查',
  CLOSED: '已销案',
  REJECTED: '不属实',
};
