import type { cityTable } from './geography.js';
import { suppress } from './suppress.js';

/** Who lives in a community, in the numbers that more than one department knows. */
export interface ResidentCounts {
  readonly total: number;
  /** Households, which are as many as homes that are lived in. */
  readonly households: number;
}

/** Codes of the places that withhold each number. */
export interface WithheldResidents {
  readonly total: ReadonlySet<string>;
  readonly households: ReadonlySet<string>;
}

/**
 * Where the number of people, and that of households, are withheld. Every department that publishes one of them decides by
 * this: what one of them withholds cannot be read from another one.
 * @param smallest the smallest count that is published, beside 0
 */
export function withheldResidents(
  counts: (community: string) => ResidentCounts,
  smallest: number,
  tableOf: typeof cityTable,
): WithheldResidents {
  const people = tableOf((code) => {
    const { total } = counts(code);
    return { base: total, cells: [total] };
  });
  const total = suppress(people, smallest, { baseKnown: () => false });
  const homes = tableOf((code) => {
    const { total, households } = counts(code);
    return { base: total, cells: [households] };
  });
  const households = suppress(homes, smallest, { also: total, baseKnown: (code) => !total.has(code) });
  return { total, households };
}
