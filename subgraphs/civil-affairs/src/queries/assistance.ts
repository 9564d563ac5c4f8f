import { cityTable } from '@linli/kit/aggregates/geography';
import { snapshots } from '@linli/kit/aggregates/snapshot';
import { suppress } from '@linli/kit/aggregates/suppress';
import { within } from '@linli/kit/aggregates/table';
import type { Unscoped } from '@linli/kit/scope/scope';
import type { WelfareKind } from '../generated/graphql.js';

/** Numbers of a place as they are published: null where a small count would be told by them. */
export interface AssistanceSummary {
  persons: number | null;
  byKind: { kind: WelfareKind; count: number | null }[];
  suppressed: boolean;
}

const kinds: WelfareKind[] = [
  'MINIMUM_LIVING',
  'EXTREME_POVERTY',
  'TEMPORARY',
  'DISABILITY',
  'CHILD_IN_DIFFICULTY',
  'LEFT_BEHIND_CHILD',
  'HOMELESS',
  'VETERAN_IN_DIFFICULTY',
];

/** People covered by approved cases, by community: everybody once, and by kind. */
async function countCommunities(unscoped: Unscoped): Promise<Map<string, number[]>> {
  const { rows } = await unscoped.query<{ code: string; kind: WelfareKind | null; persons: string }>(
    `SELECT community_code AS code, kind, count(DISTINCT member) AS persons
     FROM welfare_case, unnest(member_ids) AS member WHERE state = 'APPROVED'
     GROUP BY GROUPING SETS ((community_code), (community_code, kind))`,
  );
  const counts = new Map<string, number[]>();
  for (const { code, kind, persons } of rows) {
    const row = counts.get(code) ?? [0, ...kinds.map(() => 0)];
    row[kind === null ? 0 : kinds.indexOf(kind) + 1] = Number(persons);
    counts.set(code, row);
  }
  return counts;
}

/** The published numbers of every community, street and district, by code or id. */
async function summarise(unscoped: Unscoped): Promise<ReadonlyMap<string, AssistanceSummary>> {
  const counted = await countCommunities(unscoped);
  const none = [0, ...kinds.map(() => 0)];
  const cellsOf = (code: string) => counted.get(code) ?? none;
  const all = cityTable((code) => ({ base: cellsOf(code)[0]!, cells: cellsOf(code).slice(0, 1) }));
  const kindTable = cityTable((code) => ({ base: cellsOf(code)[0]!, cells: cellsOf(code).slice(1) }));
  const persons = suppress(all, unscoped.smallestCount, { baseKnown: () => false });
  const byKind = suppress(kindTable, unscoped.smallestCount, {
    also: persons,
    baseKnown: (code) => !persons.has(code),
  });
  return new Map(
    [...within(kindTable)].map(({ code, counts }) => [
      code,
      {
        persons: persons.has(code) ? null : counts.base,
        byKind: kinds.map((kind, i) => ({ kind, count: byKind.has(code) ? null : counts.cells[i]! })),
        suppressed: byKind.has(code),
      },
    ]),
  );
}

/** How many people are assisted in the city's places, by code of a community or street or id of a district; as of today. */
export const assistanceByPlace = snapshots(summarise);
