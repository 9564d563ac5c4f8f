import { connection, pageWindow, type Connection, type PageArgs, type Window } from '@linli/kit/paging/page';
import type { Reader } from '@linli/kit/scope/reader';
import { sql, type ScopedSql, type SqlText } from '@linli/kit/scope/sql';
import DataLoader from 'dataloader';
import type { Database } from '../database.js';
import type { EmergencyShelter } from '../generated/prisma/client.js';

export type SheltersOfWarning = (
  warning: string,
  args: PageArgs & { open?: boolean | null },
) => Promise<Connection<EmergencyShelter>>;

/** Shelters within the area of a warning, as every list under a parent: pages of many warnings in two statements. */
export function sheltersOfWarnings(scoped: ScopedSql, db: Reader<Database>): SheltersOfWarning {
  const pages = new Map<string, DataLoader<string, EmergencyShelter[]>>();
  const counts = new Map<string, DataLoader<string, number>>();
  const within = (open: boolean | null | undefined): SqlText => {
    const state = open == null ? sql`` : sql` AND s.open = ${open}`;
    return sql`EXISTS (SELECT 1 FROM warning_area a WHERE a.warning_id = w.id
      AND a.prefix IN (left(s.community_code, 4), left(s.community_code, 6), left(s.community_code, 9), s.community_code))${state}`;
  };

  async function read(warnings: readonly string[], window: Window, open: boolean | null | undefined) {
    const after = window.after === undefined ? sql`` : sql` AND s.id > ${window.after}`;
    const found = await scoped.rows<{ warning: string; id: string }>(
      sql`SELECT w.id AS warning, k.id FROM unnest(${warnings}::text[]) AS w(id) CROSS JOIN LATERAL (
         SELECT s.id FROM emergency_shelter s WHERE ${within(open)}${after} ORDER BY s.id LIMIT ${window.take}) k`,
    );
    const rows = await db.emergencyShelter.findMany({ where: { id: { in: [...new Set(found.map(({ id }) => id))] } } });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return warnings.map((warning) => found.filter((each) => each.warning === warning).map(({ id }) => byId.get(id)!));
  }

  async function count(warnings: readonly string[], open: boolean | null | undefined) {
    const rows = await scoped.rows<{ warning: string; count: string }>(
      sql`SELECT w.id AS warning, count(*) AS count FROM unnest(${warnings}::text[]) AS w(id)
       JOIN emergency_shelter s ON ${within(open)} GROUP BY 1`,
    );
    const byWarning = new Map(rows.map((row) => [row.warning, Number(row.count)]));
    return warnings.map((warning) => byWarning.get(warning) ?? 0);
  }

  return async (warning, { open, ...args }) => {
    const window = pageWindow(args);
    const key = JSON.stringify([window.after, window.size, open]);
    let page = pages.get(key);
    if (!page) pages.set(key, (page = new DataLoader((warnings) => read(warnings, window, open))));
    const totalCount = () => {
      let counter = counts.get(String(open));
      if (!counter) counts.set(String(open), (counter = new DataLoader((warnings) => count(warnings, open))));
      return counter.load(warning);
    };
    return connection(await page.load(warning), window, ({ id }) => id, totalCount);
  };
}
