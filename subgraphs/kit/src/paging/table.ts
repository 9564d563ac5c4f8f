import type DataLoader from 'dataloader';
import { loadByKey } from '../loaders.js';
import { source, type Source } from '../scope/reader.js';
import { childPages, type ChildPages, type ColumnFilter } from './children.js';
import { page, type Connection, type PageArgs } from './page.js';

/** What is used of a model as a request reads it (`db.facility`). */
export interface Model<Row> {
  findMany(query: { where?: object; orderBy?: object; take?: number }): PromiseLike<Row[]>;
  count(query: { where?: object }): PromiseLike<number>;
}

/** Names of text columns that can be a primary key. */
type TextKey<Row> = { [Name in keyof Row]: Row[Name] extends string ? Name : never }[keyof Row] & string;

/** Conditions without those that were not given. */
function given(where: object): object {
  return Object.fromEntries(Object.entries(where).filter(([, condition]) => condition != null));
}

/** The condition that a text contains what was searched for; nothing was, where it is empty. */
export function contains(search: string | null | undefined): { contains: string } | undefined {
  return search ? { contains: search } : undefined;
}

/**
 * A page of a model's rows in the order of its primary key.
 * @param where Prisma's condition; null and undefined members mean no condition
 */
export function pageOf<Row>(
  model: Model<Row>,
  key: TextKey<Row>,
  where: object,
  args: PageArgs,
): Promise<Connection<Row>> {
  const conditions = given(where);
  return page(args, {
    key: (row) => row[key] as string,
    rows: async ({ after, take }) =>
      model.findMany({
        where: { AND: [conditions, after === undefined ? {} : { [key]: { gt: after } }] },
        orderBy: { [key]: 'asc' },
        take,
      }),
    count: async () => model.count({ where: conditions }),
  });
}

/** Equality conditions on fields; a null or undefined value means no condition. */
type FieldFilter<Row> = Partial<Record<keyof Row & string, ColumnFilter[string]>>;

/**
 * Pages of a model's rows under a parent, for many parents at once (see `childPages`).
 * @param key the primary key
 * @param parent the field that names the parent: `communityCode`
 */
export function childrenOf<Row>(
  model: Model<Row> & { readonly [source]: Source },
  key: TextKey<Row>,
  parent: keyof Row & string,
): ChildPages<Row, FieldFilter<Row>> {
  const { table, sql } = model[source];
  const column = (field: string) => table.columns.get(field)!;
  const pages = childPages<Row>(sql, {
    table: table.table,
    parentColumn: column(parent),
    keyColumn: column(key),
    key: (row) => row[key] as string,
    rows: async (keys) => model.findMany({ where: { [key]: { in: keys } } }),
  });
  return (name, args, filter = {}) =>
    pages(
      name,
      args,
      Object.fromEntries(Object.entries<ColumnFilter[string]>(filter).map(([field, value]) => [column(field), value])),
    );
}

/** One row of a model by its primary key, many keys a statement. */
export function rowByKey<Row>(model: Model<Row>, key: TextKey<Row>): DataLoader<string, Row | null> {
  return loadByKey(
    async (keys) => model.findMany({ where: { [key]: { in: keys } } }),
    (row) => row[key] as string,
  );
}
