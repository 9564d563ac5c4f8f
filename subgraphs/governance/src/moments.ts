/** The largest number of milliseconds that six bytes hold. Ids of records begin with how much is left until then. */
const lastMoment = 2 ** 48 - 1;

/** Where the ids of a moment begin, and of all that came before it. */
function beginningAt(at: Date): string {
  return Math.max(0, lastMoment - at.getTime())
    .toString(16)
    .padStart(12, '0');
}

/**
 * The ids of records made in a span of time, as a range that the primary key serves: of later records they are smaller.
 * @param from included
 * @param until not included
 * @returns undefined where neither is given
 */
export function idsBetween(from: Date | undefined, until: Date | undefined): { gte?: string; lt?: string } | undefined {
  if (!from && !until) return undefined;
  return {
    ...(until && { gte: beginningAt(new Date(until.getTime() - 1)) }),
    ...(from && { lt: beginningAt(new Date(from.getTime() - 1)) }),
  };
}
