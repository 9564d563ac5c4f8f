import type { SystemContext } from '@linli/kit/writing/system';
import type { Database } from '../database.js';

/** Lets people into an open shelter or out of it; false where they would be more than it takes in, or fewer than none. */
export async function changeOccupants(
  { query }: Pick<SystemContext<Database>, 'query'>,
  shelter: string,
  change: number,
): Promise<boolean> {
  const changed = await query(
    `UPDATE emergency_shelter SET occupants = occupants + $2
     WHERE id = $1 AND open AND occupants + $2 BETWEEN 0 AND capacity RETURNING id`,
    [shelter, change],
  );
  return changed.length > 0;
}
