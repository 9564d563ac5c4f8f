import type { SystemContext } from '@linli/kit/writing/system';
import type { Database } from '../database.js';

/** How many terminals of the emergency broadcast are on line under some prefixes. */
export async function terminalsOnline(
  { query }: Pick<SystemContext<Database>, 'query'>,
  prefixes: readonly string[],
): Promise<number> {
  const [row] = await query<{ count: bigint }>(
    `SELECT count(*) AS count FROM broadcast_terminal t WHERE t.online AND EXISTS (
       SELECT 1 FROM unnest($1::text[]) AS p(prefix) WHERE starts_with(t.community_code, p.prefix))`,
    [prefixes],
  );
  return Number(row!.count);
}
