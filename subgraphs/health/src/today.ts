/** Shenzhen's day begins eight hours before UTC's. */
const aheadOfUtcMs = 8 * 3_600_000;
const dayMs = 24 * 3_600_000;

/** The calendar day in Shenzhen at a moment, as midnight UTC, which is how the database gives and takes days. */
export function dayOf(moment: Date | number = Date.now()): Date {
  const local = Number(moment) + aheadOfUtcMs;
  return new Date(local - (local % dayMs));
}

/** A day some days later, or earlier if negative. */
export function plusDays(day: Date, days: number): Date {
  return new Date(day.getTime() + days * dayMs);
}

/** A day some months later; where that month is too short, its last day. */
export function plusMonths(day: Date, months: number): Date {
  const later = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months + 1, 0));
  later.setUTCDate(Math.min(day.getUTCDate(), later.getUTCDate()));
  return later;
}

/** The moment at which a day begins in Shenzhen. */
export function startOf(day: Date): Date {
  return new Date(day.getTime() - aheadOfUtcMs);
}

/** A day as YYYY-MM-DD. */
export function isoDay(day: Date): string {
  return day.toISOString().slice(0, 10);
}
