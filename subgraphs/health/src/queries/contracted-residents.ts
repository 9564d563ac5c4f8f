import { cityTable } from '@linli/kit/aggregates/geography';
import { snapshots } from '@linli/kit/aggregates/snapshot';
import { suppress } from '@linli/kit/aggregates/suppress';
import { within } from '@linli/kit/aggregates/table';
import type { Unscoped } from '@linli/kit/scope/scope';

/**
 * A statistic: how many residents of each community have a family-doctor contract that has not run out today in Shenzhen.
 * It counts all, whoever asks, and shows nobody: small counts are left out, and so are those by which they could be
 * computed from the numbers of a street, a district or the city, should anybody publish them.
 */
export const contractedResidents = snapshots(async (unscoped: Unscoped): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await unscoped.query<{ code: string; count: string }>(
    `SELECT community_code AS code, count(*) AS count FROM family_doctor_contract
     WHERE state = 'ACTIVE' AND expires_on >= (now() AT TIME ZONE 'Asia/Shanghai')::date GROUP BY 1`,
  );
  const counts = new Map(rows.map(({ code, count }) => [code, Number(count)]));
  const table = cityTable((code) => ({ base: counts.get(code) ?? 0, cells: [counts.get(code) ?? 0] }));
  const withheld = suppress(table, unscoped.smallestCount, { baseKnown: () => false });
  const communities = [...within(table)].filter(({ parts }) => parts.length === 0);
  return new Map(
    communities.filter(({ code }) => !withheld.has(code)).map(({ code, counts: { base } }) => [code, base]),
  );
});
