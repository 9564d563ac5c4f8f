import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestHub } from '../support/hub.js';
import { startTestHub } from '../support/hub.js';
import type { Service } from '../support/service.js';
import { settingsFor, startService } from '../support/service.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

const started: Service[] = [];
afterAll(() => started.forEach(({ child }) => child.kill('SIGKILL')));

function start(env: Record<string, string> = {}, args?: readonly string[]): Service {
  const service = startService({ ...settingsFor(hub), LINLI_WORKERS: '3', ...env }, args);
  started.push(service);
  return service;
}

async function eventually<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const pidsOf = (service: Service): number[] =>
  service
    .logged()
    .filter(({ msg }) => msg === 'worker ready')
    .map(({ pid }) => Number(pid));

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

const allGone = (pids: readonly number[]) => eventually(() => (pids.every(isGone) ? true : undefined));

// Each request on a connection of its own, so that all workers get some.
function ask(url: string, query = '{ communities { name } }'): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ query }),
  });
}

async function workersOf(url: string): Promise<unknown> {
  const response = await fetch(`${url}/health`, { headers: { connection: 'close' } });
  return ((await response.json()) as { workers?: unknown }).workers;
}

const allAlive = (url: string, of: number) =>
  eventually(async () => {
    const workers = await workersOf(url);
    return JSON.stringify(workers) === JSON.stringify({ alive: of, of }) ? true : undefined;
  });

test('several workers answer on one port, and say how many they are', async () => {
  const service = start();
  const { url } = await service.ready;
  // Ready means all of them.
  const pids = pidsOf(service);
  expect(new Set(pids).size).toBe(3);
  expect(pids).not.toContain(service.child.pid);
  await allAlive(url, 3);
  const answers = await Promise.all(Array.from({ length: 12 }, () => ask(url)));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
  expect(service.messages).toEqual([{ type: 'ready', url }]);
  service.child.kill('SIGTERM');
  expect((await service.exit).code).toBe(0);
  expect(pids.every(isGone)).toBe(true);
});

test('a worker that dies is replaced, and the others go on', async () => {
  const service = start();
  const { url } = await service.ready;
  const [victim = 0] = pidsOf(service);
  process.kill(victim, 'SIGKILL');
  await allGone([victim]);
  for (let i = 0; i < 6; i++) expect((await ask(url)).status).toBe(200);
  await eventually(() => (pidsOf(service).length === 4 ? true : undefined));
  await allAlive(url, 3);
  expect(service.logged()).toContainEqual(
    expect.objectContaining({ level: 'error', msg: 'a worker died and is replaced', pid: victim, signal: 'SIGKILL' }),
  );
  service.child.kill('SIGTERM');
  expect((await service.exit).code).toBe(0);
});

test('all workers finish what they have begun when the whole is asked to end', async () => {
  const service = start({}, ['--workers', '2']);
  const { url } = await service.ready;
  const pids = pidsOf(service);
  expect(pids).toHaveLength(2);
  const released: (() => void)[] = [];
  hub.civilAffairs.fault = (_, response) =>
    void released.push(() =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"community":null}}'),
    );
  const answers = ['1', '2', '3', '4'].map((code) => ask(url, `{ community(code: "${code}") { name } }`));
  await eventually(() => (released.length === 4 ? true : undefined));
  service.child.kill('SIGTERM');
  await eventually(() => (service.logged().filter(({ msg }) => msg === 'stopping').length === 3 ? true : undefined));
  released.forEach((release) => release());
  hub.civilAffairs.fault = undefined;
  for (const answer of answers) {
    const response = await answer;
    expect(response.headers.get('connection')).toBe('close');
    expect(await response.json()).toEqual({ data: { community: null } });
  }
  expect((await service.exit).code).toBe(0);
  expect(pids.every(isGone)).toBe(true);
});

test('every worker follows when the persisted operations are other ones', async () => {
  const operations = `${hub.supergraph}.operations.json`;
  await writeFile(operations, JSON.stringify({ old: '{ communities { name } }' }));
  const service = start({ LINLI_OPERATIONS: operations, LINLI_PERSISTED_OPERATIONS: 'only' });
  const { url } = await service.ready;
  await writeFile(operations, JSON.stringify({ new: '{ communities { code } }' }));
  service.child.kill('SIGHUP');
  const served = () => service.logged().filter(({ msg }) => msg === 'serving other persisted operations');
  await eventually(() => (served().length === 3 ? true : undefined));
  expect(new Set(served().map(({ worker }) => worker)).size).toBe(3);
  const statusOf = async (documentId: string) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        connection: 'close',
      },
      body: JSON.stringify({ documentId }),
    });
    return response.status;
  };
  for (let i = 0; i < 9; i++) expect([await statusOf('new'), await statusOf('old')]).toEqual([200, 404]);
  service.child.kill('SIGTERM');
  expect((await service.exit).code).toBe(0);
});

test('no worker outlives a launcher that is gone', async () => {
  const service = start();
  await service.ready;
  const pids = pidsOf(service);
  service.child.disconnect();
  expect((await service.exit).code).toBe(0);
  expect(pids.every(isGone)).toBe(true);
});

test('no worker outlives a primary that was killed', async () => {
  const service = start();
  await service.ready;
  const pids = pidsOf(service);
  service.child.kill('SIGKILL');
  await service.exit;
  await allGone(pids);
});

test('what keeps the first worker from starting is told in one line, and ends the whole', async () => {
  const { exit, messages } = start({ LINLI_SUPERGRAPH: 'none.graphql' });
  const { code, lines } = await exit;
  expect(code).toBe(1);
  expect(lines).toEqual([
    expect.objectContaining({ level: 'error', msg: expect.stringMatching(/^The supergraph file none\.graphql/) }),
  ]);
  expect(messages).toEqual([]);
});

test.each([
  [{ LINLI_WORKERS: '0' }, [], /LINLI_WORKERS must be a number of processes, 1 to 128, or auto/],
  [{}, ['--workers', 'many'], /LINLI_WORKERS must be a number/],
  [{}, ['--threads', '2'], /^Bad flag: the only one is --workers N/],
])('%j with the flags %j is refused', async (env, args, message) => {
  const { exit } = start(env, args);
  const { code, lines } = await exit;
  expect(code).toBe(1);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.['msg']).toMatch(message);
});
