/** Shenzhen's day begins eight hours before UTC's. */
const aheadOfUtcMs = 8 * 3_600_000;
const dayInMs = 86_400_000;

/** The calendar day in Shenzhen at a moment, as midnight UTC, as the database gives dates. */
export function shenzhenDay(moment: Date): Date {
  return new Date(Math.floor((moment.getTime() + aheadOfUtcMs) / dayInMs) * dayInMs);
}

/** The day so many days later. */
export function daysLater(day: Date, days: number): Date {
  return new Date(day.getTime() + days * dayInMs);
}

/** A day as YYYY-MM-DD. */
export function dayText(day: Date): string {
  return day.toISOString().slice(0, 10);
}
