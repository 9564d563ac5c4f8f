import type { Unscoped } from '@linli/kit/scope/scope';
import DataLoader from 'dataloader';
import { occupiedHomes } from './occupied-homes.js';

export interface HousingSummary {
  buildings: number;
  units: number;
  /** Null where it would tell of a small number of people. */
  occupiedUnits: number | null;
  floorAreaM2: number;
  commercialAreaM2: number;
  serviceAreaM2: number;
  commercialServicePercent: number;
  estates: number;
  estatesWithin15Minutes: number;
  greenEstates: number;
  completeEstates: number;
  suppressed: boolean;
}

/** A community's numbers as the database counts them: text, since they may be larger than an integer. */
type Counted = Record<
  | 'code'
  | 'buildings'
  | 'area'
  | 'service'
  | 'units'
  | 'commercial'
  | 'assigned'
  | 'estates'
  | 'near'
  | 'green'
  | 'complete',
  string
>;

/** Floor area counts no people, and so do estates: none of it is withheld, only the homes that are lived in. */
const statement = `
  SELECT b.code, b.buildings, b.area, b.service, coalesce(u.units, 0) AS units, coalesce(u.commercial, 0) AS commercial,
    coalesce(i.area, 0) AS assigned, coalesce(p.estates, 0) AS estates, coalesce(a.near, 0) AS near,
    coalesce(a.green, 0) AS green, coalesce(a.complete, 0) AS complete
  FROM (SELECT community_code AS code, count(*) AS buildings, sum(area_m2) AS area, sum(service_area_m2) AS service
        FROM building WHERE community_code = ANY($1::text[]) GROUP BY 1) b
  LEFT JOIN (SELECT community_code AS code, count(*) AS units,
               sum(area_m2) FILTER (WHERE usage = 'COMMERCIAL') AS commercial
             FROM housing_unit WHERE community_code = ANY($1::text[]) GROUP BY 1) u USING (code)
  LEFT JOIN (SELECT community_code AS code, sum(area_m2) AS area FROM idle_premises
             WHERE community_code = ANY($1::text[]) AND state = 'ASSIGNED' GROUP BY 1) i USING (code)
  LEFT JOIN (SELECT community_code AS code, count(*) AS estates FROM property_project
             WHERE community_code = ANY($1::text[]) GROUP BY 1) p USING (code)
  LEFT JOIN (SELECT community_code AS code, count(*) FILTER (WHERE within_15_minutes) AS near,
               count(*) FILTER (WHERE green) AS green, count(*) FILTER (WHERE complete) AS complete
             FROM (SELECT DISTINCT ON (project_id) * FROM estate_assessment
                   WHERE community_code = ANY($1::text[]) ORDER BY project_id, year DESC) latest
             GROUP BY 1) a USING (code)`;

/**
 * A statistic: buildings, homes, floor areas and estates of a community in numbers, many communities a statement; null
 * where no building is registered. It counts all, whoever asks, and shows no home.
 */
export function summariseHousing(unscoped: Unscoped): DataLoader<string, HousingSummary | null> {
  return new DataLoader(async (communities) => {
    const occupied = await occupiedHomes(unscoped);
    const { rows } = await unscoped.query<Counted>(statement, [communities]);
    const byCommunity = new Map(rows.map((row) => [row.code, summaryOf(row, occupied.get(row.code))]));
    return communities.map((code) => byCommunity.get(code) ?? null);
  });
}

function summaryOf(row: Counted, occupied: number | undefined): HousingSummary {
  const floorAreaM2 = Number(row.area);
  const commercialAreaM2 = Number(row.commercial);
  const serviceAreaM2 = Number(row.service) + Number(row.assigned);
  return {
    buildings: Number(row.buildings),
    units: Number(row.units),
    occupiedUnits: occupied ?? null,
    floorAreaM2,
    commercialAreaM2,
    serviceAreaM2,
    commercialServicePercent:
      floorAreaM2 === 0 ? 0 : Math.round(((commercialAreaM2 + serviceAreaM2) / floorAreaM2) * 10_000) / 100,
    estates: Number(row.estates),
    estatesWithin15Minutes: Number(row.near),
    greenEstates: Number(row.green),
    completeEstates: Number(row.complete),
    suppressed: occupied === undefined,
  };
}
