import { day, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Tx } from '../context.js';
import type { HazardState, MutationResolvers } from '../generated/graphql.js';
import type { SafetyInspection } from '../generated/prisma/client.js';
import { hazardMoves, hazardNames } from '../hazards.js';
import { requireState } from '../states.js';
import { dateIn } from '../today.js';
import { actorOf, recordStep, requireChanged, requireVersion } from './case.js';
import { buildingAt, peopleOf } from './estate.js';
import { buildingCode, remark, unitCode } from './fields.js';
import { dueAfter, findHazard, hazardKind } from './found-hazard.js';

/** Residents who live or own in a building: what they report of it is looked at before it counts. */
async function neighboursOf(tx: Tx, building: string): Promise<string[]> {
  const units = await tx.all.housingUnit.findMany({ where: { buildingCode: building }, select: { occupants: true } });
  const owned = await tx.all.unitOwnership.findMany({
    where: { unitCode: { gte: building, lt: `${building}:` } },
    select: { owners: true },
  });
  return [...units.flatMap(({ occupants }) => occupants), ...owned.flatMap(({ owners }) => owners)];
}

const reportHazard = mutation({
  name: 'reportHazard',
  input: z.strictObject({
    hazard: hazardKind,
    finding: text(200),
    buildingCode,
    unitCode: unitCode.nullish(),
    idempotencyKey: idempotencyKey.nullish(),
  }),
  async run({ hazard, finding, buildingCode: code, unitCode: unit }, tx: Tx) {
    const building = await buildingAt(tx, ['buildingCode'], code);
    const project = await tx.all.propertyProject.findUniqueOrThrow({ where: { id: building.projectId } });
    const byStaff = tx.isRelated({ community: building.communityCode, assigned: project.handlers });
    if (!byStaff) {
      const home = unit && (await tx.all.housingUnit.findUnique({ where: { code: unit } }));
      const people = home ? await peopleOf(tx, home) : unit ? [] : await neighboursOf(tx, code);
      tx.requireRelation([unit ? 'unitCode' : 'buildingCode'], { subject: people });
    }
    const found = { hazard, finding, buildingCode: code, unitCode: unit };
    const made = await findHazard(tx, { found, foundOn: dateIn(tx.now), state: byStaff ? 'OPEN' : 'REPORTED' });
    return { hazard: made };
  },
  made: ({ hazard }) => hazard.id,
  again: async (made, tx) => ({ hazard: await tx.all.safetyInspection.findUniqueOrThrow({ where: { id: made } }) }),
});

interface Move {
  hazardId: string;
  expectedVersion: number;
  from: HazardState;
  to: HazardState;
  note?: string | null | undefined;
}

type Change = Partial<Pick<SafetyInspection, 'dueOn' | 'fixedOn' | 'overdueSince'>>;

/** Moves a hazard that the caller may write, as they looked at it. */
async function moveHazard(
  tx: Tx,
  { hazardId, expectedVersion, from, to, note }: Move,
  change: (before: SafetyInspection) => Change,
): Promise<SafetyInspection> {
  const before = await tx.rows.safetyInspection.findUnique({ where: { id: hazardId } });
  if (!before) throw refuse(['hazardId'], 'NOT_FOUND', '没有这处隐患，或您无权办理。');
  requireVersion(before, expectedVersion);
  requireState(['hazardId'], { now: before.state, wanted: from, moves: hazardMoves, names: hazardNames });
  requireChanged(
    await tx.rows.safetyInspection.updateMany({
      where: { id: hazardId, version: expectedVersion },
      data: { state: to, version: { increment: 1 }, ...change(before) },
    }),
  );
  await recordStep(tx, { caseId: hazardId, state: to, note: note ?? null, actor: actorOf(tx) });
  const hazard = await tx.all.safetyInspection.findUniqueOrThrow({ where: { id: hazardId } });
  const { projectId, communityCode, hazard: kind } = hazard;
  await tx.emit({ type: 'HazardMoved', key: hazardId, data: { hazardId, kind, state: to, projectId, communityCode } });
  return hazard;
}

const verifyHazard = mutation({
  name: 'verifyHazard',
  input: z.strictObject({ hazardId: id, real: z.boolean(), note: remark(200), expectedVersion: version }),
  async run({ real, ...input }, tx: Tx) {
    const move: Move = { ...input, from: 'REPORTED', to: real ? 'OPEN' : 'REJECTED' };
    const hazard = await moveHazard(tx, move, (before) =>
      real ? { dueOn: dueAfter(dateIn(tx.now), before.hazard) } : {},
    );
    return { hazard };
  },
});

const resolveHazard = mutation({
  name: 'resolveHazard',
  input: z.strictObject({ hazardId: id, note: text(200), expectedVersion: version }),
  async run(input, tx: Tx) {
    const move: Move = { ...input, from: 'OPEN', to: 'FIXED' };
    return { hazard: await moveHazard(tx, move, () => ({ fixedOn: dateIn(tx.now) })) };
  },
});

const reinspectHazard = mutation({
  name: 'reinspectHazard',
  input: z.strictObject({
    hazardId: id,
    passed: z.boolean(),
    dueOn: day.nullish(),
    note: remark(200),
    expectedVersion: version,
  }),
  async run({ passed, dueOn, ...input }, tx: Tx) {
    const today = dateIn(tx.now);
    if (passed && dueOn) throw refuse(['dueOn'], 'INVALID', '复查通过的没有整改期限，请不要填写。');
    if (dueOn && dueOn < today) throw refuse(['dueOn'], 'INVALID', '新的整改期限不早于今天。');
    const move: Move = { ...input, from: 'FIXED', to: passed ? 'CLOSED' : 'OPEN' };
    const hazard = await moveHazard(tx, move, (before) =>
      passed ? {} : { fixedOn: null, overdueSince: null, dueOn: dueOn ?? dueAfter(today, before.hazard) },
    );
    return { hazard };
  },
});

/** Hazards: reported, verified, mended, and looked at again. */
export const hazardMutations: MutationResolvers = { reportHazard, verifyHazard, resolveHazard, reinspectHazard };
