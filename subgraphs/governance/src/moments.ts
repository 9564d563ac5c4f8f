import { newestFirst } from '@linli/schema/newest-first';

const justBefore = (at: Date) => newestFirst(new Date(at.getTime() - 1));

/**
 * The ids of records made in a span of time, as a range that the primary key serves: later records have smaller ids.
 * @param from included
 * @param until not included
 * @returns undefined where neither is given
 */
export function idsBetween(from: Date | undefined, until: Date | undefined): { gte?: string; lt?: string } | undefined {
  if (!from && !until) return undefined;
  return { ...(until && { gte: justBefore(until) }), ...(from && { lt: justBefore(from) }) };
}
