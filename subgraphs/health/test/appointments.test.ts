import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { subgraph } from '../src/subgraph.js';
import { dayOf, isoDay, plusDays, startOf } from '../src/today.js';
import { doctor, guardian, newcomer, resident, stranger, writing } from './support/writing.js';

let service: TestSubgraph;
const call = writing(() => service);

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 500 });
});

afterAll(() => service.close());

const clinic = 'community-health-440303001001-1';
const tomorrow = plusDays(dayOf(), 1);
/** The half hour of tomorrow, from 0 at 08:00. */
const slot = (number: number) => new Date(startOf(tomorrow).getTime() + (480 + number * 30) * 60_000).toISOString();
const booking = (at: string, more: object = {}) => ({
  residentId: 'demo-resident',
  facilityId: clinic,
  service: 'GENERAL_PRACTICE',
  at,
  ...more,
});
const selection = 'appointment { id at state version resident { id } facility { id } }';

async function available(at: string, of = 'GENERAL_PRACTICE'): Promise<{ places: number; available: number }> {
  const { appointmentSlots } = await call.read(
    `{ appointmentSlots(id: "${clinic}", service: ${of}, day: "${isoDay(tomorrow)}") { at places available } }`,
  );
  return appointmentSlots.find((each: { at: string }) => each.at === at);
}

describe('booking', () => {
  test('takes a place of the slot, and cancelling gives it back', async () => {
    const before = await available(slot(0));
    const { appointment, userErrors } = await call.write(resident, 'bookAppointment', booking(slot(0)), selection);
    expect(userErrors).toEqual([]);
    expect(appointment).toMatchObject({ at: slot(0), state: 'BOOKED', version: 1, resident: { id: 'demo-resident' } });
    expect(await available(slot(0))).toEqual({ ...before, available: before.available - 1 });

    const cancel = { id: appointment.id, expectedVersion: 1 };
    expect(await call.refusals(stranger, 'cancelAppointment', cancel)).toEqual(['id NOT_FOUND']);
    expect(await call.refusals(resident, 'cancelAppointment', { ...cancel, expectedVersion: 5 })).toEqual([
      'expectedVersion CONFLICT',
    ]);
    const cancelled = await call.write(resident, 'cancelAppointment', cancel, selection);
    expect(cancelled.appointment).toMatchObject({ state: 'CANCELLED', version: 2 });
    expect(await available(slot(0))).toEqual(before);
    expect(await call.refusals(resident, 'cancelAppointment', { ...cancel, expectedVersion: 2 })).toEqual([
      'id WRONG_STATE',
    ]);
  });

  test('a resident is expected at one place at a time', async () => {
    expect(await call.refusals(resident, 'bookAppointment', booking(slot(1)))).toEqual([]);
    const other = booking(slot(1), { service: 'TRADITIONAL_MEDICINE' });
    const before = await available(slot(1), 'TRADITIONAL_MEDICINE');
    expect(await call.refusals(resident, 'bookAppointment', other)).toEqual(['at DUPLICATE']);
    expect(await available(slot(1), 'TRADITIONAL_MEDICINE')).toEqual(before);
  });

  test('a guardian books for a child, and care for children is for children alone', async () => {
    const input = booking(slot(2), { residentId: 'demo-toddler', service: 'CHILD_HEALTH' });
    const { appointment } = await call.write(guardian, 'bookAppointment', input, 'appointment { minor handlers }');
    expect(appointment).toEqual({ minor: true, handlers: ['demo-family-doctor'] });
    expect(await call.refusals(resident, 'bookAppointment', booking(slot(3), { service: 'CHILD_HEALTH' }))).toEqual([
      'service INVALID',
    ]);
  });

  test('what is no slot is refused', async () => {
    const midnight = startOf(tomorrow).toISOString();
    const { healthFacilities } = await call.read(
      '{ healthFacilities(counsellingRoom: false, first: 1) { nodes { id } } }',
    );
    const tries: [object, string][] = [
      [booking(midnight), 'at INVALID'],
      [booking('2020-01-01T00:00:00Z'), 'at CLOSED'],
      [booking(new Date(startOf(plusDays(tomorrow, 60)).getTime() + 9 * 3_600_000).toISOString()), 'at INVALID'],
      [booking(slot(4), { facilityId: 'nowhere' }), 'facilityId NOT_FOUND'],
      [booking(slot(4), { facilityId: healthFacilities.nodes[0].id, service: 'COUNSELLING' }), 'service INVALID'],
    ];
    for (const [input, refusal] of tries)
      expect(await call.refusals(resident, 'bookAppointment', input)).toEqual([refusal]);
    expect(await call.refusals(stranger, 'bookAppointment', booking(slot(4)))).toEqual(['residentId NOT_ALLOWED']);
    expect(await call.refusals(doctor, 'bookAppointment', booking(slot(4)))).toEqual([]);
  });

  test('the same submission twice is one appointment', async () => {
    const input = booking(slot(5), { idempotencyKey: 'booked-once' });
    const first = await call.write(resident, 'bookAppointment', input, 'appointment { id }');
    expect(await call.write(resident, 'bookAppointment', input, 'appointment { id }')).toEqual(first);
  });

  test('of many who book a slot at once, as many get it as it has places', async () => {
    const people = await Promise.all(
      Array.from({ length: 16 }, async (_, i) => {
        const person = newcomer(`queue-${i}`);
        await call.write(person.as, 'openHealthRecord', person.record);
        return person;
      }),
    );
    const { places } = await available(slot(6));
    const answers = await Promise.all(
      people.map(({ as, residentId }) => call.refusals(as, 'bookAppointment', booking(slot(6), { residentId }))),
    );
    expect(places).toBeLessThan(people.length);
    expect(answers.filter((each) => each.length === 0)).toHaveLength(places);
    expect(answers.flat()).toEqual(Array.from({ length: people.length - places }, () => 'at FULL'));
    expect(await available(slot(6))).toEqual({ at: slot(6), places, available: 0 });
    const [{ booked }] = await call.sql(
      `SELECT count(*)::int AS booked FROM health_appointment WHERE facility_id = $1 AND at = $2 AND state = 'BOOKED' AND service = 'GENERAL_PRACTICE'`,
      [clinic, slot(6)],
    );
    expect(booked).toBe(places);
  });
});

describe('attendance', () => {
  test('is recorded by the patient’s doctor, not before it began', async () => {
    const { appointment } = await call.write(resident, 'bookAppointment', booking(slot(7)), selection);
    const attended = { id: appointment.id, attended: true, expectedVersion: 1 };
    expect(await call.refusals(doctor, 'recordAttendance', attended)).toEqual(['id WRONG_STATE']);
    await call.sql(`UPDATE health_appointment SET at = now() - interval '1 hour' WHERE id = $1`, [appointment.id]);
    expect(await call.refusals(resident, 'cancelAppointment', { id: appointment.id, expectedVersion: 1 })).toEqual([
      'id CLOSED',
    ]);
    expect(await call.refusals(stranger, 'recordAttendance', attended)).toEqual(['id NOT_FOUND']);
    const answer = await call.write(doctor, 'recordAttendance', attended, selection);
    expect(answer.appointment).toMatchObject({ state: 'ATTENDED', version: 2 });
    expect(await call.refusals(doctor, 'recordAttendance', { ...attended, expectedVersion: 2 })).toEqual([
      'id WRONG_STATE',
    ]);
  });
});
