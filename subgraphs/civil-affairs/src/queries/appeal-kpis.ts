import { defaultSmallestCount } from '@linli/kit/aggregates/suppress';
import { snapshots } from '@linli/kit/aggregates/snapshot';
import type { Unscoped } from '@linli/kit/scope/scope';
import type { Query } from '@linli/kit/scope/query';
import type { Statements } from '@linli/kit/writing/statements';
import { limits } from '../appeals/defaults.js';
import { noAppeals, yearOfKpis, type AppealKpi, type KpiCounts } from '../appeals/kpi.js';

/** Counts of one community and month. */
export interface MonthCounts extends KpiCounts {
  communityCode: string;
  /** `2025-06`, in Shenzhen. */
  month: string;
}

type CountedRow = Record<string, string>;

const monthStatement = `SELECT community_code, to_char(accepted_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS month,
    count(*) AS accepted,
    count(*) FILTER (WHERE contacted_at <= respond_by) AS responded,
    count(*) FILTER (WHERE answered_at IS NOT NULL) AS answered,
    count(*) FILTER (WHERE answered_at IS NOT NULL AND resolved) AS confirmed,
    count(*) FILTER (WHERE rating IS NOT NULL) AS rated,
    count(*) FILTER (WHERE rating >= $1) AS satisfied
  FROM appeal WHERE accepted_at IS NOT NULL AND channel <> 'PROACTIVE' GROUP BY 1, 2`;

function monthCounts(rows: readonly CountedRow[]): MonthCounts[] {
  return rows.map(({ community_code, month, ...counts }) => ({
    communityCode: community_code!,
    month: month!,
    accepted: Number(counts['accepted']),
    responded: Number(counts['responded']),
    answered: Number(counts['answered']),
    confirmed: Number(counts['confirmed']),
    rated: Number(counts['rated']),
    satisfied: Number(counts['satisfied']),
  }));
}

/** What the measures are computed from, by community and month of acceptance; months without an appeal are left out. */
export async function countMonths(query: Query): Promise<MonthCounts[]> {
  return monthCounts((await query.query<CountedRow>(monthStatement, [limits.satisfiedFrom])).rows);
}

function summarise(
  counted: readonly MonthCounts[],
  smallestCount: number,
): ReadonlyMap<string, ReadonlyMap<string, AppealKpi>> {
  const months = [...new Set(counted.map(({ month }) => month))].sort();
  const byKey = new Map(counted.map((counts) => [`${counts.communityCode} ${counts.month}`, counts]));
  const countsOf = (community: string, month: string) => byKey.get(`${community} ${month}`) ?? noAppeals;
  const years = [...new Set(months.map((month) => month.slice(0, 4)))];
  return new Map(
    years.flatMap((year) => {
      const own = months.filter((month) => month.startsWith(year));
      return [...yearOfKpis(year, own, countsOf, smallestCount)];
    }),
  );
}

/** The measures of every place by period (`2025`, `2025-06`), as of today; periods without an appeal are left out. */
export const kpisByPeriod = snapshots(async (unscoped: Unscoped) =>
  summarise(await countMonths(unscoped), unscoped.smallestCount),
);

/** The same at this moment, for the department's own work. */
export async function kpisNow({ query }: Statements): Promise<ReturnType<typeof summarise>> {
  return summarise(monthCounts(await query<CountedRow>(monthStatement, [limits.satisfiedFrom])), defaultSmallestCount);
}
