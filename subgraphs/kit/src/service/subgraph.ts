import '@linli/schema/graphql-in-production';
import type { BaseContext } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import type { Department } from '@linli/schema/departments';
import { subgraphSdl } from '@linli/schema/files';
import type { Caller, Subject } from '@linli/schema/subject';
import { Kind, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { Pool } from 'pg';
import type { Consumers } from '../events/inbox.js';
import type { OwnEvents } from '../events/local.js';
import { openEvents } from '../events/open.js';
import type { Job } from '../jobs/job.js';
import { startJobs } from '../jobs/scheduler.js';
import { scalarResolvers } from '../scalars.js';
import type { ScopeDeclaration } from '../scope/declaration.js';
import type { Reader } from '../scope/reader.js';
import { openScope, type Access } from '../scope/scope.js';
import { prepareDatabase, shownUrl } from '../seeding/prepare.js';
import type { Seed } from '../seeding/seed.js';
import { writerFor } from '../writing/context.js';
import type { Write } from '../writing/mutation.js';
import { systemContext, type SystemContext } from '../writing/system.js';
import { inTransaction, type Transactional } from '../writing/transaction.js';
import { runService, tell, type Running } from './lifecycle.js';
import { createLog, type Log } from './log.js';
import type { Route } from './route.js';
import { serve } from './serve.js';
import { readSettings, type Settings } from './settings.js';

/**
 * What every resolver finds in its context. Whatever it reads by, it reads the rows that the caller may see: neither the
 * database's client nor its connections are reachable from here, but within a mutation.
 */
export interface RequestContext<Client = unknown, Loaders = unknown> extends BaseContext {
  readonly caller: Caller;
  /** The caller's subject. */
  readonly subject: Subject;
  readonly db: Reader<Client>;
  readonly loaders: Loaders;
  /** Opens the transaction of a mutation; see `writing/mutation.ts`. */
  readonly write: Write<Client>;
  /** The department's own events, for subscriptions. */
  readonly events: OwnEvents;
  /** The same with loaders that have read nothing yet: for each event of a subscription. */
  fresh(): RequestContext<Client, Loaders>;
}

/** What is used of a Prisma client beside its models. */
export interface PrismaClientLike extends Transactional {
  $disconnect(): Promise<void>;
}

/** What makes one department's subgraph different from the others. */
export interface SubgraphDefinition<Client extends PrismaClientLike, Loaders> {
  department: Department;
  /** Folder of migrations in Prisma's layout. */
  migrations: string;
  seeds: readonly Seed[];
  /** Resolver maps, one a noun; they are merged, and the shared scalars added. */
  resolvers: readonly object[];
  /** Where the rows of each `@scoped` type of the contract are. */
  scope: ScopeDeclaration<Client>;
  /** A Prisma client over a pool, one for the service's life. */
  connect(pool: Pool): Client;
  /** What batches a request's reads, made anew for each. */
  loaders(access: Access<Client>): Loaders;
  /** What it does about other departments' events. */
  consumes?: Consumers<Client>;
  /** What it does by itself, time and again. */
  jobs?: readonly Job<Client>[];
  /** What it answers below other paths, by their first part: `/webhooks`. */
  routes?: (tools: Tools<Client>) => Readonly<Record<string, Route>>;
  /** Begins what goes on as long as the service runs. @returns ends it */
  background?: (tools: Tools<Client>) => () => Promise<void>;
}

/** What a department has at hand outside of requests. */
export interface Tools<Client> {
  readonly log: Log;
  /** Runs work in one transaction, past every scope. */
  readonly transaction: <Result>(work: (tx: SystemContext<Client>) => Promise<Result>) => Promise<Result>;
}

/** Milliseconds that such a transaction may take. */
const transactionMs = 15_000;

/** The executable schema of a department: its SDL, its resolver maps, and the shared scalars. */
export function subgraphSchema(department: Department, resolvers: readonly object[]): GraphQLSchema {
  const nothing: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };
  return buildSubgraphSchema([
    { typeDefs: parse(subgraphSdl(department)), resolvers: scalarResolvers },
    ...resolvers.map((map) => ({ typeDefs: nothing, resolvers: map as GraphQLResolverMap<unknown> })),
  ]);
}

export async function startSubgraph<Client extends PrismaClientLike, Loaders>(
  definition: SubgraphDefinition<Client, Loaders>,
  settings: Settings,
  log: Log,
): Promise<Running> {
  const { department } = definition;
  await prepareDatabase({
    databaseUrl: settings.DATABASE_URL,
    migrations: definition.migrations,
    seeds: definition.seeds,
    residents: settings.LINLI_RESIDENTS,
    seed: settings.LINLI_SEED,
    progress: (text, done, total) => tell({ type: 'progress', text, done, total }),
  });
  const pool = new Pool({ connectionString: settings.DATABASE_URL, max: 10, connectionTimeoutMillis: 10_000 });
  pool.on('error', (error) => log('warn', 'database connection lost', { error: error.message }));
  const client = definition.connect(pool);
  const stop = async () => {
    await client.$disconnect();
    await pool.end();
  };
  const scope = await openScope({
    sdl: subgraphSdl(department),
    declaration: definition.scope,
    client,
    pool,
    smallestCount: settings.LINLI_SMALLEST_COUNT,
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const events = await openEvents(definition, { client, pool, settings, log }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const stopJobs = startJobs(client, definition.jobs ?? [], log);
  const tools: Tools<Client> = {
    log,
    transaction: (work) => inTransaction(client, (tx) => work(systemContext<Client>(tx, new Date())), transactionMs),
  };
  const stopBackground = definition.background?.(tools);
  const contextOf = (caller: Caller): RequestContext<Client, Loaders> => {
    const access = scope.accessOf(caller);
    return {
      caller,
      subject: caller.subject,
      db: access.db,
      loaders: definition.loaders(access),
      write: writerFor(client, scope, caller),
      events: events.own,
      fresh: () => contextOf(caller),
    };
  };
  const served = await serve({
    subgraph: department,
    schema: subgraphSchema(department, definition.resolvers),
    settings,
    context: contextOf,
    routes: definition.routes?.(tools),
    check: async () => {
      await pool.query('SELECT 1').catch(() => {
        throw new Error('the database does not answer');
      });
    },
    log,
  });
  log('info', 'listening', { url: served.url, database: shownUrl(settings.DATABASE_URL) });
  return {
    url: served.url,
    async close() {
      await served.close(async () => {
        await stopBackground?.();
        await stopJobs();
        await events.close();
      });
      await stop();
    },
  };
}

/** Runs a department's subgraph as this process, set up by its environment (see `settings.ts`). */
export async function runSubgraph<Client extends PrismaClientLike, Loaders>(
  definition: SubgraphDefinition<Client, Loaders>,
): Promise<void> {
  await runSubgraphOf(definition.department, () => definition);
}

/**
 * The same for a department that has settings of its own.
 * @param define makes the definition by them; throws StartError where they are wrong
 */
export async function runSubgraphOf<Client extends PrismaClientLike, Loaders>(
  department: Department,
  define: () => SubgraphDefinition<Client, Loaders>,
): Promise<void> {
  const log = createLog(department);
  await runService(log, async () => startSubgraph(define(), readSettings(process.env), log));
}
