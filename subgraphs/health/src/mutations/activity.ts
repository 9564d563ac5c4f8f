import { randomUUID } from 'node:crypto';
import { communityCode, id, idempotencyKey, instant, text } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Resolvers } from '../generated/graphql.js';
import { dayOf } from '../today.js';
import { requireFacility } from './patient.js';
import type { Tx } from './transaction.js';

const input = z
  .strictObject({
    communityCode,
    kind: z.enum(['PATRIOTIC_HEALTH', 'LECTURE', 'HEALTHY_LIVING']),
    title: text(100),
    venue: text(100),
    description: text(1000),
    startsAt: instant,
    endsAt: instant,
    facilityId: id.nullish(),
    idempotencyKey: idempotencyKey.nullish(),
  })
  .refine(({ startsAt, endsAt }) => endsAt > startsAt && Number(dayOf(startsAt)) === Number(dayOf(endsAt)), {
    error: '结束时间应晚于开始时间，且在同日之内。',
    path: ['endsAt'],
  });

/** Activities of healthy communities. */
export const activityMutations: Resolvers['Mutation'] = {
  publishHealthActivity: mutation({
    name: 'publishHealthActivity',
    input,
    async run({ idempotencyKey: _, ...activity }, tx: Tx) {
      tx.requireRelation(['communityCode'], { community: activity.communityCode });
      if (activity.startsAt <= tx.now) throw refuse(['startsAt'], 'INVALID', '开始时间应晚于现在，请核对。');
      if (activity.facilityId != null) await requireFacility(tx, activity.facilityId);
      return { activity: await tx.all.healthActivity.create({ data: { ...activity, id: randomUUID() } }) };
    },
    made: ({ activity }) => activity.id,
    again: async (made, tx) => ({ activity: await tx.all.healthActivity.findUniqueOrThrow({ where: { id: made } }) }),
  }),
};
