import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from 'pg';
import { scratchDatabase } from '@linli/kit/testing/scratch-database';

const migrations = fileURLToPath(new URL('../../../subgraphs/governance/prisma/migrations', import.meta.url));

/** A database with the tables of the disclosure record, and a role that can do nothing but add to them. */
export interface RecordDatabase {
  /** Of that role. */
  readonly url: string;
  /** The owner of the tables. */
  readonly owner: Client;
  /** Keeps everybody from adding until it is told to let them. */
  lock(): Promise<() => Promise<unknown>>;
  /** How many of that role's statements wait for a lock. */
  waiting(): Promise<number>;
  /** Lets that role in no more, and ends its connections. */
  close(): Promise<void>;
  open(): Promise<void>;
  /** From the next connection on, what that role adds is kept for good only some time after it was told so. */
  relaxed(): Promise<void>;
  drop(): Promise<void>;
}

export async function recordDatabase(): Promise<RecordDatabase> {
  const database = await scratchDatabase('disclosures');
  const owner = await database.connect();
  for (const { name } of readdirSync(migrations, { withFileTypes: true }).filter((each) => each.isDirectory())) {
    await owner.query(readFileSync(join(migrations, name, 'migration.sql'), 'utf8'));
  }
  const role = `recorder_${process.pid}_${Date.now().toString(36)}`;
  await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD 'test-only'`);
  await owner.query(`GRANT INSERT ON disclosure_record, disclosure TO ${role}`);
  return {
    url: Object.assign(new URL(database.url), { username: role, password: 'test-only' }).href,
    owner,
    async lock() {
      const holder = await database.connect();
      await holder.query('BEGIN; LOCK TABLE disclosure_record IN ACCESS EXCLUSIVE MODE');
      return () => holder.query('COMMIT');
    },
    async waiting() {
      const { rows } = await owner.query<{ n: string }>(
        `SELECT count(*) AS n FROM pg_stat_activity WHERE usename = $1 AND wait_event_type = 'Lock'`,
        [role],
      );
      return Number(rows[0]!.n);
    },
    async close() {
      await owner.query(`ALTER ROLE ${role} NOLOGIN`);
      await owner.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [role]);
    },
    open: async () => void (await owner.query(`ALTER ROLE ${role} LOGIN`)),
    async relaxed() {
      await owner.query(`ALTER ROLE ${role} SET synchronous_commit = off`);
    },
    async drop() {
      await owner.query(`DROP OWNED BY ${role}`);
      await owner.query(`DROP ROLE ${role}`);
      await database.drop();
    },
  };
}
