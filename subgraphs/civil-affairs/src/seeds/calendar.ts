import { referenceDate } from '@linli/kit/population/households';
import type { Random } from '@linli/kit/population/random';

/** A moment in the year before the reference date. */
export function moment(random: Random): Date {
  return new Date(Date.parse(`${referenceDate}T01:00:00Z`) - random.int(0, 365 * 24 * 60) * 60_000);
}

/** The time that many days after another, as ISO text. */
export function daysAfter(start: Date, count: number): string {
  return new Date(start.getTime() + count * 86_400_000).toISOString();
}
