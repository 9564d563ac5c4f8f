import { referenceDate } from '@linli/kit/population/households';

const dayInMs = 86_400_000;
const referenceDay = Date.parse(`${referenceDate}T00:00:00Z`);
/** Nine in the morning in Shenzhen of the day that synthetic ages are given for: the "now" of made-up records. */
const referenceMoment = Date.parse(`${referenceDate}T01:00:00Z`);

/** The day, as YYYY-MM-DD, that many days before the reference date. */
export function dayBefore(days: number): string {
  return new Date(referenceDay - days * dayInMs).toISOString().slice(0, 10);
}

/** The moment that many minutes before (or, negative, after) nine in the morning of the reference date. */
export function minutesBefore(minutes: number): Date {
  return new Date(referenceMoment - minutes * 60_000);
}

/** The calendar day of a moment in Shenzhen, as YYYYMMDD. */
export function shenzhenDay(moment: Date): string {
  return new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
}
