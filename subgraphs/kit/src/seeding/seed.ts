import type { Client } from 'pg';
import { StartError } from '../errors.js';
import { households, type SyntheticHousehold } from '../population/households.js';
import { BulkLoader, type BulkTables } from './bulk-loader.js';

/** How far a seed is; shown to whoever started the hub. */
export type Progress = (text: string, done?: number, total?: number) => void;

export interface SeedContext<Tables extends BulkTables = BulkTables> {
  load: BulkLoader<Tables>;
  /** Size of the synthetic population. */
  residents: number;
  /** The number every draw starts from. */
  seed: number;
  /** The synthetic people, household by household, reporting progress on the way. */
  households: () => Generator<SyntheticHousehold>;
  progress: Progress;
}

/** A set of rows put in once. A later release adds a seed of another name instead of changing this one. */
export interface Seed<Tables extends BulkTables = BulkTables> {
  name: string;
  tables: Tables;
  run(context: SeedContext<Tables>): Promise<void>;
}

/** Ties a seed's rows to its tables. */
export function defineSeed<const Tables extends BulkTables>(seed: Seed<Tables>): Seed {
  return seed;
}

export const defaultResidents = 20_000;
export const defaultSeed = 20221219;

const bookkeeping = `CREATE TABLE IF NOT EXISTS _linli_seed (
  name TEXT PRIMARY KEY, residents INTEGER NOT NULL, seed BIGINT NOT NULL, rows INTEGER NOT NULL, finished_at TIMESTAMPTZ NOT NULL DEFAULT now())`;

function* reported(residents: number, seed: number, progress: Progress): Generator<SyntheticHousehold> {
  let done = 0;
  for (const household of households({ residents, seed })) {
    yield household;
    const before = done;
    done += household.members.length;
    if (Math.floor(done / 5000) !== Math.floor(before / 5000)) progress('seeding residents', done, residents);
  }
}

/**
 * Runs the seeds that the database does not have, each in one transaction: a seed is there wholly or not at all,
 * whenever the process is killed. Callers hold the database's lock.
 * @param wanted population asked for; undefined takes what the database has, or the default
 * @throws StartError when the database was seeded with another population than is asked for
 */
export async function runSeeds(
  client: Client,
  seeds: readonly Seed[],
  wanted: { residents: number | undefined; seed: number | undefined },
  progress: Progress,
): Promise<void> {
  await client.query(bookkeeping);
  const { rows } = await client.query<{ name: string; residents: number; seed: string }>('SELECT * FROM _linli_seed');
  const there = rows[0] && { residents: rows[0].residents, seed: Number(rows[0].seed) };
  const residents = wanted.residents ?? there?.residents ?? defaultResidents;
  const seed = wanted.seed ?? there?.seed ?? defaultSeed;
  if (there && (there.residents !== residents || there.seed !== seed)) {
    throw new StartError(
      `The database "${client.database}" holds ${there.residents} residents of seed ${there.seed}, but LINLI_RESIDENTS=${residents} and LINLI_SEED=${seed} are asked for: choose another LINLI_HOME, or delete the data to seed anew.`,
    );
  }
  for (const each of seeds) {
    if (rows.some((row) => row.name === each.name)) continue;
    progress(`seeding ${each.name}`);
    await client.query('BEGIN');
    try {
      const load = new BulkLoader(client, each.tables);
      await each.run({ load, residents, seed, progress, households: () => reported(residents, seed, progress) });
      await load.flush();
      await client.query('INSERT INTO _linli_seed (name, residents, seed, rows) VALUES ($1, $2, $3, $4)', [
        each.name,
        residents,
        seed,
        load.rows,
      ]);
      await client.query('COMMIT');
      // GIN indexes keep new rows in a list that only this clears, and until then the planner would rather not use them.
      const tables = Object.keys(each.tables).map((name) => `"${name}"`);
      await client.query(`VACUUM (ANALYZE) ${tables.join(', ')}`);
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }
}
