import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Service } from '../../src/launcher/service.js';
import type { ServiceEvents, ServiceState } from '../../src/launcher/service.js';
import { choosePort } from '../../src/postgres/ports.js';
import { isAlive, signal } from '../../src/postgres/process.js';

jest.setTimeout(60_000);

let folder: string;
const started: Service[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-service-'));
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((service) => service.stop()));
  rmSync(folder, { recursive: true, force: true });
});

async function make(program: string, env: Record<string, string> = {}, events: ServiceEvents = {}): Promise<Service> {
  const service = new Service(
    {
      name: 'registry',
      entry: fileURLToPath(new URL(`../support/${program}`, import.meta.url)),
      env: { PATH: process.env['PATH'] ?? '', HOST: '127.0.0.1', PORT: String(await choosePort()), ...env },
      log: join(folder, 'registry.log'),
    },
    events,
  );
  started.push(service);
  return service;
}

/** Events of a service, each awaited by name. */
function watch(): { events: ServiceEvents; until: (what: ServiceState | 'died' | 'progress') => Promise<string> } {
  const waiting = new Map<string, (text: string) => void>();
  const tell = (what: string, text = '') => waiting.get(what)?.(text);
  return {
    events: {
      changed: ({ state }) => tell(state),
      died: (_service, reason) => tell('died', reason),
      progress: (_service, { text, done, total }) => tell('progress', `${text} ${done}/${total}`),
    },
    until: (what) => new Promise((resolve) => waiting.set(what, resolve)),
  };
}

async function answer(service: Service): Promise<{ pid: number; env: Record<string, string> }> {
  return (await fetch(service.url!)).json() as Promise<{ pid: number; env: Record<string, string> }>;
}

describe('a service', () => {
  test('is ready when it says so, and knows no more of our environment than it was given', async () => {
    process.env['LINLI_TEST_SECRET'] = 'for the launcher alone';
    const service = await make('service.mjs', { DATABASE_URL: 'its own' });
    await service.start();
    expect(service.state).toBe('ready');
    const { pid, env } = await answer(service);
    expect(pid).toBe(service.pid);
    expect(env['DATABASE_URL']).toBe('its own');
    expect(env['LINLI_TEST_SECRET']).toBeUndefined();
    delete process.env['LINLI_TEST_SECRET'];
  });

  test('that dies is started again on its port', async () => {
    const { events, until } = watch();
    const service = await make('service.mjs', {}, events);
    await service.start();
    const first = service.pid!;
    const url = service.url;
    const [died, back] = [until('died'), until('ready')];
    signal(first, 'SIGKILL');
    expect(await died).toContain('SIGKILL');
    await back;
    expect(service.url).toBe(url);
    expect((await answer(service)).pid).not.toBe(first);
  });

  test('that fails at its very first start is not tried again; its last words are told', async () => {
    const service = await make('failing-service.mjs');
    await expect(service.start()).rejects.toThrow(
      /^registry could not start: The register of streets is not there\. \(its log: .*registry\.log\)$/,
    );
    expect(service.state).toBe('stopped');
  });

  test('that was not built is told apart from one that fails', async () => {
    const service = await make('no-such-service.mjs');
    await expect(service.start()).rejects.toThrow('is not there; run npm run build');
  });

  test('is gone after stop, also one that ignores SIGTERM', async () => {
    const polite = await make('service.mjs');
    const deaf = await make('service.mjs', { BEHAVIOUR: 'deaf' });
    await Promise.all([polite.start(), deaf.start()]);
    const pids = [polite.pid!, deaf.pid!];
    await Promise.all([polite.stop(), deaf.stop()]);
    expect(pids.map(isAlive)).toEqual([false, false]);
    expect([polite.state, deaf.state]).toEqual(['stopped', 'stopped']);
  });

  test('can be stopped while it still starts, and tells its progress meanwhile', async () => {
    const { events, until } = watch();
    const service = await make('service.mjs', { BEHAVIOUR: 'slow' }, events);
    const progress = until('progress');
    const start = service.start();
    expect(await progress).toBe('seeding 1/2');
    await service.stop();
    await start;
    expect(service.state).toBe('stopped');
  });

  test('stopped on purpose stays down until it is resumed', async () => {
    const { events, until } = watch();
    const service = await make('service.mjs', {}, events);
    await service.start();
    await service.stop();
    expect(service.pid).toBeUndefined();
    const back = until('ready');
    service.resume();
    await back;
    expect((await answer(service)).pid).toBe(service.pid);
  });

  test('appends to its log, and a large one is set aside at the start', async () => {
    const service = await make('failing-service.mjs');
    writeFileSync(service.spec.log, 'x'.repeat(9 * 1024 * 1024));
    await expect(service.start()).rejects.toThrow('register of streets');
    expect(readFileSync(service.spec.log, 'utf8')).toMatch(/^\{.*streets.*\}\n$/);
    expect(readFileSync(`${service.spec.log}.1`).length).toBe(9 * 1024 * 1024);
  });
});
