import { ownSettings } from '@linli/kit/service/own-settings';

/** What holds for bookings of venues: defaults of this hub, which the environment may change. */
export interface BookingRules {
  /** Bookings that one person may have in a week, Monday to Sunday, cancelled ones not counted. */
  bookingsPerWeek: number;
  /** Days ahead that may be booked. */
  daysAhead: number;
  /** No-shows after which a person may book no more for the time being. */
  noShows: number;
  /** Days for which a no-show counts. */
  noShowDays: number;
  /** Minutes before a slot from which on somebody can be checked in. */
  checkInMinutes: number;
}

/** Reads and checks the rules. @throws StartError naming the variable and what it should hold */
export function readBookingRules(env: NodeJS.ProcessEnv): BookingRules {
  const settings = ownSettings(new URL('../settings.json', import.meta.url), env);
  return {
    bookingsPerWeek: settings.number('LINLI_VENUE_BOOKINGS_PER_WEEK'),
    daysAhead: settings.number('LINLI_VENUE_DAYS_AHEAD'),
    noShows: settings.number('LINLI_VENUE_NO_SHOWS'),
    noShowDays: 30,
    checkInMinutes: 60,
  };
}

export const bookingRules = readBookingRules(process.env);
