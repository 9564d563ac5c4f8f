import DataLoader from 'dataloader';
import type { Pool } from 'pg';

/** Hazards of a property project that are not yet fixed, many projects a statement. */
export function countOpenHazards(pool: Pool): DataLoader<string, number> {
  return new DataLoader(async (projects) => {
    const { rows } = await pool.query<{ id: string; count: string }>(
      `SELECT project_id AS id, count(*) AS count FROM safety_inspection
       WHERE project_id = ANY($1::text[]) AND fixed_on IS NULL GROUP BY 1`,
      [projects],
    );
    const byProject = new Map(rows.map((row) => [row.id, Number(row.count)]));
    return projects.map((id) => byProject.get(id) ?? 0);
  });
}
