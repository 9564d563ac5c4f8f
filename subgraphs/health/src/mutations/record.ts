import { randomUUID } from 'node:crypto';
import { fourteenthBirthday } from '@linli/kit/minor';
import { communityCode, day, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Resolvers } from '../generated/graphql.js';
import { immunisationSchedule } from '../immunisation.js';
import { dayOf, plusMonths } from '../today.js';
import { requireFacility } from './patient.js';
import { missing, stale, updated, type Tx } from './transaction.js';

/** Nobody who lives was born before that year. */
const earliestBirth = new Date('1900-01-01T00:00:00Z');
/** Months up to which a new record lists the doses that are due. */
const monthsOfSchedule = 84;

const bloodTypes = z.enum(['A', 'B', 'AB', 'O']);
const conditions = z.enum(['HYPERTENSION', 'DIABETES', 'COPD', 'CORONARY_DISEASE', 'STROKE']);

const alreadyThere = refuse(['residentId'], 'DUPLICATE', '已经建立过电子健康档案，一人一档。');

/** Health records: opening one, by which a resident becomes a patient, and keeping it up to date. */
export const recordMutations: Resolvers['Mutation'] = {
  openHealthRecord: mutation({
    name: 'openHealthRecord',
    input: z.strictObject({
      residentId: id,
      communityCode,
      birthDate: day,
      facilityId: id,
      idempotencyKey: idempotencyKey.nullish(),
    }),
    duplicate: alreadyThere,
    async run(input, tx: Tx) {
      const { residentId, birthDate } = input;
      tx.requireRelation(['residentId'], { subject: residentId, community: input.communityCode });
      const today = dayOf(tx.now);
      if (birthDate > today || birthDate < earliestBirth) {
        throw refuse(['birthDate'], 'INVALID', '出生日期应在 1900 年之后、不晚于今日，请核对。');
      }
      const facility = await requireFacility(tx, input.facilityId);
      const birthday = fourteenthBirthday(birthDate);
      const scope = {
        residentId,
        communityCode: input.communityCode,
        handlers: [],
        minorUntil: birthday > today ? birthday : null,
      };
      const healthRecord = await tx.all.healthRecord.create({
        data: { ...scope, recordNo: randomUUID(), facilityId: facility.id, allergies: [], chronicConditions: [] },
      });
      if (plusMonths(birthDate, monthsOfSchedule) > today) {
        await tx.all.vaccinationDue.createMany({
          data: immunisationSchedule.map(({ vaccine, months }) => ({
            ...scope,
            id: randomUUID(),
            vaccine,
            dose: 1,
            dueOn: plusMonths(birthDate, months[0]!),
            facilityId: facility.id,
          })),
        });
      }
      return { healthRecord };
    },
    made: ({ healthRecord }) => healthRecord.recordNo,
    again: async (recordNo, tx) => ({
      healthRecord: await tx.all.healthRecord.findUniqueOrThrow({ where: { recordNo } }),
    }),
  }),
  updateHealthRecord: mutation({
    name: 'updateHealthRecord',
    input: z.strictObject({
      recordNo: id,
      bloodType: bloodTypes.nullish(),
      allergies: z.array(text(50)).max(30, { error: '最多 30 项，请合并。' }).nullish(),
      chronicConditions: z.array(conditions).nullish(),
      lastCheckupOn: day.nullish(),
      expectedVersion: version,
    }),
    async run(input, tx: Tx) {
      const { recordNo, bloodType, allergies, chronicConditions, lastCheckupOn } = input;
      const record = await tx.rows.healthRecord.findUnique({ where: { recordNo } });
      if (!record) throw missing('recordNo', '份档案');
      if (record.version !== input.expectedVersion) throw stale();
      if (lastCheckupOn && lastCheckupOn > dayOf(tx.now)) {
        throw refuse(['lastCheckupOn'], 'INVALID', '体检日期不能晚于今日，请核对。');
      }
      const changed = await tx.rows.healthRecord.updateManyAndReturn({
        where: { recordNo, version: input.expectedVersion },
        data: {
          ...(bloodType && { bloodType }),
          ...(allergies && { allergies: [...new Set(allergies)] }),
          ...(chronicConditions && { chronicConditions: [...new Set(chronicConditions)] }),
          ...(lastCheckupOn && { lastCheckupOn }),
          version: { increment: 1 },
        },
      });
      return { healthRecord: updated(changed) };
    },
  }),
};
