import type { SystemContext } from '@linli/kit/writing/system';
import type { Database } from '../database.js';

/** Open events whose time has run out, the longest overdue first, held until the transaction ends. */
export async function holdOverdue(
  { query, now }: Pick<SystemContext<Database>, 'query' | 'now'>,
  most: number,
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `SELECT id FROM grid_event WHERE escalate_at <= $1::timestamptz AND stage <> 'ANALYSED'
     ORDER BY escalate_at, id LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [now.toISOString(), most],
  );
  return rows.map(({ id }) => id);
}
