import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Tx } from '../context.js';
import type { HazardState, SafetyHazard } from '../generated/graphql.js';
import type { SafetyInspection } from '../generated/prisma/client.js';
import { daysToMend } from '../hazards.js';
import { actorOf, newId, recordStep } from './case.js';
import { buildingAt, unitAt } from './estate.js';

export const hazardKind = z.enum(['GAS', 'ELECTRICITY', 'FIRE', 'E_BIKE', 'STRUCTURE', 'LIFT', 'ELDER_SAFETY']);

/** The day by which a hazard is to be mended, counted from another. */
export function dueAfter(from: Date, hazard: SafetyHazard): Date {
  return new Date(from.getTime() + daysToMend[hazard] * 86_400_000);
}

export interface FoundHazard {
  hazard: SafetyHazard;
  finding: string;
  buildingCode: string;
  unitCode?: string | null | undefined;
  dueOn?: Date | null | undefined;
}

/**
 * Writes down a hazard at a building or a home. Who handles the home handles what is found there, else the estate's staff.
 * @param field where in the input it stands; default at its top
 */
export async function findHazard(
  tx: Tx,
  {
    found,
    foundOn,
    state,
    roundId = null,
    field = [],
  }: { found: FoundHazard; foundOn: Date; state: HazardState; roundId?: string | null; field?: string[] },
): Promise<SafetyInspection> {
  const { hazard, finding, buildingCode } = found;
  const building = await buildingAt(tx, [...field, 'buildingCode'], buildingCode);
  const unit = found.unitCode ? await unitAt(tx, [...field, 'unitCode'], found.unitCode) : null;
  if (unit && unit.buildingCode !== buildingCode) {
    throw refuse([...field, 'unitCode'], 'INVALID', '这套房屋不在所填的楼栋，请核对。');
  }
  if (found.dueOn && found.dueOn < foundOn) {
    throw refuse([...field, 'dueOn'], 'INVALID', '整改期限不早于发现日。');
  }
  const project = await tx.all.propertyProject.findUniqueOrThrow({ where: { id: building.projectId } });
  const made = await tx.all.safetyInspection.create({
    data: {
      id: newId('z'),
      ...{ hazard, finding, foundOn, state, roundId, buildingCode },
      dueOn: found.dueOn ?? dueAfter(foundOn, hazard),
      unitCode: unit?.code ?? null,
      projectId: project.id,
      communityCode: building.communityCode,
      handlers: unit ? unit.handlers : project.handlers,
    },
  });
  await recordStep(tx, { caseId: made.id, state, actor: actorOf(tx) });
  const { id: hazardId, projectId, communityCode } = made;
  await tx.emit({
    type: 'HazardFound',
    key: hazardId,
    data: { hazardId, kind: hazard, state, projectId, communityCode, buildingCode },
  });
  return made;
}
