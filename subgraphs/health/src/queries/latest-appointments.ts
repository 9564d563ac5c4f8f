import type { Reader } from '@linli/kit/scope/reader';
import { sql, visible, type ScopedSql } from '@linli/kit/scope/sql';
import DataLoader from 'dataloader';
import type { Database } from '../database.js';
import type { HealthAppointment } from '../generated/prisma/client.js';

/** Appointments a resident's list has at the most. */
export const mostAppointments = 50;

/**
 * A resident's latest appointments of those the caller may see, latest first, many residents a statement for the keys and
 * one for the rows.
 */
export function latestAppointments(scoped: ScopedSql, db: Reader<Database>): DataLoader<string, HealthAppointment[]> {
  return new DataLoader(async (residents) => {
    const keys = await scoped.rows<{ id: string }>(
      sql`SELECT latest.id FROM unnest(${residents}::text[]) AS r(resident) CROSS JOIN LATERAL (
         SELECT id FROM ${visible('health_appointment')} a WHERE resident_id = r.resident
         ORDER BY at DESC, id DESC LIMIT ${mostAppointments}) latest`,
    );
    const rows = await db.healthAppointment.findMany({
      where: { id: { in: keys.map(({ id }) => id) } },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
    });
    const byResident = new Map<string, HealthAppointment[]>(residents.map((id) => [id, []]));
    for (const row of rows) byResident.get(row.residentId)!.push(row);
    return residents.map((id) => byResident.get(id)!);
  });
}
