import type { Caller } from '@linli/schema/subject';
import type { Pool } from 'pg';
import { defaultSmallestCount } from '../aggregates/suppress.js';
import { conditionFor, type Condition } from './condition.js';
import { modelTables } from './data-model.js';
import type { AnyScopeDeclaration } from './declaration.js';
import type { Query } from './query.js';
import { readerOf, type ModelReader, type Reader } from './reader.js';
import { ScopedSql } from './sql.js';
import { scopedTables } from './tables.js';
import { prismaWhere } from './where.js';

/**
 * SQL over all rows, whoever asks. Only the named queries in a department's `src/queries` get it, for two ends: numbers
 * that count people without showing them, and what tells how the caller is related to people.
 */
export interface Unscoped extends Query {
  /** The smallest count of people that may be told, beside 0. */
  readonly smallestCount: number;
}

/** By what the loaders of one request read. */
export interface Access<Client> {
  /** The models, with the rows that the caller may see. */
  readonly db: Reader<Client>;
  /** SQL by hand, with the rows that the caller may see. */
  readonly sql: ScopedSql;
  readonly unscoped: Unscoped;
}

/** What a caller's rows are read by, outside and inside of a transaction. */
export interface Scope<Client> {
  /** The scoped types. */
  readonly types: readonly string[];
  accessOf(caller: Caller): Access<Client>;
  /**
   * The models of a transaction, of scoped ones the rows that the scope in `caller` lets see.
   * @param kind what may be done with a model; reading, if unsaid
   */
  modelsIn(
    tx: { readonly client: object; readonly query: Query },
    caller: Caller,
    kind?: typeof ModelReader,
  ): Reader<Client>;
}

/**
 * Row scope: the one place between a department's code and its database. Made once at start; gives every request what it
 * reads by, in which each statement on scoped rows carries the caller's condition.
 * @throws StartError where the declaration does not fit contract or database (see `tables.ts`)
 */
export async function openScope<Client extends object>(options: {
  sdl: string;
  declaration: AnyScopeDeclaration;
  client: Client;
  pool: Pool;
  /** See `Unscoped`. Default 5. */
  smallestCount?: number;
}): Promise<Scope<Client>> {
  const { client, pool, declaration, sdl, smallestCount = defaultSmallestCount } = options;
  const models = modelTables(client);
  const tables = await scopedTables({ sdl, declaration, models, query: pool });
  const byTable = new Map(tables.map((table) => [table.table, table]));
  const byModel = new Map(tables.map((table) => [table.model, table]));
  const scoped = new Set(byTable.keys());
  const unscoped: Unscoped = { query: (text, values) => pool.query(text, values), smallestCount };

  const sightOf = (caller: Caller) => {
    const conditions = new Map<string, Condition>();
    const condition = (name: string): Condition => {
      const known = conditions.get(name) ?? conditionFor(byTable.get(name)!, caller);
      conditions.set(name, known);
      return known;
    };
    const where = (model: string) => {
      const table = byModel.get(model);
      return table && prismaWhere(condition(table.table), [...table.columns.keys()][0]!);
    };
    return { scoped, condition, where };
  };

  return {
    types: Object.keys(declaration),
    accessOf(caller) {
      const sight = sightOf(caller);
      const sql = new ScopedSql(pool, sight);
      return { db: readerOf<Client>(client, models.values(), sql, sight.where), sql, unscoped };
    },
    modelsIn(tx, caller, kind) {
      const sight = sightOf(caller);
      return readerOf<Client>(tx.client, models.values(), new ScopedSql(tx.query, sight), sight.where, kind);
    },
  };
}
