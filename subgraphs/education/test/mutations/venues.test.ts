import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runJob } from '@linli/kit/testing/jobs';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import pg from 'pg';
import { bookingRules } from '../../src/booking-rules.js';
import { addDays, mondayOf, slotTime, today, weekdayOf } from '../../src/days.js';
import { subgraph } from '../../src/subgraph.js';
import { guardian, officer, publisher, reasons, resident, teacher, write, type Writer } from '../support/writing.js';

let service: TestSubgraph;
let database: pg.Pool;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 300 });
  database = new pg.Pool({ connectionString: service.databaseUrl });
});

afterAll(async () => {
  await database.end();
  await service.close();
});

const venueId = 'shared-venue-440303001001-1-2';
/** Monday after next: all seven days of its week can be booked from every day but a Sunday's last. */
const monday = addDays(mondayOf(today(new Date())), 7);
const booking = 'booking { id state date people feeCents version venue { id } slot { id } resident { id } }';

let opened = 0;
/** Opens a slot of its own on a Monday, and answers its id. */
async function slot(bookings: number, more: object = {}): Promise<string> {
  const minutes = opened++;
  const at = (hour: number) => `0${hour}:${String(minutes).padStart(2, '0')}`;
  const startsAt = at(5);
  const answer = await write(
    service,
    'openVenueSlots',
    {
      venueId: `sports-venue-440303001001-gym`,
      slots: [
        {
          weekday: 'MONDAY',
          startsAt,
          endsAt: `05:${String(minutes + 1).padStart(2, '0')}`,
          bookings,
          feeCents: 500,
          ...more,
        },
      ],
    },
    'venue { slots { id startsAt weekday } }',
    teacher(),
  );
  expect(reasons(answer)).toEqual([]);
  return answer['venue'].slots.find((each: any) => each.startsAt === startsAt && each.weekday === 'MONDAY').id;
}

const book = (slotId: string, who: string, more: object = {}, as: Writer = resident(who)) =>
  write(service, 'bookVenueSlot', { slotId, date: monday, residentId: who, people: 2, ...more }, booking, as);
const cancel = (bookingId: string, expectedVersion: number, as: Writer) =>
  write(service, 'cancelVenueBooking', { bookingId, expectedVersion }, booking, as);
const eventsOf = async (slotId: string) =>
  (await eventsIn(service.databaseUrl))
    .filter(({ data }) => data['slotId'] === slotId)
    .map(({ type, data }) => [type, data['free']]);

describe('opening', () => {
  const open = (slots: object[], as: Writer = publisher(), venue = venueId) =>
    write(
      service,
      'openVenueSlots',
      { venueId: venue, slots },
      'venue { slots(weekday: SUNDAY) { startsAt endsAt opening feeCents } }',
      as,
    );
  const night = { weekday: 'SUNDAY', startsAt: '19:00', endsAt: '21:00', bookings: 2, feeCents: 3000 };

  test('adds slots to the week, in their order, with how they open and what they cost', async () => {
    const answer = await open([night]);
    expect(reasons(answer)).toEqual([]);
    expect(answer['venue'].slots.at(-1)).toEqual({
      startsAt: '19:00',
      endsAt: '21:00',
      opening: 'NIGHT',
      feeCents: 3000,
    });
    expect(answer['venue'].slots[0]).toMatchObject({ startsAt: '08:00', opening: 'OFF_HOURS', feeCents: 0 });
  });

  test('none that overlaps another, ends before it begins, or is no time', async () => {
    expect(reasons(await open([{ ...night, startsAt: '20:30', endsAt: '22:00' }]))).toEqual(['slots.0 DUPLICATE']);
    const twice = { ...night, startsAt: '06:00', endsAt: '07:00' };
    expect(reasons(await open([twice, { ...twice, startsAt: '06:30', endsAt: '07:30' }]))).toEqual([
      'slots.1 DUPLICATE',
    ]);
    expect(reasons(await open([{ ...twice, endsAt: '05:00' }]))).toEqual(['slots.0.endsAt INVALID']);
    expect(reasons(await open([{ ...twice, startsAt: '6:00' }]))).toContain('slots.0.startsAt INVALID');
    expect(reasons(await open([]))).toEqual(['slots INVALID']);
    const many = Array.from({ length: 50 }, (_, i) => ({
      ...night,
      weekday: 'TUESDAY',
      startsAt: `0${Math.floor(i / 10)}:${i % 10}0`.replace(
        /:(\d)0$/,
        (_all, d) => `:${String(Number(d) * 5).padStart(2, '0')}`,
      ),
      endsAt: `0${Math.floor(i / 10)}:${String((i % 10) * 5 + 5).padStart(2, '0')}`,
    }));
    expect(reasons(await open(many))).toEqual(['slots TOO_MANY']);
  });

  test('by the venue’s own teacher or the department, not by residents or others', async () => {
    const morning = { ...night, startsAt: '06:00', endsAt: '07:00' };
    expect(reasons(await open([morning], resident('demo-resident')))).toEqual(['venueId NOT_ALLOWED']);
    expect(reasons(await open([morning], publisher('teacher-440304001001-1', '440304001001')))).toEqual([
      'venueId NOT_ALLOWED',
    ]);
    expect(reasons(await open([morning], officer, 'none'))).toEqual(['venueId NOT_FOUND']);
    expect(reasons(await open([morning], officer))).toEqual([]);
  });

  test('a closed slot takes no booking until it is opened again', async () => {
    const slotId = await slot(1);
    const close = (closed: boolean, expectedVersion: number, as: Writer = publisher()) =>
      write(service, 'closeVenueSlot', { slotId, closed, expectedVersion }, 'slot { closed version }', as);
    expect(reasons(await close(true, 1, resident('demo-resident')))).toEqual(['slotId NOT_ALLOWED']);
    expect((await close(true, 1))['slot']).toEqual({ closed: true, version: 2 });
    expect(reasons(await close(false, 1))).toEqual(['expectedVersion CONFLICT']);
    expect(reasons(await book(slotId, 'demo-resident'))).toEqual(['slotId CLOSED']);
    expect(reasons(await close(false, 2))).toEqual([]);
    const made = await book(slotId, 'someone');
    expect(reasons(made)).toEqual([]);
  });
});

describe('booking', () => {
  test('64 at once for one slot: one has it', async () => {
    const slotId = await slot(1);
    const answers = await Promise.all(Array.from({ length: 64 }, (_, i) => book(slotId, `player-${i}`)));
    expect(answers.filter((answer) => answer['booking'] !== null)).toHaveLength(1);
    expect(answers.flatMap(reasons)).toEqual(Array(63).fill('slotId FULL'));
    const { rows } = await database.query('SELECT seat, state FROM venue_booking WHERE slot_id = $1', [slotId]);
    expect(rows).toEqual([{ seat: 1, state: 'BOOKED' }]);
    expect(await eventsOf(slotId)).toEqual([['VenueBooked', 0]]);
  });

  test('64 at once for a slot of five: five have it, each a seat of their own', async () => {
    const slotId = await slot(5);
    await Promise.all(Array.from({ length: 64 }, (_, i) => book(slotId, `team-${i}`)));
    const { rows } = await database.query('SELECT seat FROM venue_booking WHERE slot_id = $1 ORDER BY seat', [slotId]);
    expect(rows.map(({ seat }) => seat)).toEqual([1, 2, 3, 4, 5]);
    expect((await eventsOf(slotId)).map(([, free]) => free)).toEqual([4, 3, 2, 1, 0]);
  });

  test('one person who books eight slots at once gets as many as the week allows', async () => {
    const slots: string[] = [];
    for (let i = 0; i < 8; i++) slots.push(await slot(1));
    const answers = await Promise.all(slots.map((slotId) => book(slotId, 'eager')));
    expect(answers.filter((answer) => answer['booking'] !== null)).toHaveLength(bookingRules.bookingsPerWeek);
    expect(answers.flatMap(reasons)).toEqual(Array(8 - bookingRules.bookingsPerWeek).fill('residentId TOO_MANY'));
  });

  test('says what was booked, for oneself or a ward, and the booking is the resident’s', async () => {
    const slotId = await slot(3);
    const made = await book(slotId, 'demo-resident');
    expect(made['booking']).toMatchObject({
      state: 'BOOKED',
      date: monday,
      people: 2,
      feeCents: 500,
      version: 1,
      resident: { id: 'demo-resident' },
    });
    const child = await book(slotId, 'demo-child', {}, guardian('demo-spouse', 'demo-child'));
    expect(reasons(child)).toEqual([]);
    const { data } = await service.query(
      '{ _entities(representations: [{ __typename: "Resident", id: "demo-child" }]) { ... on Resident { venueBookings { id minor communityCode handlers } } } }',
    );
    expect(data._entities[0].venueBookings).toEqual([
      { id: child['booking'].id, minor: true, communityCode: '440303001001', handlers: ['demo-teacher'] },
    ]);
  });

  test('once with one key; a second one of the same slot and day is a duplicate', async () => {
    const slotId = await slot(3);
    const key = { idempotencyKey: 'booked-once' };
    const first = await book(slotId, 'keyed', key);
    expect((await book(slotId, 'keyed', key))['booking'].id).toBe(first['booking'].id);
    expect(reasons(await book(slotId, 'keyed', { ...key, people: 3 }))).toEqual(['idempotencyKey KEY_REUSED']);
    expect(reasons(await book(slotId, 'keyed'))).toEqual(['slotId DUPLICATE']);
  });

  test('not for others, not on another weekday, not in the past, not too far ahead', async () => {
    const slotId = await slot(3);
    expect(reasons(await book(slotId, 'demo-elder', {}, resident('demo-resident')))).toEqual([
      'residentId NOT_ALLOWED',
    ]);
    expect(reasons(await book(slotId, 'me', { date: addDays(monday, 1) }))).toEqual(['date INVALID']);
    expect(reasons(await book(slotId, 'me', { date: addDays(monday, -14) }))).toEqual(['date CLOSED']);
    expect(reasons(await book(slotId, 'me', { date: addDays(monday, 21) }))).toEqual(['date INVALID']);
    expect(reasons(await book(slotId, 'me', { people: 0 }))).toEqual(['people INVALID']);
    expect(reasons(await book('none', 'me'))).toEqual(['slotId NOT_FOUND']);
    expect((await database.query(`SELECT 1 FROM venue_booking WHERE slot_id = $1`, [slotId])).rowCount).toBe(0);
  });
});

describe('cancelling', () => {
  test('gives the seat back to the next, and says so', async () => {
    const slotId = await slot(1);
    const made = (await book(slotId, 'first'))['booking'];
    expect(reasons(await cancel(made.id, 1, resident('second')))).toEqual(['bookingId NOT_FOUND']);
    expect(reasons(await cancel(made.id, 9, resident('first')))).toEqual(['expectedVersion CONFLICT']);
    expect((await cancel(made.id, 1, resident('first')))['booking']).toMatchObject({ state: 'CANCELLED', version: 2 });
    expect(reasons(await cancel(made.id, 2, resident('first')))).toEqual(['bookingId WRONG_STATE']);
    expect(reasons(await book(slotId, 'second'))).toEqual([]);
    expect(await eventsOf(slotId)).toEqual([
      ['VenueBooked', 0],
      ['VenueReleased', 1],
      ['VenueBooked', 0],
    ]);
  });

  test('by the venue’s teacher too, not after the beginning', async () => {
    const slotId = await slot(2);
    const [one, two] = [(await book(slotId, 'a'))['booking'], (await book(slotId, 'b'))['booking']];
    expect(reasons(await cancel(one.id, 1, teacher()))).toEqual([]);
    await database.query(`UPDATE venue_booking SET date = '2025-06-02' WHERE id = $1`, [two.id]);
    expect(reasons(await cancel(two.id, 1, resident('b')))).toEqual(['bookingId CLOSED']);
  });
});

describe('being there', () => {
  const checkIn = (bookingId: string, expectedVersion: number, as: Writer = teacher()) =>
    write(service, 'checkInVenueBooking', { bookingId, expectedVersion }, booking, as);

  test('is noted by the venue’s teacher about the time; else it is a no-show, and some of them stop bookings', async () => {
    const slotId = await slot(9);
    const [came, missed] = [(await book(slotId, 'came'))['booking'], (await book(slotId, 'missed'))['booking']];
    expect(reasons(await checkIn(came.id, 1))).toEqual(['bookingId CLOSED']);
    // The slot is moved to now: it began at midnight and ends with the day.
    const day = today(new Date());
    await database.query(
      `UPDATE venue_slot SET starts_at = '00:00', ends_at = '23:59', weekday = $2::"Weekday" WHERE id = $1`,
      [slotId, weekdayOf(day)],
    );
    await database.query('UPDATE venue_booking SET date = $2, ends_at = $3 WHERE slot_id = $1', [
      slotId,
      day,
      slotTime(day, '23:59'),
    ]);
    expect(reasons(await checkIn(came.id, 1, { ...resident('came'), relations: [] }))).toEqual(['bookingId NOT_FOUND']);
    expect((await checkIn(came.id, 1))['booking']).toMatchObject({ state: 'CHECKED_IN', version: 2 });
    await database.query('DELETE FROM _linli_job');
    await runJob(subgraph, service.databaseUrl, 'venue-no-shows', slotTime(addDays(day, 1), '00:00'));
    const { rows } = await database.query('SELECT id, state FROM venue_booking WHERE slot_id = $1', [slotId]);
    expect(new Map(rows.map(({ id, state }) => [id, state]))).toEqual(
      new Map([
        [came.id, 'CHECKED_IN'],
        [missed.id, 'NO_SHOW'],
      ]),
    );
    await database.query(
      `INSERT INTO venue_booking (id, venue_id, slot_id, date, resident_id, state, people, fee_cents, booked_at, ends_at, community_code)
       SELECT id || '-' || n, venue_id, slot_id, date, resident_id, state, people, fee_cents, booked_at, ends_at, community_code
       FROM venue_booking, generate_series(2, $2::int) n WHERE id = $1`,
      [missed.id, bookingRules.noShows],
    );
    await database.query(`UPDATE venue_booking SET date = date - 7 WHERE resident_id = 'missed'`);
    expect(reasons(await book(await slot(1), 'missed'))).toEqual(['residentId NOT_ALLOWED']);
  });
});

describe('what is free', () => {
  test('is told for every slot of every day, and changes with each booking', async () => {
    const slotId = await slot(2);
    const free = async () => {
      const { data } = await service.query(
        'query ($id: ID!, $from: Date!) { venueAvailability(venueId: $id, from: $from, days: 7) { from until slots { date free slot { id } } } }',
        { id: 'sports-venue-440303001001-gym', from: monday },
      );
      return data.venueAvailability;
    };
    const before = await free();
    expect(before).toMatchObject({ from: monday, until: addDays(monday, 6) });
    expect(before.slots.find((each: any) => each.slot.id === slotId)).toEqual({
      date: monday,
      free: 2,
      slot: { id: slotId },
    });
    await book(slotId, 'one');
    expect((await free()).slots.find((each: any) => each.slot.id === slotId).free).toBe(1);
    const past = await service.query(
      '{ venueAvailability(venueId: "sports-venue-440303001001-gym", from: "2025-06-02", days: 1) { slots { free } } none: venueAvailability(venueId: "x") { from } }',
    );
    expect(past.data.venueAvailability.slots.every((each: any) => each.free === 0)).toBe(true);
    expect(past.data.none).toBeNull();
    const { errors } = await service.query('{ venueAvailability(venueId: "x", days: 32) { from } }');
    expect(errors?.[0]?.message).toContain('between 1 and 31');
  });

  test('is sent to whoever listens, after a booking and after a cancellation', async () => {
    const slotId = await slot(2);
    const answers = service.subscribe(
      'subscription ($id: ID!) { venueAvailability(venueId: $id) { slots { date free slot { id } } } }',
      { id: 'sports-venue-440303001001-gym' },
    );
    const freeIn = ({ value }: IteratorResult<any>) =>
      value.data.venueAvailability.slots.find((each: any) => each.slot.id === slotId && each.date === monday).free;
    // Whether the subscription is open already shows when it tells of something: another slot closes and opens until then.
    const other = await slot(1);
    let heard = false;
    const first = answers.next().then((answer) => ((heard = true), answer));
    for (let version = 1; !heard; version++) {
      const input = { slotId: other, closed: version % 2 === 1, expectedVersion: version };
      await write(service, 'closeVenueSlot', input, 'slot { version }', publisher());
    }
    const made = (await book(slotId, 'listened'))['booking'];
    let told = freeIn(await first);
    while (told !== 1) told = freeIn(await answers.next());
    await cancel(made.id, 1, resident('listened'));
    while (told !== 2) told = freeIn(await answers.next());
    expect(told).toBe(2);
    await answers.return(undefined);
  });
});
