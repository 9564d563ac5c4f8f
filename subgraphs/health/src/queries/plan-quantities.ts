import type { Unscoped } from '@linli/kit/scope/scope';
import { geography } from '@linli/schema/geography';

/** The values of today of those quantities of the plan that this department's registers tell, by id. */
export type PlanQuantities = Readonly<Record<string, number | null>>;

const communities = geography.communities.map(({ code }) => code);
const streets = geography.streets.map(({ code }) => code);

/**
 * One column for each quantity, named by its id in the plan. Where the plan asks something of every street, community or
 * centre, it is what the one with the least has.
 */
const statement = `
  WITH h AS (SELECT * FROM health_facility)
  SELECT
    (SELECT count(*) FROM (SELECT community_code FROM nursery GROUP BY 1 HAVING bool_or(full_day) AND bool_or(half_day)
       AND bool_or(hourly) AND bool_or(temporary)) each)::float * 100 / cardinality($1::text[]) AS q08,
    (SELECT min(area_m2)::float FROM h WHERE type = 'HOSPITAL') AS q10,
    (SELECT count(*)::float FROM h WHERE type = 'HOSPITAL') AS q11,
    (SELECT min(area_m2)::float FROM h WHERE type = 'CENTRE') AS q12,
    (SELECT min(count)::float FROM (SELECT count(h.id) FROM unnest($1::text[]) c(code)
       LEFT JOIN h ON h.community_code = c.code GROUP BY c.code) each) AS q13,
    (SELECT min(public_health_physicians)::float FROM h WHERE type = 'CENTRE') AS q16,
    (SELECT min(epidemiologists)::float FROM h WHERE type = 'CENTRE') AS q17,
    (SELECT min(count)::float FROM (SELECT count(h.id) FROM unnest($2::text[]) s(code)
       LEFT JOIN h ON left(h.community_code, 9) = s.code AND h.type = 'CENTRE' AND h.counselling_room
       GROUP BY s.code) each) AS q18`;

/** Computes them, as of now. It counts clinics and posts, and nobody. */
export async function planQuantities(unscoped: Unscoped): Promise<PlanQuantities> {
  const { rows } = await unscoped.query<Record<string, number | null>>(statement, [communities, streets]);
  return rows[0]!;
}
