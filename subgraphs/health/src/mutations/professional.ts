import { count, day, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Resolvers } from '../generated/graphql.js';
import type { MentalHealthProfessional } from '../generated/prisma/client.js';
import { dayOf, plusDays, plusMonths } from '../today.js';
import { requireFacility } from './patient.js';
import { missing, partId, stale, updated, type Tx } from './transaction.js';

/** Years for which a training counts at the most. */
const longestYears = 3;

const alreadyThere = refuse(['certificateNo'], 'DUPLICATE', '工作标识或证书编号已在库中，请核对。');

/** Somebody of the pool, while nobody else gives them a referral. */
async function member(tx: Tx, field: string, wanted: string, expected: number): Promise<MentalHealthProfessional> {
  await tx.lock(`mental-health-professional/${wanted}`);
  const professional = await tx.rows.mentalHealthProfessional.findUnique({ where: { id: wanted } });
  if (!professional) throw missing(field, '位人才库人员');
  if (professional.leftOn !== null) throw refuse([field], 'WRONG_STATE', '此人已出库，只有在库的人员可以办理。');
  if (professional.version !== expected) throw stale();
  return professional;
}

const trainingInput = z
  .strictObject({
    professionalId: id,
    kind: z.enum(['SUPERVISION', 'CONTINUING_EDUCATION']),
    hours: count(1, 500),
    provider: text(100),
    completedOn: day,
    validUntil: day,
    expectedVersion: version,
  })
  .refine(({ completedOn, validUntil }) => validUntil > completedOn, {
    error: '有效期应晚于完成日期。',
    path: ['validUntil'],
  })
  .refine(({ completedOn, validUntil }) => validUntil <= plusMonths(completedOn, 12 * longestYears), {
    error: `有效期自完成日期起最长 ${longestYears} 年。`,
    path: ['validUntil'],
  });

/** The talent pool: who is in it, and until when in good standing. */
export const professionalMutations: Resolvers['Mutation'] = {
  registerMentalHealthProfessional: mutation({
    name: 'registerMentalHealthProfessional',
    input: z.strictObject({
      id,
      name: text(50),
      profession: z.enum(['COUNSELLOR', 'PSYCHOTHERAPIST', 'PSYCHIATRIST', 'SOCIAL_WORKER']),
      certificateNo: text(40),
      certificateValidUntil: day,
      facilityId: id,
      idempotencyKey: idempotencyKey.nullish(),
    }),
    duplicate: alreadyThere,
    async run({ idempotencyKey: _, ...input }, tx: Tx) {
      const facility = await requireFacility(tx, input.facilityId);
      const { communityCode } = facility;
      tx.requireRelation(['facilityId'], { community: communityCode });
      if (!facility.counsellingRoom) {
        throw refuse(['facilityId'], 'INVALID', '这家社康机构没有心理咨询室，请选择设有心理咨询室的机构。');
      }
      const today = dayOf(tx.now);
      if (input.certificateValidUntil < today) {
        throw refuse(['certificateValidUntil'], 'INVALID', '证书已过期，不能入库。');
      }
      // Until a supervision and an education are recorded, nobody new is given a referral.
      const never = plusDays(today, -1);
      const professional = await tx.all.mentalHealthProfessional.create({
        data: { ...input, communityCode, supervisedUntil: never, educatedUntil: never },
      });
      return { professional };
    },
    made: ({ professional }) => professional.id,
    again: async (made, tx) => ({
      professional: await tx.all.mentalHealthProfessional.findUniqueOrThrow({ where: { id: made } }),
    }),
  }),
  recordProfessionalTraining: mutation({
    name: 'recordProfessionalTraining',
    input: trainingInput,
    async run({ expectedVersion, ...training }, tx: Tx) {
      const { professionalId, validUntil, completedOn } = training;
      const before = await member(tx, 'professionalId', professionalId, expectedVersion);
      if (completedOn > dayOf(tx.now)) throw refuse(['completedOn'], 'INVALID', '完成日期不能晚于今日，请核对。');
      const number = (await tx.all.professionalTraining.count({ where: { professionalId } })) + 1;
      await tx.all.professionalTraining.create({ data: { ...training, id: partId(professionalId, number), number } });
      const until = training.kind === 'SUPERVISION' ? 'supervisedUntil' : 'educatedUntil';
      const changed = await tx.rows.mentalHealthProfessional.updateManyAndReturn({
        where: { id: professionalId, version: expectedVersion },
        data: { ...(validUntil > before[until] && { [until]: validUntil }), version: { increment: 1 } },
      });
      return { professional: updated(changed) };
    },
  }),
  removeMentalHealthProfessional: mutation({
    name: 'removeMentalHealthProfessional',
    input: z.strictObject({ id, expectedVersion: version }),
    async run({ id: wanted, expectedVersion }, tx: Tx) {
      await member(tx, 'id', wanted, expectedVersion);
      const changed = await tx.rows.mentalHealthProfessional.updateManyAndReturn({
        where: { id: wanted, version: expectedVersion },
        data: { leftOn: dayOf(tx.now), version: { increment: 1 } },
      });
      return { professional: updated(changed) };
    },
  }),
};
