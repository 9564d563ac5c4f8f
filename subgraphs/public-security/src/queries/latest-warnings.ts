import type { Reader } from '@linli/kit/scope/reader';
import { sql, type ScopedSql } from '@linli/kit/scope/sql';
import DataLoader from 'dataloader';
import type { Database } from '../database.js';
import type { Warning } from '../generated/prisma/client.js';

/** How many warnings a community shows; older ones are found by the root's paged list. */
const shown = 10;

/** The latest warnings whose area takes in a community, newest first, many communities in two statements. */
export function latestWarnings(scoped: ScopedSql, db: Reader<Database>): DataLoader<string, Warning[]> {
  return new DataLoader(async (communities) => {
    const found = await scoped.rows<{ code: string; id: string }>(
      sql`SELECT c.code, latest.id FROM unnest(${communities}::text[]) AS c(code) CROSS JOIN LATERAL (
         SELECT w.id, w.issued_at FROM warning w
         WHERE w.id IN (
           SELECT a.warning_id FROM warning_area a
           WHERE a.prefix IN (left(c.code, 4), left(c.code, 6), left(c.code, 9), c.code))
         ORDER BY w.issued_at DESC, w.id DESC LIMIT ${shown}) latest
       ORDER BY c.code, latest.issued_at DESC, latest.id DESC`,
    );
    const ids = [...new Set(found.map(({ id }) => id))];
    const warnings = new Map(
      (await db.warning.findMany({ where: { id: { in: ids } } })).map((warning) => [warning.id, warning]),
    );
    const byCommunity = new Map<string, Warning[]>(communities.map((code) => [code, []]));
    for (const { code, id } of found) {
      const warning = warnings.get(id);
      if (warning) byCommunity.get(code)!.push(warning);
    }
    return communities.map((code) => byCommunity.get(code)!);
  });
}
