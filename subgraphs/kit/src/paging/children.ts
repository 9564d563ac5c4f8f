import DataLoader from 'dataloader';
import { identifier, sql, visible, type ScopedSql, type SqlText } from '../scope/sql.js';
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
export type ChildPages<Row, Filter = ColumnFilter> = (
  parent: string,
  args: PageArgs,
  filter?: Filter,
) => Promise<Connection<Row>>;

/** `filter` as SQL conditions on alias `c`. */
function conditions(filter: ColumnFilter): SqlText {
  return Object.entries(filter)
    .filter(([, value]) => value != null)
    .reduce((before, [column, value]) => sql`${before} AND c.${identifier(column)}::text = ${String(value)}`, sql``);
}

/**
 * Lists under a parent without N+1: all parents of one tick that ask for the same page and filter are answered by
 * one LATERAL query for the keys (so that an index serves every parent) and one for the rows; counts by one more.
 * Only rows that the caller may see are listed and counted. Make it once a request, like every loader.
 */
export function childPages<Row>(scopedSql: ScopedSql, child: ChildTable<Row>): ChildPages<Row> {
  const table = visible(child.table);
  const parent = sql`c.${identifier(child.parentColumn)}`;
  const key = sql`c.${identifier(child.keyColumn)}`;
  const pages = new Map<string, DataLoader<string, Row[]>>();
  const counts = new Map<string, DataLoader<string, number>>();

  async function readPages(parents: readonly string[], window: Window, filter: ColumnFilter): Promise<Row[][]> {
    const after = window.after === undefined ? sql`` : sql` AND ${key} > ${window.after}`;
    const found = await scopedSql.rows<{ parent: string; key: string }>(
      sql`SELECT p.parent, k.key FROM unnest(${parents}::text[]) AS p(parent) CROSS JOIN LATERAL (
         SELECT ${key} AS key FROM ${table} c
         WHERE ${parent} = p.parent${after}${conditions(filter)}
         ORDER BY ${key} LIMIT ${window.take}) k`,
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
    const rows = await scopedSql.rows<{ parent: string; count: string }>(
      sql`SELECT ${parent} AS parent, count(*) AS count FROM ${table} c
       WHERE ${parent} = ANY(${parents}::text[])${conditions(filter)} GROUP BY 1`,
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
