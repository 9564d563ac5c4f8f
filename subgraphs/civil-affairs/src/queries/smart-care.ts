import { cityTable } from '@linli/kit/aggregates/geography';
import { snapshots } from '@linli/kit/aggregates/snapshot';
import { suppress } from '@linli/kit/aggregates/suppress';
import { within } from '@linli/kit/aggregates/table';
import type { Unscoped } from '@linli/kit/scope/scope';
import { populationByPlace } from './population.js';

/** How the city's platform of elder care is used in a place; null where a small count would be told. */
export interface SmartCareSummary {
  users: number | null;
  /** Per cent of the elders. */
  share: number | null;
}

/** The published numbers of every community, street and district and of the city, by code or id; as of now. */
export async function smartCareNow(unscoped: Unscoped): Promise<ReadonlyMap<string, SmartCareSummary>> {
  const { rows } = await unscoped.query<{ code: string; users: string; elders: string }>(
    `SELECT r.community_code AS code, count(*) AS elders, count(*) FILTER (WHERE p.smart_care_user) AS users
     FROM resident r LEFT JOIN elder_profile p ON p.resident_id = r.id
     WHERE r.birth_date <= (now() AT TIME ZONE 'Asia/Shanghai')::date - interval '60 years' GROUP BY 1`,
  );
  const counted = new Map(
    rows.map(({ code, users, elders }) => [code, { users: Number(users), elders: Number(elders) }]),
  );
  const published = await populationByPlace(unscoped);
  const eldersKnown = (code: string) => published.get(code)?.elders != null;
  const table = cityTable((code) => {
    const { users, elders } = counted.get(code) ?? { users: 0, elders: 0 };
    // Who does not use it is as few as who does where nearly everybody does.
    return { base: elders, cells: [users, elders - users] };
  });
  const withheld = suppress(table, unscoped.smallestCount, { baseKnown: eldersKnown });
  return new Map(
    [...within(table)].map(({ code, counts }) => {
      const hidden = withheld.has(code);
      const [users] = counts.cells as [number, number];
      const shareKnown = !hidden && eldersKnown(code) && counts.base > 0;
      return [
        code,
        { users: hidden ? null : users, share: shareKnown ? Math.round((users / counts.base) * 1000) / 10 : null },
      ];
    }),
  );
}

/** The same, computed once a day. */
export const smartCareByPlace = snapshots(smartCareNow);
