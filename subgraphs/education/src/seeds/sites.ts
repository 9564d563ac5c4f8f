import { facilitiesOf, type FacilityKind } from '@linli/kit/population/facilities';
import { geography, type CommunityRecord } from '@linli/schema/geography';
import { streetOf } from '../street.js';

/** A community with its position, from 0, among its street's communities in code order. */
export interface Site {
  community: CommunityRecord;
  position: number;
}

/**
 * Every community with its position in its street. The plan gives no number of schools or kindergartens; the rules here
 * go by this position, so that every street, however small, has what its first community has.
 */
export function* sites(): Generator<Site> {
  const counted = new Map<string, number>();
  for (const community of geography.communities) {
    const street = streetOf(community.code);
    const position = counted.get(street) ?? 0;
    counted.set(street, position + 1);
    yield { community, position };
  }
}

/** The first facility of a kind in each community that has one: community code → facility id. */
export function firstFacilities(kind: FacilityKind): Map<string, string> {
  const first = new Map<string, string>();
  for (const { id, community, number } of facilitiesOf(kind)) if (number === 1) first.set(community.code, id);
  return first;
}
