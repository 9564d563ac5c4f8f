import type { Unscoped } from '@linli/kit/scope/scope';

/** What the registers hold of one community, as far as indicators count it; no numbers of residents. */
export interface CommunityFigures {
  code: string;
  /** A residents' committee: indicators of urban communities count these. */
  urban: boolean;
  centres: number;
  /** Those of them with a volunteer station. */
  centresWithStation: number;
  centreArea: number;
  activityArea: number;
  sportsArea: number;
  elderStations: number;
  /** Whether the street that it lies in has a centre for elders (街道长者服务中心). */
  streetCentre: boolean;
  onlineKiosks: number;
  workers: number;
  childrenDirectors: number;
  subCommittees: number;
  shopArea: number;
}

const byCommunity = `
  SELECT c.code, c.kind = 'RESIDENTS_COMMITTEE' AS urban,
    coalesce(f.centres, 0)::int AS "centres", coalesce(f.centre_area, 0)::float AS "centreArea",
    coalesce(f.activity_area, 0)::float AS "activityArea", coalesce(f.sports_area, 0)::float AS "sportsArea",
    (coalesce(f.elder_stations, 0) + coalesce(e.stations, 0))::int AS "elderStations",
    coalesce(v.count, 0)::int AS "centresWithStation",
    EXISTS (SELECT FROM elder_site WHERE centre_of = c.street_code) AS "streetCentre", coalesce(k.count, 0)::int AS "onlineKiosks",
    coalesce(w.workers, 0)::int AS "workers", coalesce(w.directors, 0)::int AS "childrenDirectors",
    coalesce(s.count, 0)::int AS "subCommittees", coalesce(sh.area, 0)::float AS "shopArea"
  FROM community c
  LEFT JOIN (SELECT community_code AS code,
      count(*) FILTER (WHERE kind = 'PARTY_SERVICE_CENTRE') AS centres,
      sum(area_m2) FILTER (WHERE kind = 'PARTY_SERVICE_CENTRE') AS centre_area,
      sum(activity_area_m2) FILTER (WHERE kind = 'PARTY_SERVICE_CENTRE') AS activity_area,
      sum(area_m2) FILTER (WHERE kind = 'SPORTS_VENUE') AS sports_area,
      count(*) FILTER (WHERE kind = 'ELDER_DAY_CARE') AS elder_stations
    FROM facility GROUP BY 1) f USING (code)
  LEFT JOIN (SELECT community_code AS code, count(*) AS stations FROM elder_site
    WHERE kind = 'COMMUNITY_STATION' GROUP BY 1) e USING (code)
  LEFT JOIN (SELECT s.community_code AS code, count(*) FROM volunteer_station s
    JOIN facility f ON f.id = s.facility_id AND f.kind = 'PARTY_SERVICE_CENTRE' GROUP BY 1) v USING (code)
  LEFT JOIN (SELECT community_code AS code, count(*) FROM kiosk WHERE online GROUP BY 1) k USING (code)
  LEFT JOIN (SELECT community_code AS code, count(*) AS workers,
      count(*) FILTER (WHERE post = 'CHILDREN_DIRECTOR') AS directors
    FROM community_worker WHERE in_post GROUP BY 1) w USING (code)
  LEFT JOIN (SELECT community_code AS code, count(*) FROM sub_committee WHERE established GROUP BY 1) s USING (code)
  LEFT JOIN (SELECT community_code AS code, sum(area_m2) AS area FROM shop WHERE open GROUP BY 1) sh USING (code)
  ORDER BY c.code`;

/** The figures of every community, as of now. */
export async function indicatorFigures(unscoped: Unscoped): Promise<CommunityFigures[]> {
  const { rows } = await unscoped.query<CommunityFigures & Record<string, unknown>>(byCommunity, []);
  return rows;
}
