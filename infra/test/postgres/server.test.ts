import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { isAlive, signal, waitForExit } from '../../src/postgres/process.js';
import { startPostgres } from '../../src/postgres/server.js';
import type { Postgres } from '../../src/postgres/server.js';

jest.setTimeout(90_000);

let folder: string;
let current: Postgres | undefined;

const options = (port?: number) => ({
  directory: join(folder, 'data'),
  password: 'only for this test',
  log: join(folder, 'postgres.log'),
  port,
});

async function ask(server: Postgres, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ value: unknown }>(sql);
    return rows[0]?.value;
  } finally {
    await client.end();
  }
}

beforeAll(() => {
  // Closed to all others, as root's home is: the data must be reachable all the same.
  folder = mkdtempSync(join(tmpdir(), 'linli-postgres-'));
});

afterAll(async () => {
  await current?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  test('throws away what an interrupted first start left, and starts', async () => {
    mkdirSync(join(folder, 'data.unfinished', 'data'), { recursive: true });
    writeFileSync(join(folder, 'data.unfinished', 'data', 'PG_VERSION'), '18\n');
    current = await startPostgres(options());
    expect(existsSync(join(folder, 'data.unfinished'))).toBe(false);
    expect(await ask(current, 'SELECT 1 AS value')).toBe(1);
  });

  test('is made for Chinese text and never trades durability for speed', async () => {
    expect(await ask(current!, "SELECT upper('邻里 é') AS value")).toBe('邻里 É');
    expect(await ask(current!, "SELECT current_setting('server_encoding') AS value")).toBe('UTF8');
    expect(await ask(current!, "SELECT current_setting('fsync') AS value")).toBe('on');
    expect(await ask(current!, "SELECT current_setting('synchronous_commit') AS value")).toBe('on');
  });

  test('refuses a wrong password', async () => {
    const client = new pg.Client({ connectionString: current!.url.replace(/:[^:@]*@/, ':wrong@') });
    await expect(client.connect()).rejects.toThrow('password authentication failed');
  });

  test('leaves no process when stopped, and keeps its port and data', async () => {
    await ask(current!, 'CREATE TABLE kept AS SELECT 42 AS value');
    const { pid, port } = current!;
    await current!.stop();
    expect(isAlive(pid)).toBe(false);
    current = await startPostgres(options(port));
    expect(current.port).toBe(port);
    expect(await ask(current, 'SELECT value FROM kept')).toBe(42);
  });

  test('takes another port when somebody else has its own', async () => {
    const { port } = current!;
    await current!.stop();
    const other = createServer().listen(port, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    current = await startPostgres(options(port));
    expect(current.port).not.toBe(port);
    await new Promise((resolve) => other.close(resolve));
  });

  test('stops the server that a killed launcher left on its data, then starts', async () => {
    const orphan = current!;
    current = await startPostgres(options(orphan.port));
    expect(isAlive(orphan.pid)).toBe(false);
    expect(await ask(current, 'SELECT value FROM kept')).toBe(42);
  });

  test('tells when the server ends by itself, and recovers after it was killed', async () => {
    await current!.stop();
    let died = () => undefined as void;
    const exited = new Promise<void>((resolve) => (died = resolve));
    const server = await startPostgres({ ...options(), onExit: () => died() });
    await ask(server, 'INSERT INTO kept VALUES (43)');
    signal(server.pid, 'SIGKILL');
    await exited;
    await waitForExit(server.pid, 5_000);
    current = await startPostgres(options());
    expect(await ask(current, 'SELECT max(value) AS value FROM kept')).toBe(43);
  });

  test('sees that the process of a stale lock is another program', async () => {
    await current!.stop();
    const lock = [process.pid, join(folder, 'data'), 1, 5432, '', '127.0.0.1', '', 'ready'].join('\n');
    writeFileSync(join(folder, 'data', 'postmaster.pid'), `${lock}\n`);
    current = await startPostgres(options());
    expect(isAlive(process.pid)).toBe(true);
    expect(await ask(current, 'SELECT 1 AS value')).toBe(1);
  });

  test('refuses the data of another version and says what to do', async () => {
    const directory = join(folder, 'old');
    mkdirSync(directory);
    writeFileSync(join(directory, 'PG_VERSION'), '14\n');
    await expect(startPostgres({ ...options(), directory })).rejects.toThrow(
      /made by PostgreSQL 14, this is 18: remove/,
    );
  });

  test('touches no folder that holds something else', async () => {
    const directory = join(folder, 'letters');
    mkdirSync(directory);
    writeFileSync(join(directory, 'letter.txt'), 'dear');
    await expect(startPostgres({ ...options(), directory })).rejects.toMatchObject({
      code: 'POSTGRES_FOREIGN_DIRECTORY',
    });
    expect(existsSync(join(directory, 'letter.txt'))).toBe(true);
  });
});
