import { randomUUID } from 'node:crypto';
import { communityCode, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { PublicHealthEventState, Resolvers } from '../generated/graphql.js';
import type { PublicHealthEvent } from '../generated/prisma/client.js';
import { jointParties, partyStaff } from '../joint-parties.js';
import { missing, partId, stale, updated, type Tx } from './transaction.js';

const hourMs = 3_600_000;

/** An event that goes on. */
async function ongoing(tx: Tx, wanted: string, expectedVersion: number): Promise<PublicHealthEvent> {
  const event = await tx.all.publicHealthEvent.findUnique({ where: { id: wanted } });
  if (!event) throw missing('id', '起事件');
  tx.requireRelation(['id'], { community: event.communityCode });
  if (event.state === 'ENDED')
    throw refuse(['id'], 'WRONG_STATE', '这起事件已解除，不能再通报或解除；如有新情况请另行发布。');
  if (event.version !== expectedVersion) throw stale();
  return event;
}

/** Tells whoever follows a place what was published: at first, of every bulletin, and of the end. */
async function tell(tx: Tx, event: PublicHealthEvent): Promise<void> {
  const { id: eventId, category, grade, state, version: published } = event;
  const data = { eventId, communityCode: event.communityCode, category, grade, state, version: published };
  await tx.emit({ type: 'PublicHealthEventPublished', key: eventId, data });
}

async function bulletin(tx: Tx, eventId: string, state: PublicHealthEventState, words: string): Promise<void> {
  const number = (await tx.all.publicHealthBulletin.count({ where: { eventId } })) + 1;
  const data = { id: partId(eventId, number), eventId, number, state, at: tx.now, text: words };
  await tx.all.publicHealthBulletin.create({ data });
}

/** Public-health events: published with the three parties' tasks, followed by bulletins, ended. */
export const publicEventMutations: Resolvers['Mutation'] = {
  publishPublicHealthEvent: mutation({
    name: 'publishPublicHealthEvent',
    input: z.strictObject({
      communityCode,
      title: text(100),
      category: z.enum(['INFECTIOUS_DISEASE', 'UNEXPLAINED_DISEASE', 'POISONING', 'OTHER']),
      grade: z.enum(['I', 'II', 'III', 'IV']),
      advice: text(1000),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ idempotencyKey: _, ...input }, tx: Tx) {
      tx.requireRelation(['communityCode'], { community: input.communityCode });
      const event = await tx.all.publicHealthEvent.create({
        data: { ...input, id: randomUUID(), state: 'RESPONDING', publishedAt: tx.now },
      });
      await tx.all.jointHealthTask.createMany({
        data: jointParties.map(({ party, content, hours }) => ({
          id: randomUUID(),
          eventId: event.id,
          party,
          communityCode: event.communityCode,
          content,
          state: 'PENDING' as const,
          dueAt: new Date(tx.now.getTime() + hours * hourMs),
          handlers: partyStaff(party, event.communityCode),
        })),
      });
      await tell(tx, event);
      return { event };
    },
    made: ({ event }) => event.id,
    again: async (made, tx) => ({ event: await tx.all.publicHealthEvent.findUniqueOrThrow({ where: { id: made } }) }),
  }),
  updatePublicHealthEvent: mutation({
    name: 'updatePublicHealthEvent',
    input: z.strictObject({
      id,
      state: z.enum(['RESPONDING', 'OBSERVING'], { error: '通报之后为处置中或观察期；解除请用解除。' }),
      text: text(1000),
      advice: text(1000).nullish(),
      expectedVersion: version,
    }),
    async run({ id: wanted, state, text: words, advice, expectedVersion }, tx: Tx) {
      await ongoing(tx, wanted, expectedVersion);
      const changed = await tx.all.publicHealthEvent.updateManyAndReturn({
        where: { id: wanted, version: expectedVersion },
        data: { state, ...(advice != null && { advice }), version: { increment: 1 } },
      });
      const event = updated(changed);
      await bulletin(tx, wanted, state, words);
      await tell(tx, event);
      return { event };
    },
  }),
  closePublicHealthEvent: mutation({
    name: 'closePublicHealthEvent',
    input: z.strictObject({ id, text: text(1000), expectedVersion: version }),
    async run({ id: wanted, text: words, expectedVersion }, tx: Tx) {
      await ongoing(tx, wanted, expectedVersion);
      const changed = await tx.all.publicHealthEvent.updateManyAndReturn({
        where: { id: wanted, version: expectedVersion },
        data: { state: 'ENDED', endedAt: tx.now, version: { increment: 1 } },
      });
      const event = updated(changed);
      await tx.all.jointHealthTask.updateMany({
        where: { eventId: wanted, state: { in: ['PENDING', 'IN_PROGRESS'] } },
        data: { state: 'CANCELLED', version: { increment: 1 } },
      });
      await bulletin(tx, wanted, 'ENDED', words);
      await tell(tx, event);
      return { event };
    },
  }),
};
