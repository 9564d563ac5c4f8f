import DataLoader from 'dataloader';
import type { Pool } from 'pg';
import { connection, pageWindow, type Connection, type PageArgs, type Window } from './page.js';

/** Equality conditions on columns; a null or undefined value means no condition. */
export type ColumnFilter = Readonly<Record<string, string | boolean | number | null | undefined>>;

export interface ChildTable<Row> {
  table: string;
  /** The column that names the parent; together with `keyColumn` it needs an index. */
  parentColumn: string;
  /** The primary key, text; pages are in its order. */
  keyColumn: string;
  key: (row: Row) => string;
  /** Reads whole rows by primary key, in any order. */
  rows: (keys: string[]) => Promise<Row[]>;
}

/** Pages of children for many parents at once. */
export type ChildPages<Row> = (parent: string, args: PageArgs, filter?: ColumnFilter) => Promise<Connection<Row>>;

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `filter` as SQL conditions on alias `c`, with parameters from `$offset` on. */
function conditions(filter: ColumnFilter, offset: number): { sql: string; values: unknown[] } {
  const entries = Object.entries(filter).filter(([, value]) => value != null);
  return {
    sql: entries.map(([column], i) => ` AND c.${quote(column)}::text = $${offset + i}`).join(''),
    values: entries.map(([, value]) => String(value)),
  };
}

/**
 * Lists under a parent without N+1: all parents of one tick that ask for the same page and filter are answered by
 * one LATERAL query for the keys (so that an index serves every parent) and one for the rows; counts by one more.
 * Make it once a request, like every loader.
 */
export function childPages<Row>(pool: Pool, child: ChildTable<Row>): ChildPages<Row> {
  const table = quote(child.table);
  const parent = `c.${quote(child.parentColumn)}`;
  const key = `c.${quote(child.keyColumn)}`;
  const pages = new Map<string, DataLoader<string, Row[]>>();
  const counts = new Map<string, DataLoader<string, number>>();

  async function readPages(parents: readonly string[], window: Window, filter: ColumnFilter): Promise<Row[][]> {
    const where = conditions(filter, 4);
    const { rows: found } = await pool.query<{ parent: string; key: string }>(
      `SELECT p.parent, k.key FROM unnest($1::text[]) AS p(parent) CROSS JOIN LATERAL (
         SELECT ${key} AS key FROM ${table} c
         WHERE ${parent} = p.parent AND ($2::text IS NULL OR ${key} > $2)${where.sql}
         ORDER BY ${key} LIMIT $3) k`,
      [parents, window.after ?? null, window.take, ...where.values],
    );
    const byKey = new Map<string, Row>();
    if (found.length > 0) {
      for (const row of await child.rows([...new Set(found.map((f) => f.key))])) byKey.set(child.key(row), row);
    }
    const byParent = new Map<string, Row[]>(parents.map((name) => [name, []]));
    for (const { parent: name, key: rowKey } of found) {
      const row = byKey.get(rowKey);
      if (row !== undefined) byParent.get(name)!.push(row);
    }
    return parents.map((name) => byParent.get(name)!);
  }

  async function readCounts(parents: readonly string[], filter: ColumnFilter): Promise<number[]> {
    const where = conditions(filter, 2);
    const { rows } = await pool.query<{ parent: string; count: string }>(
      `SELECT ${parent} AS parent, count(*) AS count FROM ${table} c
       WHERE ${parent} = ANY($1::text[])${where.sql} GROUP BY 1`,
      [parents, ...where.values],
    );
    const byParent = new Map(rows.map((row) => [row.parent, Number(row.count)]));
    return parents.map((name) => byParent.get(name) ?? 0);
  }

  return async (name, args, filter = {}) => {
    const window = pageWindow(args);
    const filterKey = JSON.stringify(Object.entries(filter).sort());
    const pageKey = JSON.stringify([window.after, window.size, filterKey]);
    let loader = pages.get(pageKey);
    if (!loader) pages.set(pageKey, (loader = new DataLoader((parents) => readPages(parents, window, filter))));
    const totalCount = () => {
      let counter = counts.get(filterKey);
      if (!counter) counts.set(filterKey, (counter = new DataLoader((parents) => readCounts(parents, filter))));
      return counter.load(name);
    };
    return connection(await loader.load(name), window, child.key, totalCount);
  };
}
