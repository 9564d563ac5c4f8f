import { randomUUID } from 'node:crypto';
import { isMinor } from '@linli/kit/minor';
import { id, idempotencyKey, instant, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { daysAhead, placesOf, slotsOn } from '../appointment-slots.js';
import type { HealthAppointmentState, Resolvers } from '../generated/graphql.js';
import type { HealthAppointment } from '../generated/prisma/client.js';
import { claimSlot, releaseSlot } from '../queries/claim-slot.js';
import { dayOf } from '../today.js';
import { recordOf, requireFacility, scopeOf } from './patient.js';
import { missing, stale, updated, type Tx } from './transaction.js';

const services = z.enum([
  'GENERAL_PRACTICE',
  'CHILD_HEALTH',
  'VACCINATION',
  'ELDER_CHECKUP',
  'CHRONIC_FOLLOW_UP',
  'TRADITIONAL_MEDICINE',
  'COUNSELLING',
]);

const stateNames: Readonly<Record<HealthAppointmentState, string>> = {
  BOOKED: '已预约',
  ATTENDED: '已就诊',
  CANCELLED: '已取消',
  MISSED: '爽约',
};

const atThatTime = refuse(['at'], 'DUPLICATE', '这个时间已有预约，请先取消，或选择其他时段。');

async function bookedAppointment(tx: Tx, wanted: string, expectedVersion: number): Promise<HealthAppointment> {
  const appointment = await tx.rows.healthAppointment.findUnique({ where: { id: wanted } });
  if (!appointment) throw missing('id', '个预约');
  if (appointment.state !== 'BOOKED') {
    const state = stateNames[appointment.state];
    throw refuse(['id'], 'WRONG_STATE', `这个预约${state}，只有已预约的可以取消或登记就诊。`);
  }
  if (appointment.version !== expectedVersion) throw stale();
  return appointment;
}

async function change(tx: Tx, { id: wanted, version: seen }: HealthAppointment, data: object) {
  const changed = await tx.rows.healthAppointment.updateManyAndReturn({
    where: { id: wanted, version: seen },
    data: { ...data, version: { increment: 1 } },
  });
  return { appointment: updated(changed) };
}

/** Appointments: a slot's places are counted where they are taken, so that none is given twice. */
export const appointmentMutations: Resolvers['Mutation'] = {
  bookAppointment: mutation({
    name: 'bookAppointment',
    input: z.strictObject({
      residentId: id,
      facilityId: id,
      service: services,
      at: instant,
      idempotencyKey: idempotencyKey.nullish(),
    }),
    duplicate: atThatTime,
    async run(input, tx: Tx) {
      const { service, at } = input;
      const record = await recordOf(tx, input.residentId);
      const facility = await requireFacility(tx, input.facilityId);
      const places = placesOf(facility, service);
      if (places === 0)
        throw refuse(['service'], 'INVALID', '这家社康机构没有心理咨询室，请选择设有心理咨询室的机构。');
      if (service === 'CHILD_HEALTH' && !isMinor(record.minorUntil, tx.now.getTime())) {
        throw refuse(['service'], 'INVALID', '儿童保健限不满十四周岁的居民，请选择其他服务。');
      }
      if (at <= tx.now) throw refuse(['at'], 'CLOSED', '这个时段已经开始，请选择以后的时段。');
      if (!slotsOn(dayOf(at), tx.now).some((slot) => slot.getTime() === at.getTime())) {
        const message = `没有这个时段：请从可预约的时段中选择，可约 ${daysAhead} 天之内。`;
        throw refuse(['at'], 'INVALID', message);
      }
      const slot = { facilityId: facility.id, service, at };
      if (!(await claimSlot(tx, slot, places))) throw refuse(['at'], 'FULL', '这个时段已约满，请选择其他时段。');
      const appointment = await tx.all.healthAppointment.create({
        data: { ...scopeOf(record), ...slot, id: randomUUID(), state: 'BOOKED', expectedId: input.residentId },
      });
      return { appointment };
    },
    made: ({ appointment }) => appointment.id,
    again: async (made, tx) => ({
      appointment: await tx.all.healthAppointment.findUniqueOrThrow({ where: { id: made } }),
    }),
  }),
  cancelAppointment: mutation({
    name: 'cancelAppointment',
    input: z.strictObject({ id, expectedVersion: version }),
    async run(input, tx: Tx) {
      const appointment = await bookedAppointment(tx, input.id, input.expectedVersion);
      if (appointment.at <= tx.now) throw refuse(['id'], 'CLOSED', '预约的时间已到，不能再取消。');
      const payload = await change(tx, appointment, { state: 'CANCELLED', expectedId: null });
      await releaseSlot(tx, appointment);
      return payload;
    },
  }),
  recordAttendance: mutation({
    name: 'recordAttendance',
    input: z.strictObject({ id, attended: z.boolean(), expectedVersion: version }),
    async run(input, tx: Tx) {
      const appointment = await bookedAppointment(tx, input.id, input.expectedVersion);
      if (appointment.at > tx.now) throw refuse(['id'], 'WRONG_STATE', '预约的时间未到，开始之后才能登记就诊。');
      return change(tx, appointment, { state: input.attended ? 'ATTENDED' : 'MISSED' });
    },
  }),
};
