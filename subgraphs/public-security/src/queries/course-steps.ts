import type { SystemContext } from '@linli/kit/writing/system';
import type { Database } from '../database.js';

/** The number of the next step of an event or incident; whoever asks has changed, and so locked, its row. */
export async function nextStep(
  { query }: Pick<SystemContext<Database>, 'query'>,
  course: 'grid_event' | 'incident',
  id: string,
): Promise<number> {
  const [row] = await query<{ number: number }>(
    `SELECT coalesce(max(number), 0) + 1 AS number FROM ${course}_step WHERE ${course === 'grid_event' ? 'event_id' : 'incident_id'} = $1`,
    [id],
  );
  return Number(row!.number);
}
