import type { Unscoped } from '@linli/kit/scope/scope';
import DataLoader from 'dataloader';

export interface HousingSummary {
  buildings: number;
  units: number;
  occupiedUnits: number;
  floorAreaM2: number;
}

/**
 * A statistic: buildings and homes of a community in numbers, many communities a statement; null where no building is
 * registered. It counts all, whoever asks, and shows no home.
 */
export function summariseHousing(unscoped: Unscoped): DataLoader<string, HousingSummary | null> {
  return new DataLoader(async (communities) => {
    const { rows } = await unscoped.query<{
      code: string;
      buildings: string;
      area: string;
      units: string;
      occupied: string;
    }>(
      `SELECT b.code, b.buildings, b.area, coalesce(u.units, 0) AS units, coalesce(u.occupied, 0) AS occupied
       FROM (SELECT community_code AS code, count(*) AS buildings, sum(area_m2) AS area FROM building
             WHERE community_code = ANY($1::text[]) GROUP BY 1) b
       LEFT JOIN (SELECT community_code AS code, count(*) AS units, count(*) FILTER (WHERE occupied) AS occupied
                  FROM housing_unit WHERE community_code = ANY($1::text[]) GROUP BY 1) u USING (code)`,
      [communities],
    );
    const byCommunity = new Map(
      rows.map((row) => [
        row.code,
        {
          buildings: Number(row.buildings),
          units: Number(row.units),
          occupiedUnits: Number(row.occupied),
          floorAreaM2: Number(row.area),
        },
      ]),
    );
    return communities.map((code) => byCommunity.get(code) ?? null);
  });
}
