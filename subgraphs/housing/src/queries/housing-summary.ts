import type { Unscoped } from '@linli/kit/scope/scope';
import DataLoader from 'dataloader';
import { occupiedHomes } from './occupied-homes.js';

export interface HousingSummary {
  buildings: number;
  units: number;
  /** Null where it would tell of a small number of people. */
  occupiedUnits: number | null;
  floorAreaM2: number;
  suppressed: boolean;
}

/**
 * A statistic: buildings and homes of a community in numbers, many communities a statement; null where no building is
 * registered. It counts all, whoever asks, and shows no home.
 */
export function summariseHousing(unscoped: Unscoped): DataLoader<string, HousingSummary | null> {
  return new DataLoader(async (communities) => {
    const occupied = await occupiedHomes(unscoped);
    const { rows } = await unscoped.query<{ code: string; buildings: string; area: string; units: string }>(
      `SELECT b.code, b.buildings, b.area, coalesce(u.units, 0) AS units
       FROM (SELECT community_code AS code, count(*) AS buildings, sum(area_m2) AS area FROM building
             WHERE community_code = ANY($1::text[]) GROUP BY 1) b
       LEFT JOIN (SELECT community_code AS code, count(*) AS units
                  FROM housing_unit WHERE community_code = ANY($1::text[]) GROUP BY 1) u USING (code)`,
      [communities],
    );
    const byCommunity = new Map(
      rows.map((row) => [
        row.code,
        {
          buildings: Number(row.buildings),
          units: Number(row.units),
          occupiedUnits: occupied.get(row.code) ?? null,
          floorAreaM2: Number(row.area),
          suppressed: !occupied.has(row.code),
        },
      ]),
    );
    return communities.map((code) => byCommunity.get(code) ?? null);
  });
}
