import type { Reader } from '@linli/kit/scope/reader';
import { sql, type ScopedSql } from '@linli/kit/scope/sql';
import DataLoader from 'dataloader';
import type { Database } from '../database.js';
import type { FraudAlert } from '../generated/prisma/client.js';

/** How many alerts a community shows; older ones are found by the root's paged list. */
const shown = 10;

/** The latest alerts for a place that takes in a community, newest first, many communities in two statements. */
export function latestFraudAlerts(scoped: ScopedSql, db: Reader<Database>): DataLoader<string, FraudAlert[]> {
  return new DataLoader(async (communities) => {
    const found = await scoped.rows<{ code: string; id: string }>(
      sql`SELECT c.code, latest.id FROM unnest(${communities}::text[]) AS c(code) CROSS JOIN LATERAL (
         SELECT a.id, a.published_at FROM fraud_alert a
         WHERE a.place IN (left(c.code, 4), left(c.code, 6), left(c.code, 9), c.code) AND a.withdrawn_at IS NULL
         ORDER BY a.published_at DESC, a.id DESC LIMIT ${shown}) latest
       ORDER BY c.code, latest.published_at DESC, latest.id DESC`,
    );
    const rows = await db.fraudAlert.findMany({ where: { id: { in: [...new Set(found.map(({ id }) => id))] } } });
    const byId = new Map(rows.map((row) => [row.id, row]));
    const byCommunity = new Map<string, FraudAlert[]>(communities.map((code) => [code, []]));
    for (const { code, id } of found) {
      const row = byId.get(id);
      if (row) byCommunity.get(code)!.push(row);
    }
    return communities.map((code) => byCommunity.get(code)!);
  });
}
