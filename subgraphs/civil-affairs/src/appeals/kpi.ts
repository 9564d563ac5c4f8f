import { cityTable } from '@linli/kit/aggregates/geography';
import { within, type AreaCounts } from '@linli/kit/aggregates/table';
import { withheldPlaces } from './kpi-suppression.js';

/** Appeals accepted in one period in one place (按受理时间归入), without those that nobody raised. */
export interface KpiCounts {
  accepted: number;
  /** Contacted within the time for it. */
  responded: number;
  /** Answered at least once. */
  answered: number;
  /** Of those, confirmed as solved by the appellant. */
  confirmed: number;
  rated: number;
  /** Of those, with 3 or more of 5. */
  satisfied: number;
}

/** The three measures of the plan as they are published; null where a small count would be told, or nothing was counted. */
export interface AppealKpi {
  period: string;
  accepted: number | null;
  responded: number | null;
  responseRate: number | null;
  answered: number | null;
  confirmed: number | null;
  resolutionRate: number | null;
  rated: number | null;
  unrated: number | null;
  satisfied: number | null;
  satisfactionRate: number | null;
  suppressed: boolean;
}

export const noAppeals: KpiCounts = { accepted: 0, responded: 0, answered: 0, confirmed: 0, rated: 0, satisfied: 0 };

/** Counts of a community in a month (`2025-06`). */
export type CountsOf = (community: string, month: string) => KpiCounts;

const cellsOf = ({ accepted, responded, answered, confirmed, rated, satisfied }: KpiCounts): number[] => [
  accepted,
  responded,
  answered,
  confirmed,
  rated,
  satisfied,
];

function countsOfCells([accepted, responded, answered, confirmed, rated, satisfied]: readonly number[]): KpiCounts {
  return {
    accepted: accepted!,
    responded: responded!,
    answered: answered!,
    confirmed: confirmed!,
    rated: rated!,
    satisfied: satisfied!,
  };
}

/** What appellants said, and did not say: the counts that could tell how somebody rated. */
function sayings({ answered, confirmed, rated, satisfied }: KpiCounts): number[] {
  return [confirmed, answered - confirmed, rated, satisfied, rated - satisfied];
}

const rate = (part: number, of: number): number | null => (of === 0 ? null : Math.round((part / of) * 10_000) / 10_000);

/** What is published of a place and period. */
export function published(period: string, counts: KpiCounts, all: boolean, outcomes: boolean): AppealKpi {
  const { accepted, responded, answered, confirmed, rated, satisfied } = counts;
  const work = <Value>(value: Value) => (all ? null : value);
  const said = <Value>(value: Value) => (all || outcomes ? null : value);
  return {
    period,
    accepted: work(accepted),
    responded: work(responded),
    responseRate: work(rate(responded, accepted)),
    answered: said(answered),
    confirmed: said(confirmed),
    resolutionRate: said(rate(confirmed, answered)),
    rated: said(rated),
    unrated: said(answered - rated),
    satisfied: said(satisfied),
    satisfactionRate: said(rate(satisfied, rated)),
    suppressed: all || outcomes,
  };
}

/**
 * The measures of all places for a year and its months, by period and by code of a community or street, id of a district,
 * or code of the city.
 */
export function yearOfKpis(
  year: string,
  months: readonly string[],
  countsOf: CountsOf,
  smallest: number,
): Map<string, Map<string, AppealKpi>> {
  const tables = (pick: (counts: KpiCounts) => AreaCounts) => (code: string, month: string) =>
    pick(countsOf(code, month));
  const all = withheldPlaces(
    { year, months, countsOf: tables(({ accepted }) => ({ base: accepted, cells: [accepted] })) },
    { smallest, baseKnown: () => false },
  );
  const outcomes = withheldPlaces(
    { year, months, countsOf: tables((counts) => ({ base: counts.accepted, cells: sayings(counts) })) },
    { smallest, also: all, baseKnown: (period, place) => !all.get(period)!.has(place) },
  );
  const publish = (period: string, countsIn: (community: string) => KpiCounts) => {
    const table = cityTable((code) => ({ base: 0, cells: cellsOf(countsIn(code)) }));
    return new Map(
      [...within(table)].map(({ code, counts }) => [
        code,
        published(period, countsOfCells(counts.cells), all.get(period)!.has(code), outcomes.get(period)!.has(code)),
      ]),
    );
  };
  const inYear = (code: string) =>
    countsOfCells(
      months
        .map((month) => cellsOf(countsOf(code, month)))
        .reduce((before, cells) => before.map((count, i) => count + cells[i]!), cellsOf(noAppeals)),
    );
  return new Map([
    ...months.map((month): [string, Map<string, AppealKpi>] => [
      month,
      publish(month, (code) => countsOf(code, month)),
    ]),
    [year, publish(year, inYear)],
  ]);
}
