import DataLoader from 'dataloader';
import type { Unscoped } from '@linli/kit/scope/scope';
import type { AgeBand } from '../generated/graphql.js';

export interface PopulationSummary {
  total: number;
  households: number;
  byAge: { band: AgeBand; count: number }[];
  elders: number;
  eldersLivingAlone: number;
  mobilityImpaired: number;
}

/** Age bands from the youngest on, each with the first age that is no longer in it. */
const bands: [AgeBand, number][] = [
  ['UNDER_3', 3],
  ['FROM_3_TO_5', 6],
  ['FROM_6_TO_17', 18],
  ['FROM_18_TO_59', 60],
  ['FROM_60_TO_79', 80],
  ['FROM_80', 200],
];

/** A lateral of the age (whole years today) and one count per band, named b0, b1, … */
const bandCounts = bands
  .map(([, before], i) => {
    const from = bands[i - 1]?.[1] ?? 0;
    return `count(*) FILTER (WHERE age >= ${from} AND age < ${before}) AS b${i}`;
  })
  .join(', ');

/** Who lives in a community, in numbers, many communities a statement. Elders are 60 and over. */
export function summarisePopulation(unscoped: Unscoped): DataLoader<string, PopulationSummary> {
  return new DataLoader(async (communities) => {
    const { rows } = await unscoped.query<Record<string, string>>(
      `SELECT community_code AS code, count(*) AS total, count(DISTINCT household_id) AS households, ${bandCounts},
         count(*) FILTER (WHERE age >= 60) AS elders,
         count(*) FILTER (WHERE age >= 60 AND lives_alone) AS elders_alone,
         count(*) FILTER (WHERE mobility_impaired) AS mobility_impaired
       FROM (SELECT *, extract(year FROM age(current_date, birth_date)) AS age FROM resident
             WHERE community_code = ANY($1::text[])) r
       GROUP BY 1`,
      [communities],
    );
    const byCommunity = new Map(rows.map((row) => [row['code']!, row]));
    return communities.map((code) => {
      const row = byCommunity.get(code);
      const number = (column: string) => Number(row?.[column] ?? 0);
      return {
        total: number('total'),
        households: number('households'),
        byAge: bands.map(([band], i) => ({ band, count: number(`b${i}`) })),
        elders: number('elders'),
        eldersLivingAlone: number('elders_alone'),
        mobilityImpaired: number('mobility_impaired'),
      };
    });
  });
}
