import { cityTable } from '@linli/kit/aggregates/geography';
import { snapshots } from '@linli/kit/aggregates/snapshot';
import { suppress } from '@linli/kit/aggregates/suppress';
import type { Unscoped } from '@linli/kit/scope/scope';
import { geography } from '@linli/schema/geography';
import type { GridEventKind } from '../generated/prisma/client.js';
import { quarterOf } from '../quarter.js';

export interface GridFigures {
  kind: GridEventKind;
  events: number | null;
  closed: number | null;
  open: number | null;
  supervised: number | null;
  closedInTime: number | null;
  suppressed: boolean;
}

export interface GridAnalysis {
  place: string;
  quarter: string;
  byKind: GridFigures[];
}

interface Counts {
  events: number;
  closed: number;
  supervised: number;
  /** Closed ones of which it is known when, and those of them that were in time. */
  timed: number;
  inTime: number;
}

type Quarterly = Map<GridEventKind, { counts: ReadonlyMap<string, Counts>; withheld: ReadonlySet<string> }>;

const nothing: Counts = { events: 0, closed: 0, supervised: 0, timed: 0, inTime: 0 };
const kinds: readonly GridEventKind[] = [
  'FIRE_HAZARD',
  'POWER_AND_GAS',
  'PUBLIC_ORDER',
  'DISPUTE',
  'CROWDED_PLACE',
  'PUBLIC_WORKS',
  'ENVIRONMENT',
  'WATER_AND_SLOPE',
];
/** Kinds of which each event is about somebody, so that its number counts persons. */
const personal: ReadonlySet<GridEventKind> = new Set(['PUBLIC_ORDER', 'DISPUTE']);

/** Areas by the prefix that is exactly theirs: what one of another prefix counts could be told by subtracting. */
const areas = new Map<string, string>([
  [geography.city.code, geography.city.code],
  ...geography.districts.flatMap(({ id, prefixes }): [string, string][] =>
    prefixes.length === 1 && prefixes[0]!.length === 6 ? [[prefixes[0]!, id]] : [],
  ),
  ...[...geography.streets, ...geography.communities].map(({ code }): [string, string] => [code, code]),
]);

function withheldOf(counts: ReadonlyMap<string, Counts>, smallest: number): ReadonlySet<string> {
  const table = cityTable((code) => {
    const { events, closed, supervised } = counts.get(code) ?? nothing;
    return { base: events, cells: [events, closed, events - closed, supervised] };
  });
  const withheld = new Set(suppress(table, smallest, { baseKnown: () => false }));
  if (table.counts.cells.some((cell) => cell > 0 && cell < smallest)) withheld.add(table.code);
  return withheld;
}

function count(quarter: string): (unscoped: Unscoped) => Promise<Quarterly> {
  return async (unscoped) => {
    const { from, until } = quarterOf(quarter);
    const { rows } = await unscoped.query<Record<keyof Counts, string> & { kind: GridEventKind; code: string }>(
      `SELECT kind, community_code AS code, count(*) AS events,
         count(*) FILTER (WHERE stage = 'ANALYSED') AS closed,
         count(*) FILTER (WHERE supervision > 0 OR stage = 'SUPERVISED') AS supervised,
         count(closed_at) AS timed, count(*) FILTER (WHERE closed_at <= due_at) AS "inTime"
       FROM grid_event WHERE reported_at >= $1 AND reported_at < $2 GROUP BY 1, 2`,
      [from, until],
    );
    return new Map(
      kinds.map((kind) => {
        const counts = new Map(
          rows.filter((row) => row.kind === kind).map(({ code, ...row }) => [code, numbers(row)] as const),
        );
        return [
          kind,
          { counts, withheld: personal.has(kind) ? withheldOf(counts, unscoped.smallestCount) : new Set<string>() },
        ] as const;
      }),
    );
  };
}

function numbers(row: Record<keyof Counts, string>): Counts {
  return {
    events: Number(row.events),
    closed: Number(row.closed),
    supervised: Number(row.supervised),
    timed: Number(row.timed),
    inTime: Number(row.inTime),
  };
}

/** One a quarter; `quarterOf` bounds how many there can be. */
const byQuarter = new Map<string, ReturnType<typeof snapshots<Unscoped, Quarterly>>>();

/**
 * A statistic: events of a quarter in numbers, over all of a place whoever asks. Numbers that count persons are withheld
 * where they are small or could tell a small one.
 */
export async function analyseGridEvents(unscoped: Unscoped, place: string, quarter: string): Promise<GridAnalysis> {
  quarterOf(quarter);
  let figures = byQuarter.get(quarter);
  if (!figures) byQuarter.set(quarter, (figures = snapshots(count(quarter))));
  const area = areas.get(place);
  const within = area === geography.city.code ? '' : place;
  const byKind = [...(await figures(unscoped))].map(([kind, { counts, withheld }]): GridFigures => {
    if (personal.has(kind) && (area === undefined || withheld.has(area))) {
      return { kind, events: null, closed: null, open: null, supervised: null, closedInTime: null, suppressed: true };
    }
    const sum = { ...nothing };
    for (const [code, each] of counts) {
      if (code.startsWith(within)) for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] += each[name];
    }
    const { events, closed, supervised, timed, inTime } = sum;
    const closedInTime = personal.has(kind) || timed === 0 ? null : inTime / timed;
    return { kind, events, closed, open: events - closed, supervised, closedInTime, suppressed: false };
  });
  return { place, quarter, byKind };
}
