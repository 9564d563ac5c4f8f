import type { Unscoped } from '@linli/kit/scope/scope';
import { geography } from '@linli/schema/geography';

/** The values of today of those quantities of the plan that this department's registers tell, by id. */
export type PlanQuantities = Readonly<Record<string, number | null>>;

const communities = geography.communities.map(({ code }) => code);
const streets = geography.streets.map(({ code }) => code);

/**
 * One column for each quantity, named by its id in the plan. Where the plan asks something of every street or community,
 * it is what the one with the least has. A week is this one in Shenzhen, from Monday on.
 */
const statement = `
  SELECT
    (SELECT min(count)::float FROM (SELECT count(k.id) FROM unnest($2::text[]) s(code)
       LEFT JOIN kindergarten k ON left(k.community_code, 9) = s.code AND k.has_nursery_class
       GROUP BY s.code) each) AS q07,
    (SELECT count(*)::float FROM kindergarten WHERE has_nursery_class) AS q09,
    (SELECT min(count)::float FROM (SELECT count(o.id) FROM unnest($1::text[]) c(code)
       LEFT JOIN community_school o ON o.community_code = c.code GROUP BY c.code) each) AS q19,
    (SELECT count(*)::float FROM activity a, date_trunc('week', now() AT TIME ZONE 'Asia/Shanghai') monday
       WHERE a.kind = 'SPORTS' AND a.state <> 'CANCELLED' AND a.starts_at >= monday AT TIME ZONE 'Asia/Shanghai'
         AND a.starts_at < (monday + interval '7 days') AT TIME ZONE 'Asia/Shanghai') AS q27`;

/** Computes them, as of now. */
export async function planQuantities(unscoped: Unscoped): Promise<PlanQuantities> {
  const { rows } = await unscoped.query<Record<string, number | null>>(statement, [communities, streets]);
  return rows[0]!;
}
