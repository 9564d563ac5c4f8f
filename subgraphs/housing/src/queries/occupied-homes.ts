import { cityTable } from '@linli/kit/aggregates/geography';
import { withheldResidents, type ResidentCounts } from '@linli/kit/aggregates/residents';
import { snapshots } from '@linli/kit/aggregates/snapshot';
import type { Unscoped } from '@linli/kit/scope/scope';
import { geography } from '@linli/schema/geography';

const nobody: ResidentCounts = { total: 0, households: 0 };

/**
 * A statistic: how many homes of each community are lived in. They are as many as its households, so it is withheld for
 * the same communities as that number is by civil affairs; communities that withhold it are left out.
 */
export const occupiedHomes = snapshots(async (unscoped: Unscoped): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await unscoped.query<{ code: string; people: string; homes: string }>(
    `SELECT community_code AS code, sum(cardinality(occupants)) AS people, count(*) AS homes
     FROM housing_unit WHERE occupied GROUP BY 1`,
  );
  const counted = new Map(
    rows.map(({ code, people, homes }) => [code, { total: Number(people), households: Number(homes) }]),
  );
  const countsOf = (code: string) => counted.get(code) ?? nobody;
  const withheld = withheldResidents(countsOf, unscoped.smallestCount, cityTable).households;
  const published = geography.communities.filter(({ code }) => !withheld.has(code));
  return new Map(published.map(({ code }) => [code, countsOf(code).households]));
});
