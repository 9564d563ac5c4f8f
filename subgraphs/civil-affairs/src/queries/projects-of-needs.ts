import DataLoader from 'dataloader';
import { sql, visible, type ScopedSql } from '@linli/kit/scope/sql';

/** Ids of the projects that name a need, many needs a statement. */
export function projectsOfNeeds(scopedSql: ScopedSql): DataLoader<string, string[]> {
  return new DataLoader(async (needs) => {
    const rows = await scopedSql.rows<{ id: string; needs: string[] }>(
      sql`SELECT id, need_ids AS needs FROM ${visible('micro_project')} WHERE need_ids && ${needs}::text[] ORDER BY id`,
    );
    return needs.map((need) => rows.filter((row) => row.needs.includes(need)).map(({ id }) => id));
  });
}
