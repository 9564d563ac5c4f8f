import { randomUUID } from 'node:crypto';
import { count, id, idempotencyKey, instant, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Resolvers } from '../generated/graphql.js';
import type { HomeBed } from '../generated/prisma/client.js';
import { dayOf, plusDays, startOf } from '../today.js';
import { bloodPressureError, diastolic, isBloodPressure, systolic, temperatureC } from './measurements.js';
import { recordOf, scopeOf } from './patient.js';
import { missing, partId, stale, updated, type Tx } from './transaction.js';

const alreadyOpen = refuse(['residentId'], 'DUPLICATE', '已有在床的家庭病床，一人同时只有一张；请先撤床。');

/** The bed, while nobody else changes it. */
async function openBed(tx: Tx, field: string, wanted: string): Promise<HomeBed> {
  await tx.lock(`home-bed/${wanted}`);
  const bed = await tx.rows.homeBed.findUnique({ where: { id: wanted } });
  if (!bed) throw missing(field, '张家庭病床');
  if (bed.state !== 'OPEN') throw refuse([field], 'WRONG_STATE', '这张家庭病床已撤床，只有在床的可以上门或撤床。');
  return bed;
}

/** Beds at home: open, visited, closed. */
export const homeBedMutations: Resolvers['Mutation'] = {
  openHomeBed: mutation({
    name: 'openHomeBed',
    input: z.strictObject({
      residentId: id,
      reason: text(500),
      visitEveryDays: count(1, 30),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    duplicate: alreadyOpen,
    async run({ residentId, reason, visitEveryDays }, tx: Tx) {
      const record = await recordOf(tx, residentId);
      const today = dayOf(tx.now);
      const homeBed = await tx.all.homeBed.create({
        data: {
          ...scopeOf(record),
          id: randomUUID(),
          openResidentId: residentId,
          facilityId: record.facilityId,
          // Whoever may open a bed is the doctor to whom the patient is assigned.
          doctorId: tx.subject.staffId ?? record.handlers[0]!,
          reason,
          visitEveryDays,
          state: 'OPEN',
          openedOn: today,
          nextVisitOn: plusDays(today, visitEveryDays),
        },
      });
      return { homeBed };
    },
    made: ({ homeBed }) => homeBed.id,
    again: async (made, tx) => ({ homeBed: await tx.all.homeBed.findUniqueOrThrow({ where: { id: made } }) }),
  }),
  recordHomeBedVisit: mutation({
    name: 'recordHomeBedVisit',
    input: z
      .strictObject({
        homeBedId: id,
        visitedAt: instant,
        systolic: systolic.nullish(),
        diastolic: diastolic.nullish(),
        temperatureC: temperatureC.nullish(),
        note: text(2000),
        idempotencyKey: idempotencyKey.nullish(),
      })
      .refine(isBloodPressure, bloodPressureError),
    async run({ homeBedId, idempotencyKey: _, ...visit }, tx: Tx) {
      const bed = await openBed(tx, 'homeBedId', homeBedId);
      const last = await tx.all.homeBedVisit.findFirst({ where: { homeBedId }, orderBy: { number: 'desc' } });
      if (visit.visitedAt > tx.now) throw refuse(['visitedAt'], 'INVALID', '上门时间不能晚于现在，请核对。');
      if (visit.visitedAt < (last?.visitedAt ?? startOf(bed.openedOn))) {
        throw refuse(['visitedAt'], 'INVALID', '上门时间不能早于建床日期与上一次上门，请核对。');
      }
      const number = (last?.number ?? 0) + 1;
      const staffId = tx.subject.staffId ?? bed.doctorId;
      await tx.all.homeBedVisit.create({
        data: { ...visit, id: partId(homeBedId, number), homeBedId, number, staffId },
      });
      const nextVisitOn = plusDays(dayOf(visit.visitedAt), bed.visitEveryDays);
      const changed = await tx.rows.homeBed.updateManyAndReturn({
        where: { id: homeBedId },
        data: { nextVisitOn, version: { increment: 1 } },
      });
      return { homeBed: updated(changed) };
    },
    made: ({ homeBed }) => homeBed.id,
    again: async (made, tx) => ({ homeBed: await tx.all.homeBed.findUniqueOrThrow({ where: { id: made } }) }),
  }),
  closeHomeBed: mutation({
    name: 'closeHomeBed',
    input: z.strictObject({
      id,
      outcome: z.enum(['IMPROVED', 'HOSPITALISED', 'DECEASED', 'MOVED', 'WITHDRAWN', 'OTHER']),
      expectedVersion: version,
    }),
    async run({ id: wanted, outcome, expectedVersion }, tx: Tx) {
      const bed = await openBed(tx, 'id', wanted);
      if (bed.version !== expectedVersion) throw stale();
      const changed = await tx.rows.homeBed.updateManyAndReturn({
        where: { id: wanted, version: expectedVersion },
        data: {
          state: 'CLOSED',
          outcome,
          closedOn: dayOf(tx.now),
          nextVisitOn: null,
          openResidentId: null,
          version: { increment: 1 },
        },
      });
      return { homeBed: updated(changed) };
    },
  }),
};
