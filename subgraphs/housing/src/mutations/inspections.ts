import { day, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Tx } from '../context.js';
import type { InspectionRound } from '../generated/prisma/client.js';
import type { MutationResolvers } from '../generated/graphql.js';
import { dateIn } from '../today.js';
import { newId, requireChanged, requireVersion } from './case.js';
import { estateFor } from './estate.js';
import { buildingCode, unitCode } from './fields.js';
import { findHazard, hazardKind } from './found-hazard.js';

const yearMs = 366 * 86_400_000;
const mostHazards = 100;

const planSafetyInspection = mutation({
  name: 'planSafetyInspection',
  input: z.strictObject({ projectId: id, plannedFor: day, idempotencyKey: idempotencyKey.nullish() }),
  async run({ projectId, plannedFor }, tx: Tx) {
    const today = dateIn(tx.now);
    if (plannedFor < today || plannedFor.getTime() > today.getTime() + yearMs) {
      throw refuse(['plannedFor'], 'INVALID', '计划日期应在今天至一年之内。');
    }
    const { communityCode, handlers } = await estateFor(tx, projectId);
    await tx.lock(`inspection:${projectId}`);
    const planned = await tx.all.inspectionRound.findFirst({ where: { projectId, state: 'PLANNED' } });
    if (planned) throw refuse(['projectId'], 'DUPLICATE', '这个小区已有一次未完成的安全巡查，请先完成或取消。');
    const data = { id: newId('i'), projectId, plannedFor, communityCode, handlers };
    return { round: await tx.all.inspectionRound.create({ data }) };
  },
  made: ({ round }) => round.id,
  again: async (made, tx) => ({ round: await tx.all.inspectionRound.findUniqueOrThrow({ where: { id: made } }) }),
});

/** A planned inspection that the caller may write, as they looked at it. */
async function planned(tx: Tx, roundId: string, expected: number): Promise<InspectionRound> {
  const round = await tx.rows.inspectionRound.findUnique({ where: { id: roundId } });
  if (!round) throw refuse(['roundId'], 'NOT_FOUND', '没有这次安全巡查，或您无权办理。');
  requireVersion(round, expected);
  if (round.state !== 'PLANNED') {
    throw refuse(['roundId'], 'WRONG_STATE', '只有已计划的安全巡查可以记录或取消；新的巡查请另行计划。');
  }
  return round;
}

const cancelSafetyInspection = mutation({
  name: 'cancelSafetyInspection',
  input: z.strictObject({ roundId: id, note: text(200), expectedVersion: version }),
  async run({ roundId, note, expectedVersion }, tx: Tx) {
    await planned(tx, roundId, expectedVersion);
    const where = { id: roundId, version: expectedVersion };
    const data = { state: 'CANCELLED', note, version: { increment: 1 } } as const;
    requireChanged(await tx.rows.inspectionRound.updateMany({ where, data }));
    return { round: await tx.all.inspectionRound.findUniqueOrThrow({ where: { id: roundId } }) };
  },
});

const foundHazard = z.strictObject({
  hazard: hazardKind,
  finding: text(200),
  buildingCode,
  unitCode: unitCode.nullish(),
  dueOn: day.nullish(),
});

const recordSafetyInspection = mutation({
  name: 'recordSafetyInspection',
  input: z.strictObject({
    roundId: id,
    visitedOn: day,
    note: text(500),
    hazards: z
      .array(foundHazard)
      .max(mostHazards, { error: `一次至多记录 ${mostHazards} 处隐患。` })
      .nullish(),
    expectedVersion: version,
  }),
  async run({ roundId, visitedOn, note, hazards, expectedVersion }, tx: Tx) {
    const before = await planned(tx, roundId, expectedVersion);
    if (visitedOn > dateIn(tx.now)) throw refuse(['visitedOn'], 'INVALID', '巡查日不晚于今天。');
    const found = hazards ?? [];
    const where = { id: roundId, version: expectedVersion };
    const data = { state: 'DONE', visitedOn, note, hazardsFound: found.length, version: { increment: 1 } } as const;
    requireChanged(await tx.rows.inspectionRound.updateMany({ where, data }));
    for (const [i, each] of found.entries()) {
      const field = ['hazards', String(i)];
      const made = await findHazard(tx, { found: each, foundOn: visitedOn, state: 'OPEN', roundId, field });
      if (made.projectId !== before.projectId) {
        throw refuse([...field, 'buildingCode'], 'INVALID', '这个楼栋不在所巡查的小区，请核对。');
      }
    }
    const { projectId, communityCode } = before;
    await tx.emit({
      type: 'SafetyInspectionRecorded',
      key: roundId,
      data: { roundId, projectId, communityCode, hazards: found.length },
    });
    return { round: await tx.all.inspectionRound.findUniqueOrThrow({ where: { id: roundId } }) };
  },
});

/** Safety inspections of estates: planned, cancelled, and recorded with what they found. */
export const inspectionMutations: MutationResolvers = {
  planSafetyInspection,
  cancelSafetyInspection,
  recordSafetyInspection,
};
