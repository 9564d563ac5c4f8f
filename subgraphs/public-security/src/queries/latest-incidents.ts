import type { Reader } from '@linli/kit/scope/reader';
import { sql, visible, type ScopedSql } from '@linli/kit/scope/sql';
import DataLoader from 'dataloader';
import type { Database } from '../database.js';
import type { Incident } from '../generated/prisma/client.js';

/** Incidents a resident's list has at the most. */
export const mostIncidents = 50;

/** The latest incidents that residents were a party to, newest first, many residents in two statements. */
export function latestIncidents(scoped: ScopedSql, db: Reader<Database>): DataLoader<string, Incident[]> {
  return new DataLoader(async (residents) => {
    const found = await scoped.rows<{ resident: string; id: string }>(
      sql`SELECT r.resident, latest.id FROM unnest(${residents}::text[]) AS r(resident) CROSS JOIN LATERAL (
         SELECT i.id, i.reported_at FROM ${visible('incident')} i WHERE i.party_ids @> ARRAY[r.resident]
         ORDER BY i.reported_at DESC, i.id DESC LIMIT ${mostIncidents}) latest
       ORDER BY r.resident, latest.reported_at DESC, latest.id DESC`,
    );
    const rows = await db.incident.findMany({ where: { id: { in: [...new Set(found.map(({ id }) => id))] } } });
    const byId = new Map(rows.map((row) => [row.id, row]));
    const byResident = new Map<string, Incident[]>(residents.map((id) => [id, []]));
    for (const { resident, id } of found) {
      const row = byId.get(id);
      if (row) byResident.get(resident)!.push(row);
    }
    return residents.map((id) => byResident.get(id)!);
  });
}
