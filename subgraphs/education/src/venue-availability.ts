import { addDays, slotTime, weekdayOf } from './days.js';
import type { ResolversTypes } from './generated/graphql.js';
import type { SharedVenue } from './generated/prisma/client.js';
import type { Loaders } from './loaders.js';

/** Dates, YYYY-MM-DD, both included. */
interface Days {
  from: string;
  until: string;
}

/** What is free of a venue's slots on each of some days, earliest first; nothing of what has begun or is closed. */
export async function availability(
  venue: SharedVenue,
  { from, until }: Days,
  loaders: Loaders,
  now = new Date(),
): Promise<Awaited<ResolversTypes['VenueAvailability']>> {
  const slots = (await loaders.slotsOfVenue(venue.id)).sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  const days = [];
  for (let date = from; date <= until; date = addDays(date, 1)) {
    for (const slot of slots) if (slot.weekday === weekdayOf(date)) days.push({ slot, date });
  }
  const taken = await Promise.all(days.map(({ slot, date }) => loaders.bookedSeats.load({ slotId: slot.id, date })));
  return {
    venue,
    from,
    until,
    slots: days.map(({ slot, date }, i) => {
      const open = !slot.closed && slotTime(date, slot.startsAt) > now;
      return { slot, date, free: open ? Math.max(0, slot.bookings - taken[i]!) : 0 };
    }),
  };
}
