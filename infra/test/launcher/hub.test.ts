import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { departments } from '@linli/schema/departments';
import { platforms } from '@linli/schema/platforms';
import { homeAt } from '../../src/launcher/home.js';
import { readHub, want } from '../../src/launcher/hub-file.js';
import type { HubInfo } from '../../src/launcher/hub-file.js';
import { choosePort } from '../../src/postgres/ports.js';
import { isAlive, signal } from '../../src/postgres/process.js';
import { launch, postgresOf, processesOf, survivors } from '../support/launched.js';
import type { Launched } from '../support/launched.js';

jest.setTimeout(90_000);

let folder: string;
let port: number;
const launched: Launched[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linli-hub-'));
  port = await choosePort();
});

afterEach(async () => {
  for (const { process: launcher, exit } of launched.splice(0)) {
    launcher.kill('SIGTERM');
    await exit;
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(env: Record<string, string> = {}): Launched {
  const one = launch({ LINLI_HOME: join(folder, 'home'), LINLI_PORT: String(port), ...env });
  launched.push(one);
  return one;
}

const home = () => join(folder, 'home');

async function environmentOf(hub: HubInfo, service: string): Promise<Record<string, string>> {
  const answer = (await (await fetch(hub.services[service]!.url!)).json()) as { env: Record<string, string> };
  return answer.env;
}

/** Waits for what other processes bring about; gives up long after it should have come. */
async function until(condition: () => boolean): Promise<void> {
  for (let left = 1500; !condition(); left--) {
    if (left === 0) throw new Error('It did not happen.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a hub', () => {
  test('starts all services, tells where they are, and leaves nothing when stopped', async () => {
    const one = start({ LINLI_TEST_SECRET: 'for the launcher alone' });
    const hub = await one.ready;
    const others = ['gateway', 'identity', 'platforms', ...platforms];
    expect(Object.keys(hub.services).sort()).toEqual([...others, ...departments].sort());
    expect(Object.values(hub.services).map(({ state }) => state)).toEqual(
      Array(others.length + departments.length).fill('ready'),
    );
    expect(readHub(homeAt(home()))).toEqual({ ...hub, type: undefined, home: undefined });
    expect(one.output()).toContain(`${hub.url}/graphql`);
    expect(one.output()).toMatch(/family-doctor +\p{Script=Han}/u);

    const pids = processesOf(home());
    // The launcher's services, PostgreSQL, and itself.
    expect(pids).toHaveLength(others.length + departments.length + 2);
    one.process.kill('SIGINT');
    one.process.kill('SIGINT');
    expect(await one.exit).toBe(0);
    expect(await survivors(pids)).toEqual([]);
    expect(existsSync(homeAt(home()).hub)).toBe(false);
    expect(existsSync(homeAt(home()).lock)).toBe(false);
  });

  test('gives each service its own settings and none of another’s', async () => {
    const hub = await start({
      LINLI_TEST_SECRET: 'x',
      LINLI_RESIDENTS: '2000',
      LINLI_SMALLEST_COUNT: '7',
      LINLI_SUBGRAPH_TIMEOUT_MS: '700',
      LINLI_VENUE_DAYS_AHEAD: '30',
    }).ready;
    const [health, education, gateway, identity] = await Promise.all(
      ['health', 'education', 'gateway', 'identity'].map((name) => environmentOf(hub, name)),
    );
    expect(education).toMatchObject({ LINLI_VENUE_DAYS_AHEAD: '30' });
    for (const env of [health, gateway, identity]) expect(env).not.toHaveProperty('LINLI_VENUE_DAYS_AHEAD');
    expect(health).toMatchObject({
      LINLI_RESIDENTS: '2000',
      LINLI_SMALLEST_COUNT: '7',
      DATABASE_URL: expect.stringContaining('/linli_health'),
    });
    expect(health!['LINLI_ASSERTION_JWKS']).not.toContain('"d"');
    expect(gateway).toMatchObject({ PORT: String(port), LINLI_ISSUER: hub.issuer, LINLI_SUBGRAPH_TIMEOUT_MS: '700' });
    expect(JSON.parse(gateway!['LINLI_SUBGRAPH_URLS']!)).toMatchObject({
      health: `${hub.services['health']!.url}/graphql`,
    });
    for (const env of [health, gateway, identity]) expect(env).not.toHaveProperty('LINLI_TEST_SECRET');
    for (const env of [gateway, identity]) expect(env).not.toHaveProperty('LINLI_SMALLEST_COUNT');
    for (const env of [gateway, identity]) expect(env).not.toHaveProperty('DATABASE_URL');
    for (const env of [gateway, health]) expect(env).not.toHaveProperty('LINLI_KIOSK_SECRET');
    const log = readFileSync(join(homeAt(home()).logs, 'postgres.log'), 'utf8');
    expect(log).not.toContain(new URL(health!['DATABASE_URL']!).password);
  });

  test('keeps its ports over a restart', async () => {
    const first = start();
    const before = (await first.ready).services;
    first.process.kill('SIGTERM');
    await first.exit;
    const after = (await start().ready).services;
    for (const name of departments) expect(after[name]?.url).toBe(before[name]?.url);
  });

  test('refuses a second launcher on its home, unharmed', async () => {
    const hub = await start().ready;
    const second = start();
    expect(await second.exit).toBe(1);
    expect(second.output()).toContain(`already running on ${home()} (process ${hub.pid})`);
    expect(readHub(homeAt(home())).pid).toBe(hub.pid);
  });

  test('says which port is taken and what to do', async () => {
    const other = createServer().listen(port, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const one = start();
    const code = await one.exit;
    await new Promise((resolve) => other.close(resolve));
    expect(code).toBe(1);
    expect(one.output()).toMatch(new RegExp(`^Port ${port} .*LINLI_PORT=\\d+\\.\n$`));
  });

  test('stops as a whole when a service cannot start, and shows why', async () => {
    const one = start({ PROGRAMS: '{"education":"failing-service.mjs"}' });
    expect(await one.exit).toBe(1);
    expect(one.output()).toContain('education could not start: The register of streets is not there.');
    expect(postgresOf(home()).filter(isAlive)).toEqual([]);
  });

  test('can be stopped while a service still seeds', async () => {
    const one = start({ PROGRAMS: '{"housing":"slow-service.mjs"}' });
    await until(() => one.output().includes('housing: seeding residents 1,000 / 20,000'));
    const pids = postgresOf(home());
    one.process.kill('SIGHUP');
    expect(await one.exit).toBe(0);
    expect(await survivors(pids)).toEqual([]);
  });

  test('says in one line, without the password, that DATABASE_URL does not answer', async () => {
    const one = start({ DATABASE_URL: 'postgresql://linli:topsecret@127.0.0.1:1/postgres' });
    expect(await one.exit).toBe(1);
    expect(one.output()).toContain('127.0.0.1:1 named by DATABASE_URL cannot be used');
    expect(one.output()).not.toContain('topsecret');
  });
});

describe('a running hub', () => {
  test('takes a department down and up again on request, the others undisturbed', async () => {
    const hub = await start().ready;
    await want(homeAt(home()), 'health', 'stopped');
    const down = readHub(homeAt(home())).services;
    expect(down['health']).toEqual({ state: 'stopped', url: hub.services['health']!.url });
    expect(isAlive(hub.services['health']!.pid!)).toBe(false);
    expect(down['housing']).toEqual(hub.services['housing']);
    await want(homeAt(home()), 'health', 'started');
    expect((await environmentOf(readHub(homeAt(home())), 'health'))['PORT']).toBe(
      new URL(hub.services['health']!.url!).port,
    );
    await expect(want(homeAt(home()), 'gateway', 'stopped')).rejects.toThrow('There is no service "gateway"');
  });

  test('starts a service again that died, and PostgreSQL too', async () => {
    const one = start();
    const hub = await one.ready;
    signal(hub.services['education']!.pid!, 'SIGKILL');
    await until(() => one.output().includes('education: running at'));
    const now = readHub(homeAt(home())).services['education'];
    expect(now?.url).toBe(hub.services['education']!.url);
    expect(now?.pid).not.toBe(hub.services['education']!.pid);

    const [postgres] = postgresOf(home());
    signal(postgres!, 'SIGKILL');
    await until(() => one.output().includes('postgres: running again'));
    expect(postgresOf(home()).filter(isAlive)).toHaveLength(1);
  });

  test('whose launcher was killed leaves no service, and the next start mends the rest', async () => {
    const one = start();
    await one.ready;
    const pids = processesOf(home());
    const [postgres] = postgresOf(home());
    one.process.kill('SIGKILL');
    await one.exit;
    expect(await survivors(pids.filter((pid) => pid !== postgres))).toEqual([]);
    await start().ready;
    expect(isAlive(postgres!)).toBe(false);
  });

  test('of which every process was killed starts again', async () => {
    const one = start();
    await one.ready;
    for (const pid of processesOf(home())) signal(pid, 'SIGKILL');
    await one.exit;
    const hub = await start().ready;
    expect((await fetch(hub.url)).ok).toBe(true);
  });

  test('ends with the program that started it', async () => {
    const one = start();
    await one.ready;
    const pids = processesOf(home());
    one.process.disconnect();
    expect(await one.exit).toBe(0);
    expect(await survivors(pids)).toEqual([]);
  });
});
