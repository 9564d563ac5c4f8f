import { cityTable } from '@linli/kit/aggregates/geography';
import { snapshots } from '@linli/kit/aggregates/snapshot';
import { suppress } from '@linli/kit/aggregates/suppress';
import { areaOf, sum, within, type Area, type AreaCounts } from '@linli/kit/aggregates/table';
import type { Unscoped } from '@linli/kit/scope/scope';
import { geography } from '@linli/schema/geography';
import type { RatingGrade } from '../generated/graphql.js';
import { dayOf } from '../working-days.js';

export const ratingGrades: RatingGrade[] = [
  'VERY_SATISFIED',
  'SATISFIED',
  'BASICALLY_SATISFIED',
  'DISSATISFIED',
  'VERY_DISSATISFIED',
];

/** The first three grades are satisfied (非常满意、满意、基本满意). */
export const satisfiedGrades = 3;

export interface ServiceStatistics {
  cases: number | null;
  decided: number | null;
  decidedInTime: number | null;
  ratings: number | null;
  byGrade: { grade: RatingGrade; count: number | null }[];
  satisfaction: number | null;
  suppressed: boolean;
  asOf: string;
}

/** How cases went, and how they were rated: each of the two is published whole or not at all. */
interface Counted {
  cases: AreaCounts;
  ratings: AreaCounts;
}

const columns = `count(*) AS cases, count(r.id) AS ratings,
  count(*) FILTER (WHERE c.state <> 'DECIDED') AS open,
  count(*) FILTER (WHERE c.state = 'DECIDED' AND (c.due_on IS NULL OR c.decided_at < c.due_on + 1)) AS in_time,
  count(*) FILTER (WHERE c.state = 'DECIDED' AND c.decided_at >= c.due_on + 1) AS late,
  ${ratingGrades.map((grade, i) => `count(*) FILTER (WHERE r.grade = '${grade}') AS g${i}`).join(', ')}`;

async function countBy(unscoped: Unscoped, column: 'community_code' | 'item_code'): Promise<Map<string, Counted>> {
  const { rows } = await unscoped.query<Record<string, string>>(
    `SELECT c.${column} AS key, ${columns} FROM service_case c LEFT JOIN service_rating r ON r.case_id = c.id GROUP BY 1`,
  );
  return new Map(
    rows.map((row) => {
      const numbers = (names: readonly string[]) => names.map((name) => Number(row[name]));
      return [
        row['key']!,
        {
          cases: { base: Number(row['cases']), cells: numbers(['open', 'in_time', 'late']) },
          ratings: { base: Number(row['ratings']), cells: numbers(ratingGrades.map((_, i) => `g${i}`)) },
        },
      ];
    }),
  );
}

const none: Counted = {
  cases: { base: 0, cells: [0, 0, 0] },
  ratings: { base: 0, cells: ratingGrades.map(() => 0) },
};

/** Counts of every place that may be published, by code; the root too is withheld where a number of it is itself small. */
function published(table: Area, smallest: number): Map<string, AreaCounts> {
  const hidden = suppress(table, smallest);
  const small = table.counts.cells.some((cell) => cell > 0 && cell < smallest);
  const shown = [...within(table)].filter(({ code }) => !hidden.has(code) && !(small && code === table.code));
  return new Map(shown.map(({ code, counts }) => [code, counts]));
}

function statisticsOf(cases: AreaCounts | undefined, ratings: AreaCounts | undefined, asOf: string): ServiceStatistics {
  const [, inTime, late] = cases?.cells ?? [];
  const satisfied = sum(ratings?.cells.slice(0, satisfiedGrades) ?? []);
  return {
    cases: cases?.base ?? null,
    decided: cases ? inTime! + late! : null,
    decidedInTime: inTime ?? null,
    ratings: ratings?.base ?? null,
    byGrade: ratingGrades.map((grade, i) => ({ grade, count: ratings?.cells[i] ?? null })),
    satisfaction: ratings?.base ? Math.round((satisfied / ratings.base) * 1000) / 10 : null,
    suppressed: !cases || !ratings,
    asOf,
  };
}

/**
 * How many cases there are, how many were decided in time, and how they were rated: by code of a community, street, or the
 * city, by id of a district, and for the whole city by code of a service. No number from 1 to four, nor what tells one.
 */
export const serviceStatistics = snapshots(
  async (unscoped: Unscoped): Promise<ReadonlyMap<string, ServiceStatistics>> => {
    const [places, items] = await Promise.all([countBy(unscoped, 'community_code'), countBy(unscoped, 'item_code')]);
    const asOf = dayOf(new Date());
    const all = new Map<string, ServiceStatistics>();
    const publish = (tableOf: (pick: (counted: Counted) => AreaCounts) => Area) => {
      const [cases, ratings] = [tableOf((counted) => counted.cases), tableOf((counted) => counted.ratings)];
      const [shownCases, shownRatings] = [cases, ratings].map((table) => published(table, unscoped.smallestCount));
      for (const { code } of within(cases)) {
        all.set(code, statisticsOf(shownCases!.get(code), shownRatings!.get(code), asOf));
      }
    };
    publish((pick) =>
      areaOf(
        geography.city.code,
        [...items].map(([code, counted]) => ({ code, counts: pick(counted), parts: [] })),
      ),
    );
    publish((pick) => cityTable((code) => pick(places.get(code) ?? none)));
    return all;
  },
);
