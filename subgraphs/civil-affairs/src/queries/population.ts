import { cityTable } from '@linli/kit/aggregates/geography';
import { snapshots } from '@linli/kit/aggregates/snapshot';
import { sum, within } from '@linli/kit/aggregates/table';
import type { Unscoped } from '@linli/kit/scope/scope';
import type { AgeBand } from '../generated/graphql.js';
import { withheldOf, type PopulationCounts } from './population-suppression.js';

/** Numbers of a place as they are published: null where a small count would be told by them. */
export interface PopulationSummary {
  total: number | null;
  households: number | null;
  byAge: { band: AgeBand; count: number | null; suppressed: boolean }[];
  elders: number | null;
  eldersLivingAlone: number | null;
  mobilityImpaired: number | null;
  suppressed: boolean;
}

/** Age bands from the youngest on, each with the first age that is no longer in it. Elders are 60 and over. */
const bands: [AgeBand, number][] = [
  ['UNDER_3', 3],
  ['FROM_3_TO_5', 6],
  ['FROM_6_TO_17', 18],
  ['FROM_18_TO_59', 60],
  ['FROM_60_TO_79', 80],
  ['FROM_80', 200],
];

/** One count for each band, named b0, b1, … */
const bandCounts = bands
  .map(([, before], i) => {
    const from = bands[i - 1]?.[1] ?? 0;
    return `count(*) FILTER (WHERE age >= ${from} AND age < ${before}) AS b${i}`;
  })
  .join(', ');

const nobody: PopulationCounts = { total: 0, households: 0, bands: bands.map(() => 0), alone: 0, impaired: 0 };

/** Everybody, by community. */
async function countCommunities(unscoped: Unscoped): Promise<Map<string, PopulationCounts>> {
  const { rows } = await unscoped.query<Record<string, string>>(
    `SELECT community_code AS code, count(*) AS total, count(DISTINCT household_id) AS households, ${bandCounts},
       count(*) FILTER (WHERE age >= 60 AND lives_alone) AS alone,
       count(*) FILTER (WHERE mobility_impaired) AS impaired
     FROM (SELECT *, extract(year FROM age((now() AT TIME ZONE 'Asia/Shanghai')::date, birth_date)) AS age
           FROM resident) r
     GROUP BY 1`,
  );
  return new Map(
    rows.map((row) => {
      const number = (column: string) => Number(row[column]);
      return [
        row['code']!,
        {
          total: number('total'),
          households: number('households'),
          bands: bands.map((_, i) => number(`b${i}`)),
          alone: number('alone'),
          impaired: number('impaired'),
        },
      ];
    }),
  );
}

/** The published numbers of every community, street and district, by code or id. */
async function summarise(unscoped: Unscoped): Promise<ReadonlyMap<string, PopulationSummary>> {
  const counted = await countCommunities(unscoped);
  const withheld = withheldOf((code) => counted.get(code) ?? nobody, unscoped.smallestCount);
  const table = cityTable((code) => {
    const { total, households, bands: ages, alone, impaired } = counted.get(code) ?? nobody;
    return { base: total, cells: [households, alone, impaired, ...ages] };
  });
  return new Map(
    [...within(table)].map(({ code, counts }) => {
      const [households, alone, impaired, ...ages] = counts.cells as [number, number, number, ...number[]];
      const byAge = withheld.ages.has(code);
      const unless = (hidden: boolean, count: number) => (hidden ? null : count);
      const summary: PopulationSummary = {
        total: unless(withheld.total.has(code), counts.base),
        households: unless(withheld.households.has(code), households),
        byAge: bands.map(([band], i) => ({ band, count: unless(byAge, ages[i]!), suppressed: byAge })),
        elders: unless(byAge, sum(ages.slice(-2))),
        eldersLivingAlone: unless(byAge, alone),
        mobilityImpaired: unless(withheld.impaired.has(code), impaired),
        suppressed: Object.values<ReadonlySet<string>>({ ...withheld }).some((codes) => codes.has(code)),
      };
      return [code, summary];
    }),
  );
}

/** Who lives in the city's places, in numbers, by code of a community or street or id of a district; as of today. */
export const populationByPlace = snapshots(summarise);
