import type { Unscoped } from '@linli/kit/scope/scope';
import DataLoader from 'dataloader';

/**
 * A statistic: how many hazards of a property project are not yet fixed, many projects a statement. It counts all, whoever
 * asks, and shows none.
 */
export function countOpenHazards(unscoped: Unscoped): DataLoader<string, number> {
  return new DataLoader(async (projects) => {
    const { rows } = await unscoped.query<{ id: string; count: string }>(
      `SELECT project_id AS id, count(*) AS count FROM safety_inspection
       WHERE project_id = ANY($1::text[]) AND fixed_on IS NULL GROUP BY 1`,
      [projects],
    );
    const byProject = new Map(rows.map((row) => [row.id, Number(row.count)]));
    return projects.map((id) => byProject.get(id) ?? 0);
  });
}
