import { cityTable } from '@linli/kit/aggregates/geography';
import { suppress } from '@linli/kit/aggregates/suppress';
import { sum, within, type AreaCounts } from '@linli/kit/aggregates/table';

/** Places that withhold, in each period. */
export type Withheld = ReadonlyMap<string, ReadonlySet<string>>;

/** Counts that are published for the months of a year and for the year as a whole. */
export interface YearTable {
  /** `2025` */
  readonly year: string;
  /** `2025-01` and so on, those that are over or have begun. */
  readonly months: readonly string[];
  readonly countsOf: (community: string, month: string) => AreaCounts;
}

function add(each: readonly AreaCounts[]): AreaCounts {
  const cells = each[0]?.cells.map((_, j) => sum(each.map((counts) => counts.cells[j]!))) ?? [];
  return { base: sum(each.map(({ base }) => base)), cells };
}

/**
 * Where counts are withheld, over places and over time at once: neither the numbers of other places, nor those of the year
 * and its other months may tell a small one.
 */
export function withheldPlaces(
  { year, months, countsOf }: YearTable,
  options: {
    smallest: number;
    /** Withheld for another reason; default none. */
    also?: Withheld;
    baseKnown: (period: string, place: string) => boolean;
  },
): Withheld {
  const { smallest, also, baseKnown } = options;
  const tables = new Map(months.map((month) => [month, cityTable((code) => countsOf(code, month))]));
  tables.set(
    year,
    cityTable((code) => add(months.map((month) => countsOf(code, month)))),
  );
  const counted = new Map(
    [...tables].map(([period, table]) => [
      period,
      new Map([...within(table)].map(({ code, counts }) => [code, counts])),
    ]),
  );
  const withheld = new Map([...tables.keys()].map((period) => [period, new Set(also?.get(period))]));
  // What is withheld among the places of a period is withheld among the months of a place, and the other way round: each
  // is looked at again when something of it was.
  const periods = new Set(tables.keys());
  const places = new Set(counted.get(year)!.keys());

  const overPlaces = (period: string) => {
    const hidden = withheld.get(period)!;
    const known = (code: string) => baseKnown(period, code);
    for (const place of suppress(tables.get(period)!, smallest, { also: hidden, baseKnown: known })) {
      if (!hidden.has(place)) places.add(place);
      hidden.add(place);
    }
  };
  const overMonths = (place: string) => {
    const hidden = withheld.get(year)!.has(place) ? months : months.filter((month) => withheld.get(month)!.has(place));
    const parts = months.map((code) => ({ code, counts: counted.get(code)!.get(place)!, parts: [] }));
    const known = (month: string) => baseKnown(month, place);
    const root = { code: year, counts: counted.get(year)!.get(place)!, parts };
    for (const month of suppress(root, smallest, { also: new Set(hidden), baseKnown: known })) {
      if (!withheld.get(month)!.has(place)) periods.add(month);
      withheld.get(month)!.add(place);
    }
  };
  while (periods.size > 0 || places.size > 0) {
    const [theirs, own] = [[...periods], [...places]];
    periods.clear();
    places.clear();
    theirs.forEach(overPlaces);
    own.forEach(overMonths);
  }
  return withheld;
}
