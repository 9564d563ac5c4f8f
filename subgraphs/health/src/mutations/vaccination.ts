import { randomUUID } from 'node:crypto';
import { count, day, id, idempotencyKey, text } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Resolvers } from '../generated/graphql.js';
import type { HealthRecord } from '../generated/prisma/client.js';
import { otherVaccines, scheduleOf } from '../immunisation.js';
import { dayOf, isoDay, plusDays, plusMonths } from '../today.js';
import { birthDateOf, recordOf, requireFacility, scopeOf } from './patient.js';
import type { Tx } from './transaction.js';

/** Days between two doses of a vaccine at the least. */
const leastDays = 28;

const given = refuse(['dose'], 'DUPLICATE', '这一剂已经登记过，请核对剂次。');

interface Dose {
  readonly vaccine: string;
  readonly dose: number;
  readonly vaccinatedOn: Date;
}

function requireDay({ vaccine, dose, vaccinatedOn }: Dose, record: HealthRecord, before: Date | undefined, now: Date) {
  const invalid = (message: string) => refuse(['vaccinatedOn'], 'INVALID', message);
  if (vaccinatedOn > dayOf(now)) throw invalid('接种日期不能晚于今日，请核对。');
  const born = birthDateOf(record);
  if (born && vaccinatedOn < born) throw invalid('接种日期不能早于出生日期，请核对。');
  const first = scheduleOf(vaccine)?.months[0];
  if (born && dose === 1 && first !== undefined && vaccinatedOn < plusMonths(born, first)) {
    throw invalid(`${vaccine}的起始月龄为 ${first} 月，请核对接种日期。`);
  }
  if (before && vaccinatedOn < plusDays(before, leastDays)) {
    throw invalid(`与上一剂（${isoDay(before)}）应间隔 ${leastDays} 天以上，请核对接种日期。`);
  }
}

/** Says which dose of the vaccine is next for a child; after the last one, none. */
async function scheduleNext(tx: Tx, { vaccine, dose, vaccinatedOn }: Dose, record: HealthRecord, facilityId: string) {
  const born = birthDateOf(record);
  const months = scheduleOf(vaccine)?.months;
  if (!born || !months) return;
  const { residentId } = record;
  const next = months[dose];
  if (next === undefined) return void (await tx.all.vaccinationDue.deleteMany({ where: { residentId, vaccine } }));
  const [byAge, byInterval] = [plusMonths(born, next), plusDays(vaccinatedOn, leastDays)];
  const due = { dose: dose + 1, dueOn: byAge > byInterval ? byAge : byInterval, facilityId };
  await tx.all.vaccinationDue.upsert({
    where: { residentId_vaccine: { residentId, vaccine } },
    update: due,
    create: { ...scopeOf(record), ...due, id: randomUUID(), vaccine },
  });
}

/** Doses, given one after the other; the next one is put on the list of doses due. */
export const vaccinationMutations: Resolvers['Mutation'] = {
  recordVaccination: mutation({
    name: 'recordVaccination',
    input: z.strictObject({
      residentId: id,
      vaccine: text(40),
      dose: count(1, 100),
      vaccinatedOn: day,
      lotNo: text(40),
      facilityId: id,
      idempotencyKey: idempotencyKey.nullish(),
    }),
    duplicate: given,
    async run({ idempotencyKey: _, ...input }, tx: Tx) {
      const { residentId, vaccine, dose } = input;
      const record = await recordOf(tx, residentId);
      const facility = await requireFacility(tx, input.facilityId);
      const most = scheduleOf(vaccine)?.months.length ?? otherVaccines.get(vaccine);
      if (most === undefined) throw refuse(['vaccine'], 'INVALID', '没有这种疫苗，请按目录填写疫苗名称。');
      if (dose > most) throw refuse(['dose'], 'INVALID', `${vaccine}共 ${most} 剂，请核对剂次。`);
      await tx.lock(`vaccination/${residentId}/${vaccine}`);
      const had = await tx.all.vaccination.findMany({
        where: { residentId, vaccine },
        orderBy: { dose: 'desc' },
        take: 1,
      });
      const last = had[0];
      if (last && dose <= last.dose) throw given;
      if (dose !== (last?.dose ?? 0) + 1) {
        throw refuse(['dose'], 'INVALID', `剂次须依次登记，下一剂应为第 ${(last?.dose ?? 0) + 1} 剂。`);
      }
      requireDay(input, record, last?.vaccinatedOn, tx.now);
      const vaccination = await tx.all.vaccination.create({ data: { ...scopeOf(record), ...input, id: randomUUID() } });
      await scheduleNext(tx, input, record, facility.id);
      return { vaccination };
    },
    made: ({ vaccination }) => vaccination.id,
    again: async (made, tx) => ({ vaccination: await tx.all.vaccination.findUniqueOrThrow({ where: { id: made } }) }),
  }),
};
