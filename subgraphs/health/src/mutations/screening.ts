import { randomUUID } from 'node:crypto';
import { id, idempotencyKey } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Resolvers } from '../generated/graphql.js';
import { judge, scales } from '../mental-health-scales.js';
import { dayOf } from '../today.js';
import { recordOf, scopeOf } from './patient.js';
import type { Tx } from './transaction.js';

const input = z
  .strictObject({
    residentId: id,
    scale: z.enum(['PHQ_9', 'GAD_7', 'GDS_15']),
    answers: z.array(z.int({ error: '各题得分应为整数。' })),
    idempotencyKey: idempotencyKey.nullish(),
  })
  .refine(
    ({ scale, answers }) =>
      answers.length === scales[scale].questions &&
      answers.every((answer) => answer >= 0 && answer <= scales[scale].most),
    {
      error:
        '题数与每题分值应合于量表：PHQ-9 为 9 题各 0 至 3 分，GAD-7 为 7 题各 0 至 3 分，GDS-15 为 15 题各 0 或 1 分。',
      path: ['answers'],
    },
  );

/** Screenings for mental health. What was answered to single questions is not kept. */
export const screeningMutations: Resolvers['Mutation'] = {
  submitMentalScreening: mutation({
    name: 'submitMentalScreening',
    input,
    async run({ residentId, scale, answers }, tx: Tx) {
      const record = await recordOf(tx, residentId);
      if (scale === 'GDS_15' && record.minorUntil !== null) {
        throw refuse(['scale'], 'INVALID', '老年抑郁量表不适用于未成年人，请选择其他量表。');
      }
      const screening = await tx.all.mentalHealthScreening.create({
        data: {
          ...scopeOf(record),
          ...judge(scale, answers),
          id: randomUUID(),
          scale,
          screenedOn: dayOf(tx.now),
          facilityId: record.facilityId,
        },
      });
      return { screening };
    },
    made: ({ screening }) => screening.id,
    again: async (made, tx) => ({
      screening: await tx.all.mentalHealthScreening.findUniqueOrThrow({ where: { id: made } }),
    }),
  }),
};
