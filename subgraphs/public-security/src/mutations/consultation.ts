import { day, id, idempotencyKey, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { consultationTimes, isBookable } from '../consultation-times.js';
import type { LegalTopic, Resolvers } from '../generated/graphql.js';
import { newId } from '../new-id.js';
import { shenzhenDay } from '../shenzhen-day.js';
import { changed, type Writing } from '../writing.js';

/** Consultations to come that one resident may have booked. A default, so that nobody takes all. */
const mostBooked = 2;

export const consultationMutations: Resolvers['Mutation'] = {
  bookLegalConsultation: mutation({
    name: 'bookLegalConsultation',
    input: z.strictObject({
      adviserId: id,
      residentId: id,
      day,
      time: z.enum(consultationTimes, { error: `请选择可约的时刻：${consultationTimes.join('、')}。` }),
      topic: z.custom<LegalTopic>(),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ adviserId, residentId, day: on, time, topic }, tx: Writing) {
      tx.requireRelation(['residentId'], { subject: residentId });
      const adviser = await tx.all.legalHelper.findUnique({ where: { id: adviserId } });
      if (adviser?.kind !== 'ADVISER') throw refuse(['adviserId'], 'NOT_FOUND', '没有这位法律顾问，请重新选择。');
      if (!isBookable(on, adviser.weekdays, tx.now)) {
        throw refuse(['day'], 'INVALID', '请选择明日起 30 日之内的咨询日。');
      }
      await tx.lock(`consultations of ${residentId}`);
      const booked = await tx.all.legalConsultation.count({
        where: { residentId, state: 'BOOKED', day: { gte: shenzhenDay(tx.now) } },
      });
      if (booked >= mostBooked) {
        throw refuse(['residentId'], 'TOO_MANY', `已有 ${booked} 个尚未进行的预约，请先取消其中一个。`);
      }
      const slot = await tx.all.legalSlot.createMany({ data: [{ adviserId, day: on, time }], skipDuplicates: true });
      if (slot.count === 0) throw refuse(['time'], 'FULL', '该时刻已有人预约，请另选时刻。');
      const registered = await tx.all.populationRegistration.findUnique({ where: { residentId } });
      const consultation = await tx.all.legalConsultation.create({
        data: {
          id: newId('q'),
          day: on,
          time,
          topic,
          state: 'BOOKED',
          adviserId,
          residentId,
          communityCode: adviser.communityCode,
          minorUntil: registered?.minorUntil ?? null,
        },
      });
      return { consultation };
    },
    made: ({ consultation }) => consultation.id,
    again: async (id, tx) => ({ consultation: await tx.all.legalConsultation.findUniqueOrThrow({ where: { id } }) }),
  }),

  cancelLegalConsultation: mutation({
    name: 'cancelLegalConsultation',
    input: z.strictObject({ id, expectedVersion: version }),
    async run({ id, expectedVersion }, tx: Writing) {
      const seen = await tx.rows.legalConsultation.findUnique({ where: { id } });
      if (!seen) throw refuse(['id'], 'NOT_FOUND', '没有这个预约。');
      if (seen.state === 'CANCELLED') throw refuse(['id'], 'WRONG_STATE', '预约已取消。');
      if (seen.day < shenzhenDay(tx.now)) throw refuse(['id'], 'CLOSED', '咨询日已过，不能取消。');
      const [consultation] = await tx.rows.legalConsultation.updateManyAndReturn({
        where: { id, version: expectedVersion, state: 'BOOKED' },
        data: { state: 'CANCELLED', version: expectedVersion + 1 },
      });
      if (!consultation) throw changed();
      const { adviserId, day: on, time } = seen;
      await tx.all.legalSlot.deleteMany({ where: { adviserId, day: on, time } });
      return { consultation };
    },
  }),
};
