import DataLoader from 'dataloader';
import type { Unscoped } from '@linli/kit/scope/scope';
import type { CircleServiceKind } from '../generated/graphql.js';

export interface CircleService {
  kind: CircleServiceKind;
  here: number;
  inStreet: number;
}

/** Of what register each kind of service is, and which of its entries. */
const kinds: Record<CircleServiceKind, [table: 'facility' | 'shop' | 'parcel_point' | 'kiosk', ...values: string[]]> = {
  SERVICE_CENTRE: ['facility', 'PARTY_SERVICE_CENTRE'],
  HEALTH: ['facility', 'COMMUNITY_HEALTH'],
  ELDER_CARE: ['facility', 'ELDER_DAY_CARE'],
  CHILDREN: ['facility', 'CHILDREN_HOME'],
  CULTURE: ['facility', 'CULTURAL_CENTRE'],
  SPORTS: ['facility', 'SPORTS_VENUE'],
  PARK: ['facility', 'COMMUNITY_PARK'],
  POLICE: ['facility', 'POLICE_POST'],
  DAILY_SHOPPING: ['shop', 'GROCERY', 'CONVENIENCE_STORE', 'UNSTAFFED_STORE'],
  MEALS: ['shop', 'BREAKFAST', 'CATERING'],
  PHARMACY: ['shop', 'PHARMACY'],
  HOUSEHOLD_SERVICES: ['shop', 'HAIRDRESSER', 'LAUNDRY', 'REPAIR', 'DOMESTIC_SERVICE', 'RECYCLING'],
  PARCELS: ['parcel_point'],
  KIOSK: ['kiosk'],
};
const kindNames = Object.keys(kinds) as CircleServiceKind[];

/** Everything that may be counted of some streets, each register once; what is closed or offline does not serve. */
const counts = `
  SELECT 'facility' AS register, kind::text AS value, community_code AS code, count(*)::int AS count FROM facility
    WHERE left(community_code, 9) = ANY($1::text[]) AND community_code = ANY($2::text[]) GROUP BY 2, 3
  UNION ALL SELECT 'shop', category::text, community_code, count(*)::int FROM shop
    WHERE open AND community_code = ANY($2::text[]) GROUP BY 2, 3
  UNION ALL SELECT 'parcel_point', '', community_code, count(*)::int FROM parcel_point
    WHERE open AND community_code = ANY($2::text[]) GROUP BY 3
  UNION ALL SELECT 'kiosk', '', community_code, count(*)::int FROM kiosk
    WHERE online AND community_code = ANY($2::text[]) GROUP BY 3`;

/** How many of each kind of service a community and its street have, many communities a statement. */
export function serviceCircles(unscoped: Unscoped): DataLoader<string, CircleService[]> {
  return new DataLoader(async (communities) => {
    const streets = [...new Set(communities.map((code) => code.slice(0, 9)))];
    const { rows: near } = await unscoped.query<{ code: string }>(
      'SELECT code FROM community WHERE street_code = ANY($1::text[])',
      [streets],
    );
    const codes = near.map(({ code }) => code);
    const { rows } = await unscoped.query<{ register: string; value: string; code: string; count: number }>(counts, [
      streets,
      codes,
    ]);
    const total = (kind: CircleServiceKind, prefix: string) => {
      const [register, ...values] = kinds[kind];
      return rows
        .filter((row) => row.register === register && row.code.startsWith(prefix))
        .filter((row) => values.length === 0 || values.includes(row.value))
        .reduce((sum, row) => sum + row.count, 0);
    };
    return communities.map((code) =>
      kindNames.map((kind) => ({ kind, here: total(kind, code), inStreet: total(kind, code.slice(0, 9)) })),
    );
  });
}
