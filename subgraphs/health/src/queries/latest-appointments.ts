import DataLoader from 'dataloader';
import type { Pool } from 'pg';
import type { Database } from '../database.js';
import type { HealthAppointment } from '../generated/prisma/client.js';

/** Appointments a resident's list has at the most. */
export const mostAppointments = 50;

/** A resident's latest appointments, latest first, many residents a statement for the keys and one for the rows. */
export function latestAppointments(pool: Pool, db: Database): DataLoader<string, HealthAppointment[]> {
  return new DataLoader(async (residents) => {
    const { rows: keys } = await pool.query<{ id: string }>(
      `SELECT latest.id FROM unnest($1::text[]) AS r(resident) CROSS JOIN LATERAL (
         SELECT id FROM health_appointment WHERE resident_id = r.resident ORDER BY at DESC, id DESC LIMIT $2) latest`,
      [residents, mostAppointments],
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
