const shenzhen = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });

/** The day in Shenzhen, as YYYY-MM-DD. */
export function dayIn(now: Date): string {
  return shenzhen.format(now);
}

/** The day in Shenzhen as a database keeps it: midnight UTC of that date. */
export function dateIn(now: Date): Date {
  return new Date(`${dayIn(now)}T00:00:00Z`);
}

/** The year in Shenzhen. */
export function yearIn(now: Date): number {
  return Number(dayIn(now).slice(0, 4));
}
