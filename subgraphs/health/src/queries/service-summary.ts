import { placeRange } from '@linli/kit/paging/place';
import { sql, visible, type ScopedSql } from '@linli/kit/scope/sql';
import { plan } from '@linli/schema/plan';
import DataLoader from 'dataloader';
import type { HealthServiceSummary } from '../generated/graphql.js';

const leastArea = (id: string) => plan.quantities.find((each) => each.id === id)!.value;
/** The plan's least floor areas, in m²: of a community hospital, and of a centre. */
const hospitalArea = leastArea('q10');
const centreArea = leastArea('q12');

type Facts = Record<keyof Omit<HealthServiceSummary, '__typename'>, number>;

/** Clinics, posts and nursery places of any places, many a statement. Nobody is counted who is a resident or a patient. */
export function serviceSummaries(scoped: ScopedSql): DataLoader<string, Facts> {
  return new DataLoader(async (places) => {
    const ranges = places.map((place) => placeRange(place));
    const rows = await scoped.rows<Record<string, string>>(
      sql`SELECT f.*, n.*
       FROM unnest(${places}::text[], ${ranges.map(({ gte }) => gte)}::text[], ${ranges.map(({ lt }) => lt)}::text[])
         WITH ORDINALITY AS p(place, first, past, position)
       CROSS JOIN LATERAL (SELECT count(*) AS "facilities",
         count(*) FILTER (WHERE type = 'HOSPITAL') AS "hospitals",
         count(*) FILTER (WHERE type = 'HOSPITAL' AND area_m2 >= ${hospitalArea}) AS "hospitalsOfFullSize",
         count(*) FILTER (WHERE type = 'CENTRE') AS "centres",
         count(*) FILTER (WHERE type = 'CENTRE' AND area_m2 >= ${centreArea}) AS "centresOfFullSize",
         count(*) FILTER (WHERE type = 'STATION') AS "stations",
         coalesce(sum(health_technicians), 0) AS "healthTechnicians",
         coalesce(sum(general_practitioners), 0) AS "generalPractitioners",
         coalesce(sum(public_health_physicians), 0) AS "publicHealthPhysicians",
         coalesce(sum(epidemiologists), 0) AS "epidemiologists",
         count(*) FILTER (WHERE type = 'CENTRE' AND (public_health_physicians = 0 OR epidemiologists = 0))
           AS "centresWithoutPublicHealthStaff",
         count(*) FILTER (WHERE counselling_room) AS "counsellingRooms",
         count(DISTINCT left(community_code, 9)) FILTER (WHERE type = 'CENTRE' AND counselling_room)
           AS "streetsWithCounsellingRoom"
         FROM ${visible('health_facility')} h WHERE community_code >= p.first AND community_code < p.past) f
       CROSS JOIN LATERAL (SELECT coalesce(sum(each.nurseries), 0) AS "nurseries",
         coalesce(sum(each.places), 0) AS "nurseryPlaces", coalesce(sum(each.available), 0) AS "availableNurseryPlaces",
         coalesce(sum(each.inclusive), 0) AS "inclusiveNurseryPlaces", count(*) AS "communitiesWithNursery",
         count(*) FILTER (WHERE each.every_mode) AS "communitiesWithEveryMode"
         FROM (SELECT count(*) AS nurseries, sum(places) AS places, sum(available_places) AS available,
             sum(places) FILTER (WHERE inclusive) AS inclusive,
             bool_or(full_day) AND bool_or(half_day) AND bool_or(hourly) AND bool_or(temporary) AS every_mode
           FROM ${visible('nursery')} u WHERE community_code >= p.first AND community_code < p.past
           GROUP BY community_code) each) n
       ORDER BY p.position`,
    );
    return rows.map(
      (row) => Object.fromEntries(Object.entries(row).map(([name, count]) => [name, Number(count)])) as Facts,
    );
  });
}
