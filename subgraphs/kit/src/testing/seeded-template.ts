import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { prepareDatabase } from '../seeding/prepare.js';
import type { Seed } from '../seeding/seed.js';
import { testServer } from './scratch-database.js';

/** What decides which rows a department's database begins with. */
interface Seeded {
  readonly department: string;
  readonly migrations: string;
  readonly seeds: readonly Seed[];
}

/** Any fixed number: held while a template is made. */
const lockKey = 7_226_313;

/**
 * A database with a department's tables and rows that other tests of this run copy: copying takes a tenth of a second,
 * seeding takes several. It goes with the server.
 * @returns its name
 */
export async function seededTemplate({ department, migrations, seeds }: Seeded, residents: number): Promise<string> {
  const content = JSON.stringify([migrations, seeds.map(({ name, tables }) => [name, tables]), residents]);
  const name = `seeded_${department.replaceAll('-', '_')}_${createHash('sha256').update(content).digest('hex').slice(0, 12)}`;
  const client = new Client({ connectionString: testServer() });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount) return name;
    // Renamed when it is done: one that was begun and left is never copied.
    const unfinished = `${name}_${process.pid}`;
    await client.query(`CREATE DATABASE ${unfinished}`);
    const databaseUrl = Object.assign(new URL(testServer()), { pathname: `/${unfinished}` }).href;
    await prepareDatabase({ databaseUrl, migrations, seeds, residents, seed: undefined, progress: () => undefined });
    await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`);
    return name;
  } finally {
    await client.end();
  }
}
