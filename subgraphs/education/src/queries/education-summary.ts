import { placeRange } from '@linli/kit/paging/place';
import { sql, visible, type ScopedSql } from '@linli/kit/scope/sql';
import DataLoader from 'dataloader';
import type { EducationSummary } from '../generated/graphql.js';
import { nightFrom } from '../opening.js';

/** Kinds of venues that are not for sports (see indicator 9). */
const otherKinds = ['MULTIPURPOSE_HALL', 'TRAINING_ROOM'];

/** What education has in a place, by code prefix: nursery places, sports grounds and the times they open. */
export function educationSummaries(scoped: ScopedSql): DataLoader<string, EducationSummary> {
  return new DataLoader(async (places) => {
    const ranges = places.map((place) => placeRange(place));
    return scoped.rows<EducationSummary & { place: string }>(
      sql`SELECT p.place, n.*, v.*, s.* FROM unnest(
           ${places}::text[], ${ranges.map(({ gte }) => gte)}::text[], ${ranges.map(({ lt }) => lt)}::text[]
         ) WITH ORDINALITY AS p(place, first, beyond, position)
         CROSS JOIN LATERAL (
           SELECT count(*)::int AS "kindergartensWithNurseryClass", coalesce(sum(c.places), 0)::int AS "nurseryPlaces",
             coalesce(sum(c.available_places), 0)::int AS "availableNurseryPlaces"
           FROM kindergarten k JOIN nursery_class c ON c.kindergarten_id = k.id
           WHERE k.community_code >= p.first AND k.community_code < p.beyond) n
         CROSS JOIN LATERAL (
           SELECT count(*)::int AS "sportsVenues", coalesce(sum(area_m2), 0)::int AS "sportsAreaM2"
           FROM ${visible('shared_venue')} g
           WHERE community_code >= p.first AND community_code < p.beyond
             AND NOT kind::text = ANY(${otherKinds}::text[])) v
         CROSS JOIN LATERAL (
           SELECT count(t.id)::int AS "weeklySlots",
             count(t.id) FILTER (WHERE t.starts_at >= ${nightFrom})::int AS "nightSlots"
           FROM ${visible('shared_venue')} g JOIN venue_slot t ON t.venue_id = g.id AND NOT t.closed
           WHERE g.community_code >= p.first AND g.community_code < p.beyond) s
         ORDER BY p.position`,
    );
  });
}
