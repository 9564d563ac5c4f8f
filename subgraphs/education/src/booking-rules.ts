import { StartError } from '@linli/kit/errors';
import { z } from 'zod';

/** What holds for bookings of venues: defaults of this hub, which the environment may change. */
const environment = z.object({
  /** Bookings that one person may have in a week, Monday to Sunday, cancelled ones not counted. Default 3. */
  LINLI_VENUE_BOOKINGS_PER_WEEK: z.coerce.number().int().min(1).max(100).default(3),
  /** Days ahead that may be booked. Default 14. */
  LINLI_VENUE_DAYS_AHEAD: z.coerce.number().int().min(1).max(365).default(14),
  /** No-shows within 30 days after which a person may book no more for the time being. Default 3. */
  LINLI_VENUE_NO_SHOWS: z.coerce.number().int().min(1).max(100).default(3),
});

export interface BookingRules {
  bookingsPerWeek: number;
  daysAhead: number;
  noShows: number;
  /** Days for which a no-show counts. */
  noShowDays: number;
  /** Minutes before a slot from which on somebody can be checked in. */
  checkInMinutes: number;
}

/** Reads and checks the rules. @throws StartError naming the variable and what it should hold */
export function readBookingRules(env: NodeJS.ProcessEnv): BookingRules {
  const { data, error } = environment.safeParse(env);
  if (error) {
    const [issue] = error.issues;
    throw new StartError(`The setting ${issue!.path.join('.')} is wrong: ${issue!.message}.`);
  }
  return {
    bookingsPerWeek: data.LINLI_VENUE_BOOKINGS_PER_WEEK,
    daysAhead: data.LINLI_VENUE_DAYS_AHEAD,
    noShows: data.LINLI_VENUE_NO_SHOWS,
    noShowDays: 30,
    checkInMinutes: 60,
  };
}

export const bookingRules = readBookingRules(process.env);
