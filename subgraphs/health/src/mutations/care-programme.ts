import { randomUUID } from 'node:crypto';
import { isMinor } from '@linli/kit/minor';
import { day, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { followUpDays } from '../follow-up-days.js';
import type { Resolvers } from '../generated/graphql.js';
import type { CareProgramme } from '../generated/prisma/client.js';
import { dayOf, plusDays } from '../today.js';
import {
  bloodPressureError,
  diastolic,
  fastingGlucose,
  gestationWeeks,
  heightCm,
  isBloodPressure,
  systolic,
  weightKg,
} from './measurements.js';
import { recordOf, scopeOf } from './patient.js';
import { missing, partId, stale, updated, type Tx } from './transaction.js';

/** Days from conception to birth, and somewhat more: a delivery is expected within them. */
const longestPregnancy = 300;

const alreadyIn = refuse(['kind'], 'DUPLICATE', '已在这一类健康管理之中，请在原有的健康管理下登记随访。');

/** The programme, while nobody else changes it. */
async function activeProgramme(tx: Tx, field: string, wanted: string): Promise<CareProgramme> {
  await tx.lock(`care-programme/${wanted}`);
  const programme = await tx.rows.careProgramme.findUnique({ where: { id: wanted } });
  if (!programme) throw missing(field, '项健康管理');
  if (programme.state !== 'ACTIVE') {
    throw refuse([field], 'WRONG_STATE', '这项健康管理已结案，只有管理中的可以随访或结案；请重新纳入管理。');
  }
  return programme;
}

const openInput = z
  .strictObject({
    residentId: id,
    kind: z.enum(['CHRONIC', 'ELDER', 'MATERNAL', 'CHILD', 'MENTAL_REHABILITATION']),
    condition: z.enum(['HYPERTENSION', 'DIABETES', 'COPD', 'CORONARY_DISEASE', 'STROKE']).nullish(),
    expectedDeliveryOn: day.nullish(),
    idempotencyKey: idempotencyKey.nullish(),
  })
  .refine(({ kind, condition }) => (kind === 'CHRONIC') === (condition != null), {
    error: '慢性病管理须选择慢性病，其他类别不填。',
    path: ['condition'],
  })
  .refine(({ kind, expectedDeliveryOn }) => (kind === 'MATERNAL') === (expectedDeliveryOn != null), {
    error: '孕产妇保健须填写预产期，其他类别不填。',
    path: ['expectedDeliveryOn'],
  });

const followUpInput = z
  .strictObject({
    programmeId: id,
    doneOn: day,
    method: z.enum(['CLINIC', 'HOME', 'PHONE', 'VIDEO']),
    result: z.enum(['STABLE', 'IMPROVED', 'UNSTABLE', 'REFERRED']),
    systolic: systolic.nullish(),
    diastolic: diastolic.nullish(),
    fastingGlucose: fastingGlucose.nullish(),
    heightCm: heightCm.nullish(),
    weightKg: weightKg.nullish(),
    gestationWeeks: gestationWeeks.nullish(),
    note: text(2000),
    nextDueOn: day.nullish(),
    idempotencyKey: idempotencyKey.nullish(),
  })
  .refine(isBloodPressure, bloodPressureError)
  .refine(({ doneOn, nextDueOn }) => nextDueOn == null || nextDueOn > doneOn, {
    error: '下次随访日期应晚于本次。',
    path: ['nextDueOn'],
  });

/** Programmes of care: opened, followed up, closed. */
export const careProgrammeMutations: Resolvers['Mutation'] = {
  openCareProgramme: mutation({
    name: 'openCareProgramme',
    input: openInput,
    duplicate: alreadyIn,
    async run({ residentId, kind, condition = null, expectedDeliveryOn = null }, tx: Tx) {
      const record = await recordOf(tx, residentId);
      const today = dayOf(tx.now);
      if (kind === 'CHILD' && !isMinor(record.minorUntil, tx.now.getTime())) {
        throw refuse(['kind'], 'INVALID', '儿童保健限不满十四周岁的居民。');
      }
      if (
        expectedDeliveryOn &&
        (expectedDeliveryOn < today || expectedDeliveryOn > plusDays(today, longestPregnancy))
      ) {
        throw refuse(['expectedDeliveryOn'], 'INVALID', `预产期应在今日起 ${longestPregnancy} 天之内，请核对。`);
      }
      const careProgramme = await tx.all.careProgramme.create({
        data: {
          ...scopeOf(record),
          id: randomUUID(),
          kind,
          condition,
          expectedDeliveryOn,
          facilityId: record.facilityId,
          state: 'ACTIVE',
          startedOn: today,
          nextDueOn: plusDays(today, followUpDays[kind]),
          activeKey: [residentId, kind, condition ?? ''].join('/'),
        },
      });
      return { careProgramme };
    },
    made: ({ careProgramme }) => careProgramme.id,
    again: async (made, tx) => ({
      careProgramme: await tx.all.careProgramme.findUniqueOrThrow({ where: { id: made } }),
    }),
  }),
  recordFollowUp: mutation({
    name: 'recordFollowUp',
    input: followUpInput,
    async run({ programmeId, nextDueOn, idempotencyKey: _, ...followUp }, tx: Tx) {
      const programme = await activeProgramme(tx, 'programmeId', programmeId);
      const last = await tx.all.followUp.findFirst({ where: { programmeId }, orderBy: { number: 'desc' } });
      if (followUp.doneOn > dayOf(tx.now)) throw refuse(['doneOn'], 'INVALID', '随访日期不能晚于今日，请核对。');
      if (followUp.doneOn < (last?.doneOn ?? programme.startedOn)) {
        throw refuse(['doneOn'], 'INVALID', '随访日期不能早于纳入管理与上一次随访，请核对。');
      }
      if (followUp.gestationWeeks != null && programme.kind !== 'MATERNAL') {
        throw refuse(['gestationWeeks'], 'INVALID', '孕周只在孕产妇保健的随访中填写。');
      }
      const number = (last?.number ?? 0) + 1;
      const staffId = tx.subject.staffId ?? programme.handlers[0]!;
      await tx.all.followUp.create({
        data: { ...followUp, id: partId(programmeId, number), programmeId, number, staffId },
      });
      const due = nextDueOn ?? plusDays(followUp.doneOn, followUpDays[programme.kind]);
      const changed = await tx.rows.careProgramme.updateManyAndReturn({
        where: { id: programmeId },
        data: { nextDueOn: due, version: { increment: 1 } },
      });
      return { careProgramme: updated(changed) };
    },
    made: ({ careProgramme }) => careProgramme.id,
    again: async (made, tx) => ({
      careProgramme: await tx.all.careProgramme.findUniqueOrThrow({ where: { id: made } }),
    }),
  }),
  closeCareProgramme: mutation({
    name: 'closeCareProgramme',
    input: z.strictObject({ id, reason: text(200), expectedVersion: version }),
    async run({ id: wanted, reason, expectedVersion }, tx: Tx) {
      const programme = await activeProgramme(tx, 'id', wanted);
      if (programme.version !== expectedVersion) throw stale();
      const changed = await tx.rows.careProgramme.updateManyAndReturn({
        where: { id: wanted, version: expectedVersion },
        data: {
          state: 'CLOSED',
          closedOn: dayOf(tx.now),
          closeReason: reason,
          nextDueOn: null,
          activeKey: null,
          version: { increment: 1 },
        },
      });
      return { careProgramme: updated(changed) };
    },
  }),
};
