import { Client } from 'pg';
import { StartError } from '../errors.js';
import { keepBooks } from './bookkeeping.js';
import { migrate } from './migrate.js';
import { runSeeds, type Progress, type Seed } from './seed.js';

/** Any fixed number: the advisory lock under which a database is migrated and seeded. */
const lockKey = 7_226_311;

/** A connection URL as it may be shown: without user and password. */
export function shownUrl(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/**
 * Brings a department's database up to date: migrations, then seeds. Two services that start at once wait for each
 * other.
 * @throws StartError when the database cannot be reached, or its state does not fit
 */
export async function prepareDatabase(options: {
  databaseUrl: string;
  migrations: string;
  seeds: readonly Seed[];
  residents: number | undefined;
  seed: number | undefined;
  progress: Progress;
}): Promise<void> {
  const client = new Client({ connectionString: options.databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const reason = (error as { code?: string }).code ?? (error as Error).message;
    throw new StartError(
      `The database ${shownUrl(options.databaseUrl)} cannot be reached (${reason}): check DATABASE_URL and that PostgreSQL is running.`,
    );
  }
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    await keepBooks(client);
    await migrate(client, options.migrations);
    await runSeeds(client, options.seeds, { residents: options.residents, seed: options.seed }, options.progress);
  } finally {
    await client.end();
  }
}
