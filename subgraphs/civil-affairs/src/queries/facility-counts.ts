import DataLoader from 'dataloader';
import type { Unscoped } from '@linli/kit/scope/scope';
import type { FacilityKind } from '../generated/graphql.js';

export interface FacilityCount {
  kind: FacilityKind;
  count: number;
}

/** Facilities of a community by kind, many communities a statement; kinds without one are left out. */
export function countFacilities(unscoped: Unscoped): DataLoader<string, FacilityCount[]> {
  return new DataLoader(async (communities) => {
    const { rows } = await unscoped.query<{ code: string; kind: FacilityKind; count: string }>(
      `SELECT community_code AS code, kind, count(*) AS count FROM facility
       WHERE community_code = ANY($1::text[]) GROUP BY 1, 2 ORDER BY 1, 2`,
      [communities],
    );
    const byCommunity = new Map<string, FacilityCount[]>(communities.map((code) => [code, []]));
    for (const { code, kind, count } of rows) byCommunity.get(code)!.push({ kind, count: Number(count) });
    return communities.map((code) => byCommunity.get(code)!);
  });
}
