import { cityTable } from '@linli/kit/aggregates/geography';
import { withheldResidents, type ResidentCounts, type WithheldResidents } from '@linli/kit/aggregates/residents';
import { suppress } from '@linli/kit/aggregates/suppress';
import { sum, type AreaCounts } from '@linli/kit/aggregates/table';

/** Who lives in a community, before anything is withheld. */
export interface PopulationCounts extends ResidentCounts {
  /** By age, a partition of the total; the last two are the elders. */
  bands: number[];
  /** Elders who live alone: each is a household. */
  alone: number;
  impaired: number;
}

/** Codes of the places that withhold each group of numbers. */
export interface WithheldPopulation extends WithheldResidents {
  /** Bands, elders and elders living alone: what one of them tells about the others, it tells only together with them. */
  ages: ReadonlySet<string>;
  impaired: ReadonlySet<string>;
}

/**
 * Which numbers about people are withheld where, so that no small count can be computed from the others. Where the total is
 * withheld, so is all the rest.
 * @param smallest the smallest count that is published, beside 0
 */
export function withheldOf(
  counts: (community: string) => PopulationCounts,
  smallest: number,
  tableOf: typeof cityTable = cityTable,
): WithheldPopulation {
  const table = (pick: (counts: PopulationCounts) => AreaCounts) => tableOf((code) => pick(counts(code)));
  const { total, households } = withheldResidents(counts, smallest, tableOf);
  const inTotal = { also: total, baseKnown: (code: string) => !total.has(code) };
  const impaired = suppress(
    table((c) => ({ base: c.total, cells: [c.impaired] })),
    smallest,
    inTotal,
  );

  const byAge = table((c) => ({ base: c.total, cells: [...c.bands, sum(c.bands.slice(-2)), c.alone] }));
  const livingAlone = table((c) => ({ base: c.households, cells: [c.alone] }));
  let ages: ReadonlySet<string> = total;
  // Those who live alone are bounded by the households, too: withhold until both views agree.
  for (let before = -1; before !== ages.size;) {
    before = ages.size;
    ages = suppress(byAge, smallest, { ...inTotal, also: ages });
    ages = suppress(livingAlone, smallest, { also: ages, baseKnown: (code) => !households.has(code) });
  }
  return { total, households, ages, impaired };
}
