import { communityCode, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { DeliberationState } from '../generated/graphql.js';
import type { Deliberation } from '../generated/prisma/client.js';
import { dayOf } from '../working-days.js';
import { addStep, changed, found, requireState, requireVersion, type Tx } from './change.js';
import { createDeliberation, deliberationInput } from './list-entries.js';
import { ownResident, requireNeighbour } from './people.js';

/** From this age on residents take part by themselves. */
const ownAge = 14;

export const deliberationStates: Record<DeliberationState, string> = {
  ANNOUNCED: '已公告',
  DISCUSSING: '讨论中',
  DECIDED: '已作出决定',
  RESULT_PUBLISHED: '结果已公开',
  CANCELLED: '已取消',
};

const openInput = z.strictObject({
  communityCode,
  deliberation: deliberationInput,
  idempotencyKey: idempotencyKey.nullish(),
});

export const openDeliberation = mutation({
  name: 'openDeliberation',
  input: openInput,
  async run({ communityCode: code, deliberation }: z.infer<typeof openInput>, tx: Tx) {
    tx.requireRelation(['communityCode'], { community: code });
    return { deliberation: await createDeliberation(tx, { communityCode: code }, deliberation) };
  },
  made: ({ deliberation }) => deliberation.id,
  again: async (made, tx) => ({ deliberation: await tx.all.deliberation.findUniqueOrThrow({ where: { id: made } }) }),
});

const ofDeliberation = { deliberationId: id, expectedVersion: version };
type OfDeliberation = z.infer<z.ZodObject<typeof ofDeliberation>>;

/** Moves a deliberation of the caller's community from one of some states into another, and notes the step. */
async function move(
  tx: Tx,
  { deliberationId, expectedVersion }: OfDeliberation,
  allowed: readonly DeliberationState[],
  data: Partial<Pick<Deliberation, 'decision' | 'result'>> & { state: DeliberationState },
  note?: string,
): Promise<Deliberation> {
  const row = found(
    await tx.all.deliberation.findUnique({ where: { id: deliberationId } }),
    'deliberationId',
    '议事协商',
  );
  tx.requireRelation(['deliberationId'], { community: row.communityCode });
  requireVersion(row, expectedVersion);
  requireState(row.state, allowed, deliberationStates);
  const moved = changed(
    await tx.all.deliberation.updateManyAndReturn({
      where: { id: row.id, version: expectedVersion },
      data: { ...data, version: { increment: 1 } },
    }),
  );
  await addStep(tx, `deliberation:${row.id}`, moved.state, note);
  return moved;
}

const startInput = z.strictObject(ofDeliberation);

export const startDeliberation = mutation({
  name: 'startDeliberation',
  input: startInput,
  async run(input: OfDeliberation, tx: Tx) {
    return { deliberation: await move(tx, input, ['ANNOUNCED'], { state: 'DISCUSSING' }) };
  },
});

const decideInput = z.strictObject({ ...ofDeliberation, decision: text(2000) });

export const decideDeliberation = mutation({
  name: 'decideDeliberation',
  input: decideInput,
  async run({ decision, ...input }: z.infer<typeof decideInput>, tx: Tx) {
    const deliberation = await move(tx, input, ['DISCUSSING'], { state: 'DECIDED', decision });
    const { id: deliberationId, communityCode: code, participants } = deliberation;
    await tx.emit({
      type: 'DeliberationDecided',
      key: deliberationId,
      data: { deliberationId, communityCode: code, participants },
    });
    return { deliberation };
  },
});

const resultInput = z.strictObject({ ...ofDeliberation, result: text(2000) });

export const publishDeliberationResult = mutation({
  name: 'publishDeliberationResult',
  input: resultInput,
  async run({ result, ...input }: z.infer<typeof resultInput>, tx: Tx) {
    return { deliberation: await move(tx, input, ['DECIDED'], { state: 'RESULT_PUBLISHED', result }) };
  },
});

const cancelInput = z.strictObject({ ...ofDeliberation, reason: text(500) });

export const cancelDeliberation = mutation({
  name: 'cancelDeliberation',
  input: cancelInput,
  async run({ reason, ...input }: z.infer<typeof cancelInput>, tx: Tx) {
    return { deliberation: await move(tx, input, ['ANNOUNCED', 'DISCUSSING'], { state: 'CANCELLED' }, reason) };
  },
});

/** A deliberation that residents may still take part in. */
export async function openToResidents(tx: Tx, deliberationId: string): Promise<Deliberation> {
  const row = found(
    await tx.all.deliberation.findUnique({ where: { id: deliberationId } }),
    'deliberationId',
    '议事协商',
  );
  requireState(row.state, ['ANNOUNCED', 'DISCUSSING'], deliberationStates);
  if (row.closesOn.toISOString().slice(0, 10) < dayOf(tx.now)) {
    throw refuse(['deliberationId'], 'CLOSED', '讨论已经截止。');
  }
  return row;
}

const joinInput = z.strictObject({ deliberationId: id });

/** A resident of the community takes a seat, as long as there is one. */
export const joinDeliberation = mutation({
  name: 'joinDeliberation',
  input: joinInput,
  async run({ deliberationId }: z.infer<typeof joinInput>, tx: Tx) {
    const resident = await ownResident(tx, ownAge);
    const row = await openToResidents(tx, deliberationId);
    requireNeighbour(resident, row.communityCode);
    await tx.all.deliberationParticipant.create({
      data: { deliberationId, residentId: resident.id, joinedAt: tx.now },
    });
    // Counted in the row itself, which holds others back: of the last seat, one gets it. Its version is that of its text.
    const [deliberation] = await tx.all.deliberation.updateManyAndReturn({
      where: { id: deliberationId, ...(row.seats !== null && { participants: { lt: row.seats } }) },
      data: { participants: { increment: 1 } },
    });
    if (!deliberation) throw refuse(['deliberationId'], 'FULL', '现场席位已满，可以在线上发表意见。');
    return { deliberation };
  },
  duplicate: refuse(['deliberationId'], 'DUPLICATE', '您已经报名，不必再报。'),
});
