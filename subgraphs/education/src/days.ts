import type { Weekday } from './generated/graphql.js';

/** Days as the calendar counts them: Sunday is 0. */
const weekdays: readonly Weekday[] = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];

const dayMs = 86_400_000;

/** Shenzhen's clock is eight hours ahead of UTC, all the year. */
const aheadOfUtcMs = 8 * 3_600_000;

/** Today's date in Shenzhen, YYYY-MM-DD. */
export function today(now: Date): string {
  return new Date(now.getTime() + aheadOfUtcMs).toISOString().slice(0, 10);
}

/** The calendar date so many days later; dates are YYYY-MM-DD. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
}

/** The weekday of a date, YYYY-MM-DD. */
export function weekdayOf(date: string): Weekday {
  return weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()]!;
}

/** The Monday of a date's week, YYYY-MM-DD. */
export function mondayOf(date: string): string {
  return addDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** When a time of day (HH:MM, in Shenzhen) comes on a date. */
export function slotTime(date: string, time: string): Date {
  return new Date(`${date}T${time}:00+08:00`);
}

/** The time of day of an instant, HH:MM in Shenzhen. */
export function timeOf(at: Date): string {
  return new Date(at.getTime() + aheadOfUtcMs).toISOString().slice(11, 16);
}
