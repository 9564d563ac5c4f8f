import { cityTable } from '@linli/kit/aggregates/geography';
import { snapshots } from '@linli/kit/aggregates/snapshot';
import { suppress } from '@linli/kit/aggregates/suppress';
import { areaOf, within, type Area, type AreaCounts } from '@linli/kit/aggregates/table';
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

/** Undecided, decided in time, decided too late, and ratings by grade: as fine as anything that follows from them. */
const columns = `count(*) AS base,
  count(*) FILTER (WHERE c.state <> 'DECIDED') AS open,
  count(*) FILTER (WHERE c.state = 'DECIDED' AND (c.due_on IS NULL OR c.decided_at < c.due_on + 1)) AS in_time,
  count(*) FILTER (WHERE c.state = 'DECIDED' AND c.decided_at >= c.due_on + 1) AS late,
  ${ratingGrades.map((grade, i) => `count(*) FILTER (WHERE r.grade = '${grade}') AS g${i}`).join(', ')}`;

async function countBy(unscoped: Unscoped, column: 'community_code' | 'item_code'): Promise<Map<string, AreaCounts>> {
  const { rows } = await unscoped.query<Record<string, string>>(
    `SELECT c.${column} AS key, ${columns} FROM service_case c LEFT JOIN service_rating r ON r.case_id = c.id GROUP BY 1`,
  );
  return new Map(
    rows.map((row) => {
      const cells = ['open', 'in_time', 'late', ...ratingGrades.map((_, i) => `g${i}`)].map((name) =>
        Number(row[name]),
      );
      return [row['key']!, { base: Number(row['base']), cells }];
    }),
  );
}

const none: AreaCounts = { base: 0, cells: [0, 0, 0, ...ratingGrades.map(() => 0)] };

function published({ base, cells }: AreaCounts, asOf: string): ServiceStatistics {
  const [, inTime, late, ...grades] = cells as [number, number, number, ...number[]];
  const ratings = grades.reduce((sum, count) => sum + count, 0);
  const satisfied = grades.slice(0, satisfiedGrades).reduce((sum, count) => sum + count, 0);
  return {
    cases: base,
    decided: inTime + late,
    decidedInTime: inTime,
    ratings,
    byGrade: ratingGrades.map((grade, i) => ({ grade, count: grades[i]! })),
    satisfaction: ratings === 0 ? null : Math.round((satisfied / ratings) * 1000) / 10,
    suppressed: false,
    asOf,
  };
}

function withheld(asOf: string): ServiceStatistics {
  return {
    cases: null,
    decided: null,
    decidedInTime: null,
    ratings: null,
    byGrade: ratingGrades.map((grade) => ({ grade, count: null })),
    satisfaction: null,
    suppressed: true,
    asOf,
  };
}

/** What of a table is published, by code; the root, the whole city, is withheld where a number of it is itself small. */
function publish(table: Area, smallest: number, asOf: string, into: Map<string, ServiceStatistics>): void {
  const hidden = suppress(table, smallest);
  const rootSmall = table.counts.cells.some((cell) => cell > 0 && cell < smallest);
  for (const { code, counts } of within(table)) {
    const hide = hidden.has(code) || (code === table.code && rootSmall);
    into.set(code, hide ? withheld(asOf) : published(counts, asOf));
  }
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
    const byItem = areaOf(
      geography.city.code,
      [...items].map(([code, counts]) => ({ code, counts, parts: [] })),
    );
    publish(byItem, unscoped.smallestCount, asOf, all);
    publish(
      cityTable((code) => places.get(code) ?? none),
      unscoped.smallestCount,
      asOf,
      all,
    );
    return all;
  },
);
