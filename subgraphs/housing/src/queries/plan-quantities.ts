import type { Unscoped } from '@linli/kit/scope/scope';

/** The values of today of those quantities of the plan that this department's registers tell, by id. */
export type PlanQuantities = Readonly<Record<string, number | null>>;

/** One column for each quantity, named by its id in the plan: shares of all estates by their latest assessment. */
const statement = `
  WITH latest AS (SELECT DISTINCT ON (project_id) * FROM estate_assessment ORDER BY project_id, year DESC)
  SELECT count(*) FILTER (WHERE l.within_15_minutes)::float * 100 / nullif(count(*), 0) AS q23,
    count(*) FILTER (WHERE l.green)::float * 100 / nullif(count(*), 0) AS q24,
    count(*) FILTER (WHERE l.park_in_reach)::float * 100 / nullif(count(*), 0) AS q25
  FROM property_project p LEFT JOIN latest l ON l.project_id = p.id`;

/** Computes them, as of now. */
export async function planQuantities(unscoped: Unscoped): Promise<PlanQuantities> {
  const { rows } = await unscoped.query<Record<string, number | null>>(statement, []);
  return rows[0]!;
}
