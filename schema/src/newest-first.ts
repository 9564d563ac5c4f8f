/** The largest number of milliseconds that six bytes hold, past the year 10000. */
const lastMoment = 2 ** 48 - 1;

/**
 * How the ids of a moment's records begin, in twelve hexadecimal digits: what came later has the smaller one, so that in
 * the order of ids the newest is first. The gateway makes such ids, and `governance` looks for them.
 */
export function newestFirst(at: Date): string {
  return Math.max(0, lastMoment - at.getTime())
    .toString(16)
    .padStart(12, '0');
}
