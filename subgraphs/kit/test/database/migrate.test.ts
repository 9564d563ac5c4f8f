import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Client } from 'pg';
import { migrate } from '../../src/seeding/migrate.js';
import { scratchDatabase, type ScratchDatabase } from '../../src/testing/scratch-database.js';

let database: ScratchDatabase;
let client: Client;
let folder: string;

beforeEach(async () => {
  database = await scratchDatabase('migrate');
  client = await database.connect();
  folder = mkdtempSync(join(tmpdir(), 'migrations-'));
});

afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

function migration(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), sql);
}

const tables = async () =>
  (
    await client.query<{ table_name: string }>(
      `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
    )
  ).rows.map((row) => row.table_name);

test('each migration is applied once, in name order', async () => {
  migration('2_second', 'ALTER TABLE a ADD COLUMN n int;');
  migration('1_first', 'CREATE TABLE a (id text);');
  expect(await migrate(client, folder)).toEqual(['1_first', '2_second']);
  expect(await migrate(client, folder)).toEqual([]);
});

test('a failing migration leaves nothing behind and can be mended', async () => {
  migration('1_first', 'CREATE TABLE a (id text); CREATE TABLE broken (');
  await expect(migrate(client, folder)).rejects.toThrow('migration 1_first failed');
  expect(await tables()).toEqual(['_prisma_migrations']);
  migration('1_first', 'CREATE TABLE a (id text);');
  expect(await migrate(client, folder)).toEqual(['1_first']);
});

test('a migration that was changed after it was applied is refused', async () => {
  migration('1_first', 'CREATE TABLE a (id text);');
  await migrate(client, folder);
  migration('1_first', 'CREATE TABLE a (id text, n int);');
  await expect(migrate(client, folder)).rejects.toThrow('was changed after it was applied');
});
