const format = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });
const dayMs = 86_400_000;

/** The calendar day in Shenzhen at a moment, as midnight UTC, the way the database gives dates. */
export function dayIn(now: Date): Date {
  return new Date(`${format.format(now)}T00:00:00Z`);
}

/** The month in Shenzhen at a moment, YYYY-MM. */
export function monthIn(now: Date): string {
  return format.format(now).slice(0, 7);
}

/** Whole days from one calendar day to another; negative where the other is earlier. */
export function daysFrom(day: Date, other: Date): number {
  return Math.round((other.getTime() - day.getTime()) / dayMs);
}
