import { randomUUID } from 'node:crypto';
import { count, day, id, idempotencyKey, version } from '@linli/kit/writing/fields';
import { mutation, type WriteContext } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { bookingRules } from '../booking-rules.js';
import type { Database } from '../database.js';
import { addDays, mondayOf, slotTime, today, weekdayOf } from '../days.js';
import type { Resolvers, VenueBookingState } from '../generated/graphql.js';
import type { VenueBooking, VenueSlot } from '../generated/prisma/client.js';
import { minorUntilOf } from '../minor-until.js';
import { communityTeacher } from '../posts.js';
import { notFound, requireState, requireVersion, stale } from './checks.js';

const stateNames: Record<VenueBookingState, string> = {
  BOOKED: '已预订',
  CHECKED_IN: '已到场',
  NO_SHOW: '未到场',
  CANCELLED: '已取消',
};

/** A slot can be booked on a day if it is one of its days, has not begun and is not too far ahead. */
function requireBookable(slot: VenueSlot, date: string, now: Date): void {
  if (slot.closed) throw refuse(['slotId'], 'CLOSED', '这个时段已停止预订，请选择其他时段。');
  if (weekdayOf(date) !== slot.weekday) throw refuse(['date'], 'INVALID', '日期与时段的星期不符，请核对。');
  if (slotTime(date, slot.startsAt) <= now) throw refuse(['date'], 'CLOSED', '这个时段已经开始，请选择以后的日期。');
  if (date > addDays(today(now), bookingRules.daysAhead)) {
    throw refuse(['date'], 'INVALID', `只能预订今后 ${bookingRules.daysAhead} 天之内的时段。`);
  }
}

/** One person's limit. Their other bookings wait meanwhile, so that two at once do not both find room. */
async function requireWithinLimits(tx: WriteContext<Database>, residentId: string, date: string): Promise<void> {
  const { bookingsPerWeek, noShows, noShowDays } = bookingRules;
  await tx.lock(`venue bookings of ${residentId}`);
  const monday = mondayOf(date);
  const thisWeek = await tx.all.venueBooking.count({
    where: {
      residentId,
      state: { not: 'CANCELLED' },
      date: { gte: new Date(monday), lte: new Date(addDays(monday, 6)) },
    },
  });
  if (thisWeek >= bookingsPerWeek) {
    throw refuse(['residentId'], 'TOO_MANY', `每人每周至多预订 ${bookingsPerWeek} 次，请改订其他周，或先取消一次。`);
  }
  const missed = await tx.all.venueBooking.count({
    where: { residentId, state: 'NO_SHOW', date: { gte: new Date(addDays(today(tx.now), -noShowDays)) } },
  });
  if (missed >= noShows) {
    throw refuse(['residentId'], 'NOT_ALLOWED', `${noShowDays} 天内爽约 ${missed} 次，暂不能预订，请过些日子再订。`);
  }
}

/** The seats that are taken of a slot on a day; nobody else takes one until the transaction ends. */
async function takenSeats(tx: WriteContext<Database>, slotId: string, date: string): Promise<Set<number>> {
  await tx.lock(`venue slot ${slotId} ${date}`);
  const taken = await tx.all.venueBooking.findMany({
    where: { slotId, date: new Date(date), seat: { not: null } },
    select: { seat: true },
  });
  return new Set(taken.map(({ seat }) => seat!));
}

async function bookingOf(tx: WriteContext<Database>, bookingId: string, expected: number): Promise<VenueBooking> {
  const booking = await tx.rows.venueBooking.findUnique({ where: { id: bookingId } });
  if (!booking) throw notFound('bookingId', '条预订');
  requireVersion(booking, expected);
  requireState('bookingId', booking.state, ['BOOKED'], stateNames);
  return booking;
}

/** Booking a venue, giving it back, and being there. */
export const venueBookingMutations: Resolvers['Mutation'] = {
  bookVenueSlot: mutation({
    name: 'bookVenueSlot',
    input: z.strictObject({
      slotId: id,
      date: day,
      residentId: id,
      people: count(1, 50),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    duplicate: refuse(['slotId'], 'DUPLICATE', '这个时段您已预订，不必再订。'),
    async run({ slotId, date: on, residentId, people }, tx: WriteContext<Database>) {
      tx.requireRelation(['residentId'], { subject: residentId });
      const date = on.toISOString().slice(0, 10);
      const slot = await tx.all.venueSlot.findUnique({ where: { id: slotId } });
      if (!slot) throw refuse(['slotId'], 'NOT_FOUND', '没有这个时段，请重新选择。');
      requireBookable(slot, date, tx.now);
      await requireWithinLimits(tx, residentId, date);
      const taken = await takenSeats(tx, slotId, date);
      const seat = Array.from({ length: slot.bookings }, (_, i) => i + 1).find((each) => !taken.has(each));
      if (seat === undefined) throw refuse(['slotId'], 'FULL', '这个时段已订满，请选择其他时段或日期。');
      const { venueId, feeCents } = slot;
      const { communityCode } = await tx.all.sharedVenue.findUniqueOrThrow({ where: { id: venueId } });
      const booking = await tx.all.venueBooking.create({
        data: {
          id: randomUUID(),
          venueId,
          slotId,
          date: on,
          seat,
          holder: residentId,
          residentId,
          state: 'BOOKED',
          people,
          feeCents,
          bookedAt: tx.now,
          endsAt: slotTime(date, slot.endsAt),
          communityCode,
          handlers: [communityTeacher(communityCode)],
          minorUntil: await minorUntilOf(tx, residentId),
        },
      });
      const free = slot.bookings - taken.size - 1;
      await tx.emit({ type: 'VenueBooked', key: venueId, data: { venueId, slotId, date, free } });
      return { booking };
    },
    made: ({ booking }) => booking.id,
    again: async (made, tx) => ({ booking: await tx.all.venueBooking.findUniqueOrThrow({ where: { id: made } }) }),
  }),

  cancelVenueBooking: mutation({
    name: 'cancelVenueBooking',
    input: z.strictObject({ bookingId: id, expectedVersion: version }),
    async run({ bookingId, expectedVersion }, tx: WriteContext<Database>) {
      const { slotId, venueId, date: on } = await bookingOf(tx, bookingId, expectedVersion);
      const slot = await tx.all.venueSlot.findUniqueOrThrow({ where: { id: slotId } });
      const date = on.toISOString().slice(0, 10);
      if (slotTime(date, slot.startsAt) <= tx.now) {
        throw refuse(['bookingId'], 'CLOSED', '时段已经开始，不能取消。');
      }
      const taken = await takenSeats(tx, slotId, date);
      const [booking] = await tx.rows.venueBooking.updateManyAndReturn({
        where: { id: bookingId, version: expectedVersion },
        data: { state: 'CANCELLED', seat: null, holder: null, version: { increment: 1 } },
      });
      if (!booking) throw stale();
      const free = slot.bookings - taken.size + 1;
      await tx.emit({ type: 'VenueReleased', key: venueId, data: { venueId, slotId, date, free } });
      return { booking };
    },
  }),

  checkInVenueBooking: mutation({
    name: 'checkInVenueBooking',
    input: z.strictObject({ bookingId: id, expectedVersion: version }),
    async run({ bookingId, expectedVersion }, tx: WriteContext<Database>) {
      const { slotId, date, endsAt } = await bookingOf(tx, bookingId, expectedVersion);
      const slot = await tx.all.venueSlot.findUniqueOrThrow({ where: { id: slotId } });
      const opens = slotTime(date.toISOString().slice(0, 10), slot.startsAt).getTime();
      if (tx.now.getTime() < opens - bookingRules.checkInMinutes * 60_000 || tx.now >= endsAt) {
        throw refuse(['bookingId'], 'CLOSED', `到场登记自时段开始前 ${bookingRules.checkInMinutes} 分钟至结束为止。`);
      }
      const [booking] = await tx.rows.venueBooking.updateManyAndReturn({
        where: { id: bookingId, version: expectedVersion },
        data: { state: 'CHECKED_IN', version: { increment: 1 } },
      });
      if (!booking) throw stale();
      return { booking };
    },
  }),
};
