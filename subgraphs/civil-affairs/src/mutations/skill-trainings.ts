import { id } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Resolvers } from '../generated/graphql.js';
import type { SkillTraining } from '../generated/prisma/client.js';
import { newId } from '../new-id.js';
import { dayIn } from '../shenzhen-day.js';
import { servedWorker } from './job-seekers.js';
import { found, type Tx } from './write.js';

function requireBefore({ startsOn }: SkillTraining, now: Date, message: string): void {
  if (startsOn <= dayIn(now)) throw refuse(null, 'CLOSED', message);
}

/** Enrolment in trainings of the three programmes. */
export const skillTrainingMutations: Resolvers['Mutation'] = {
  enrolInSkillTraining: mutation({
    name: 'enrolInSkillTraining',
    input: z.strictObject({ trainingId: id, residentId: id }),
    duplicate: refuse(['trainingId'], 'DUPLICATE', '已经报名这个培训。'),
    async run({ trainingId, residentId }, tx: Tx) {
      await servedWorker(tx, residentId);
      const training = found(await tx.all.skillTraining.findUnique({ where: { id: trainingId } }), 'trainingId');
      requireBefore(training, tx.now, '培训已经开课，不再接受报名，请另选。');
      const taken = await tx.all.skillTraining.updateMany({
        where: { id: trainingId, taken: { lt: tx.all.skillTraining.fields.places } },
        data: { taken: { increment: 1 } },
      });
      if (taken.count === 0) throw refuse(['trainingId'], 'FULL', '名额已满，请另选培训。');
      const [again] = await tx.all.skillTrainingEnrolment.updateManyAndReturn({
        where: { trainingId, residentId, cancelled: true },
        data: { cancelled: false, enrolledAt: tx.now },
      });
      const { communityCode } = training;
      const made = { id: newId('q'), trainingId, residentId, communityCode, enrolledAt: tx.now };
      return { enrolment: again ?? (await tx.all.skillTrainingEnrolment.create({ data: made })) };
    },
  }),
  cancelSkillTraining: mutation({
    name: 'cancelSkillTraining',
    input: z.strictObject({ id }),
    async run(input, tx: Tx) {
      const before = found(await tx.rows.skillTrainingEnrolment.findUnique({ where: { id: input.id } }));
      const training = await tx.all.skillTraining.findUniqueOrThrow({ where: { id: before.trainingId } });
      requireBefore(training, tx.now, '培训已经开课，不能取消。');
      // The training first, as enrolling does, so that nobody waits for somebody who waits for them.
      await tx.all.skillTraining.updateMany({ where: { id: training.id }, data: { taken: { decrement: 1 } } });
      const [enrolment] = await tx.rows.skillTrainingEnrolment.updateManyAndReturn({
        where: { id: before.id, cancelled: false },
        data: { cancelled: true },
      });
      if (!enrolment) throw refuse(null, 'WRONG_STATE', '这次报名已经取消，无须再办。');
      return { enrolment };
    },
  }),
};
