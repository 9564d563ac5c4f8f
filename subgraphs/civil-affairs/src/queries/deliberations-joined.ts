import DataLoader from 'dataloader';
import { sql, visible, type ScopedSql } from '@linli/kit/scope/sql';

/** Deliberations of a resident that are shown. */
const shown = 50;

/** Ids of the deliberations that residents joined, the latest first, many residents a statement. */
export function deliberationsJoined(scopedSql: ScopedSql): DataLoader<string, string[]> {
  return new DataLoader(async (residents) => {
    const rows = await scopedSql.rows<{ person: string; id: string }>(
      sql`SELECT p.person, j.deliberation_id AS id FROM unnest(${residents}::text[]) AS p(person)
       CROSS JOIN LATERAL (SELECT deliberation_id, joined_at FROM ${visible('deliberation_participant')} d
         WHERE d.resident_id = p.person ORDER BY joined_at DESC LIMIT ${shown}) j`,
    );
    return residents.map((resident) => rows.filter((row) => row.person === resident).map(({ id }) => id));
  });
}
