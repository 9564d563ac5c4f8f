import type { Reader } from '@linli/kit/scope/reader';
import { sql, visible, type ScopedSql } from '@linli/kit/scope/sql';
import DataLoader from 'dataloader';
import type { Database } from '../database.js';
import type { VenueBooking } from '../generated/prisma/client.js';

/** Bookings a resident's list has at the most. */
export const mostBookings = 50;

/** A resident's latest bookings of those the caller may see, latest first, for many residents at once. */
export function latestBookings(scoped: ScopedSql, db: Reader<Database>): DataLoader<string, VenueBooking[]> {
  return new DataLoader(async (residents) => {
    const keys = await scoped.rows<{ id: string }>(
      sql`SELECT latest.id FROM unnest(${residents}::text[]) AS r(resident) CROSS JOIN LATERAL (
         SELECT id FROM ${visible('venue_booking')} b WHERE resident_id = r.resident
         ORDER BY date DESC, id DESC LIMIT ${mostBookings}) latest`,
    );
    const rows = await db.venueBooking.findMany({
      where: { id: { in: keys.map(({ id }) => id) } },
      orderBy: [{ date: 'desc' }, { id: 'desc' }],
    });
    const byResident = new Map<string, VenueBooking[]>(residents.map((id) => [id, []]));
    for (const row of rows) byResident.get(row.residentId)!.push(row);
    return residents.map((id) => byResident.get(id)!);
  });
}
