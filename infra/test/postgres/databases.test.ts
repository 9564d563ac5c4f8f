import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createDatabases, createOwnedDatabases } from '../../src/postgres/databases.js';
import { createRecorder } from '../../src/postgres/recorder.js';
import { startPostgres } from '../../src/postgres/server.js';
import type { Postgres } from '../../src/postgres/server.js';

jest.setTimeout(60_000);

let folder: string;
let server: Postgres;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linli-databases-'));
  const log = join(folder, 'postgres.log');
  server = await startPostgres({ directory: join(folder, 'data'), password: 'a/b@c:d', log });
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

describe('databases in the embedded server', () => {
  const passwords = new Map([
    ['health', 'p/w?1'],
    ['housing', 'p@w:2'],
  ] as const);

  test('each belongs to its department, which can enter no other', async () => {
    const urls = await createOwnedDatabases(server.url, passwords);
    const client = await connect(urls.get('health')!);
    await client.query('CREATE TABLE visit (id int)');
    await client.end();
    const intruder = new URL(urls.get('health')!);
    intruder.pathname = '/linli_housing';
    await expect(connect(intruder.href)).rejects.toThrow('permission denied for database');
  });

  test('they and their data are still there at the next start, even with new passwords', async () => {
    const urls = await createOwnedDatabases(server.url, new Map([['health', 'another']] as const));
    const client = await connect(urls.get('health')!);
    await client.query('SELECT * FROM visit');
    await client.end();
  });
});

test('the recorder adds to the disclosure record once there is one, and can do nothing else, at later starts too', async () => {
  const urls = await createOwnedDatabases(server.url, new Map([['governance', 'g/v?1']] as const));
  const early = await connect(await createRecorder(server.url, 'r/e?1'));
  await expect(early.query('INSERT INTO disclosure VALUES (1)')).rejects.toThrow('does not exist');
  await early.end();
  const owner = await connect(urls.get('governance')!);
  await owner.query(
    'CREATE TABLE disclosure (id int); CREATE TABLE disclosure_record (id int); CREATE TABLE other (id int)',
  );
  await owner.end();
  const recorder = await connect(await createRecorder(server.url, 'r/e?2'));
  await recorder.query('INSERT INTO disclosure VALUES (1)');
  await recorder.query('INSERT INTO disclosure_record VALUES (1)');
  for (const statement of [
    'SELECT * FROM disclosure',
    'DELETE FROM disclosure_record',
    'INSERT INTO other VALUES (1)',
    'CREATE TABLE mine (id int)',
  ]) {
    await expect(recorder.query(statement)).rejects.toThrow('permission denied');
  }
  await recorder.end();
  const intruder = new URL(await createRecorder(server.url, 'r/e?2'));
  intruder.pathname = '/linli_health';
  await expect(connect(intruder.href)).rejects.toThrow('permission denied for database');
});

describe('databases in somebody else’s server', () => {
  test('are made when missing, and only then', async () => {
    const admin = await connect(server.url);
    await admin.query("CREATE ROLE city LOGIN CREATEDB PASSWORD 'secret'");
    await admin.end();
    const url = server.url.replace(/\/\/.*@/, '//city:secret@');
    const first = await createDatabases(url, ['education']);
    const client = await connect(first.get('education')!);
    await client.query('CREATE TABLE school (id int)');
    await client.end();
    expect(await createDatabases(url, ['education'])).toEqual(first);
    const again = await connect(first.get('education')!);
    await again.query('SELECT * FROM school');
    await again.end();
  });

  test.each([
    ['nobody listens', (url: URL) => (url.port = '1'), 'DATABASE_UNREACHABLE', '127.0.0.1:1'],
    ['the password is wrong', (url: URL) => (url.password = 'topsecret'), 'DATABASE_UNREACHABLE', 'password'],
    ['it is no PostgreSQL URL', (url: URL) => (url.protocol = 'mysql:'), 'DATABASE_UNREACHABLE', 'postgresql://'],
  ])('when %s, says so without the password', async (_case, change, code, part) => {
    const url = new URL(server.url);
    url.password = 'topsecret';
    change(url);
    const failure: Error = await createDatabases(url.href, ['health']).then(
      () => Promise.reject(new Error('it was accepted')),
      (error: Error) => error,
    );
    expect(failure).toMatchObject({ code });
    expect(failure.message).toContain(part);
    expect(failure.message).not.toContain('topsecret');
    expect(failure.message).not.toContain('\n');
  });

  test('a role that may not make databases is told which right it lacks', async () => {
    const admin = await connect(server.url);
    await admin.query("CREATE ROLE guest LOGIN PASSWORD 'secret'");
    await admin.end();
    const url = server.url.replace(/\/\/.*@/, '//guest:secret@');
    await expect(createDatabases(url, ['civil-affairs'])).rejects.toThrow(/linli_civil_affairs .*CREATEDB/);
  });
});
