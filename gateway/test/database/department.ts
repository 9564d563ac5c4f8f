import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import type { JSONWebKeySet } from 'jose';
import { createLocalJWKSet } from 'jose';
import type pg from 'pg';
import { isMinor } from '@linli/kit/minor';
import { conditionFor } from '@linli/kit/scope/condition';
import { ScopedSql, sql, visible } from '@linli/kit/scope/sql';
import type { ScopedTable } from '@linli/kit/scope/tables';
import { verifyAssertion } from '@linli/kit/service/assertion';
import { assertionHeader, type Standing } from '@linli/schema/subject';

export interface Thing {
  readonly id: string;
  readonly label: string;
  readonly about: string | null;
  readonly place: string | null;
  readonly handlers: string[] | null;
  readonly minor_until: string | null;
}

const fact = (column: keyof Thing, list: boolean) => ({ field: column, column, list });
const table: ScopedTable = {
  type: 'Thing',
  model: 'thing',
  table: 'thing',
  columns: new Map(),
  relations: [],
  subject: fact('about', false),
  community: fact('place', false),
  assigned: fact('handlers', true),
  minor: { field: 'minor_until', column: 'minor_until', birth: false, nullable: true },
};

/** A department as the kit makes them, as far as rows go: who asks is read from the assertion, rows from PostgreSQL. */
export class Department {
  /** Known once the gateway is started. */
  keys: JSONWebKeySet = { keys: [] };
  standing: Standing = { household: [], wards: [] };

  private constructor(
    readonly server: Server,
    readonly url: string,
  ) {}

  static async start(sdl: string, pool: pg.Pool): Promise<Department> {
    let department: Department | undefined = undefined;
    const known = () => department!;
    const schema = buildSubgraphSchema({
      typeDefs: parse(sdl),
      resolvers: {
        Query: {
          listed: (_: unknown, __: unknown, rows: ScopedSql) =>
            rows.rows(sql`SELECT * FROM ${visible('thing')} t ORDER BY id`),
          found: (_: unknown, { label }: { label: string }, rows: ScopedSql) =>
            rows.rows(sql`SELECT * FROM ${visible('thing')} t WHERE label = ${label} ORDER BY id`),
          counted: async (_: unknown, __: unknown, rows: ScopedSql) =>
            Number((await rows.rows<{ n: string }>(sql`SELECT count(*) AS n FROM ${visible('thing')} t`))[0]!.n),
          // A resolver that forgot the scope: the gateway is the only one to check.
          unscoped: async () => (await pool.query('SELECT * FROM thing ORDER BY id')).rows,
          standing: () => known().standing,
        },
        Thing: {
          minor: ({ minor_until }: { minor_until: Date | null }) => isMinor(minor_until),
          __resolveReference: async ({ id }: { id: string }, rows: ScopedSql) =>
            (await rows.rows(sql`SELECT * FROM ${visible('thing')} t WHERE id = ${id}`))[0] ?? null,
        },
      } as never,
    });
    const server = createServer((request, response) => {
      void (async () => {
        const header = request.headers[assertionHeader];
        const caller = await verifyAssertion(String(header), createLocalJWKSet(known().keys), 'civil-affairs');
        const condition = conditionFor(table, caller);
        const contextValue = new ScopedSql(pool, { scoped: new Set(['thing']), condition: () => condition });
        let body = '';
        for await (const chunk of request) body += String(chunk);
        const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
        const answer = await graphql({ schema, source: query, variableValues: variables, contextValue });
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      })().catch(() => response.writeHead(401).end('{}'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    return (department = new Department(server, url));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
