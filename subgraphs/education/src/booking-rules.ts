import { z } from 'zod';

/** What holds for bookings of venues; defaults of this hub, which the environment may change. */
const environment = z.object({
  /** Bookings that one person may have in a week, Monday to Sunday, cancelled ones not counted. Default 3. */
  LINLI_VENUE_BOOKINGS_PER_WEEK: z.coerce.number().int().min(1).max(100).default(3),
  /** Days ahead that may be booked. Default 14. */
  LINLI_VENUE_DAYS_AHEAD: z.coerce.number().int().min(1).max(365).default(14),
  /** No-shows within 30 days after which a person may book no more for the time being. Default 3. */
  LINLI_VENUE_NO_SHOWS: z.coerce.number().int().min(1).max(100).default(3),
});

const set = environment.parse(process.env);

export const bookingRules = {
  bookingsPerWeek: set.LINLI_VENUE_BOOKINGS_PER_WEEK,
  daysAhead: set.LINLI_VENUE_DAYS_AHEAD,
  noShows: set.LINLI_VENUE_NO_SHOWS,
  /** Days for which a no-show counts. */
  noShowDays: 30,
  /** Minutes before a slot from which on somebody can be checked in. */
  checkInMinutes: 60,
};
