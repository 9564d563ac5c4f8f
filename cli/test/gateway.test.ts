import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { supergraphFile } from '@linli/schema/files';

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'linli-cli-gateway-'));
const supergraph = join(folder, 'supergraph.graphql');

/** Requests to the department that wait for their answer. */
const waiting: ServerResponse[] = [];
const department = createServer((_, response) => void waiting.push(response));
const started: ChildProcess[] = [];

beforeAll(async () => {
  await once(department.listen(0, '127.0.0.1'), 'listening');
  const { port } = department.address() as AddressInfo;
  const text = readFileSync(supergraphFile, 'utf8');
  writeFileSync(
    supergraph,
    text.replace(/(name: "civil-affairs", url: )"[^"]*"/, `$1"http://127.0.0.1:${port}/graphql"`),
  );
});

afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  department.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A `linli gateway` that runs, and what it has said so far. */
function start(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(
    process.execPath,
    [program, 'gateway', '--supergraph', supergraph, '--port', '0', '--insecure-no-policy', ...args],
    { env: { PATH: process.env['PATH'], ...env } },
  );
  started.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const logged = () =>
    said.err
      .split('\n')
      .slice(0, -1)
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const workers = () => logged().flatMap(({ msg, pid }) => (msg === 'worker ready' ? [Number(pid)] : []));
  const url = () => eventually(() => /http:\S+(?=\/graphql)/.exec(said.out)?.[0]);
  return { child, said, logged, workers, url, exit: once(child, 'close') };
}

async function eventually<T>(look: () => T | undefined | false): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

test('several workers answer on one port, one that dies is replaced, and all drain when told to end', async () => {
  const gateway = start(['--workers', '2']);
  const url = await gateway.url();
  const [victim = 0] = gateway.workers();
  expect(gateway.workers()).toHaveLength(2);
  expect(gateway.workers()).not.toContain(gateway.child.pid);

  process.kill(victim, 'SIGKILL');
  await eventually(() => gateway.workers().length === 3);
  expect(gateway.logged()).toContainEqual(
    expect.objectContaining({ msg: 'a worker died and is replaced', pid: victim }),
  );

  const answers = ['1', '2', '3'].map((code) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'close' },
      body: JSON.stringify({ query: `{ community(code: "${code}") { name } }` }),
    }),
  );
  await eventually(() => waiting.length === 3);
  gateway.child.kill('SIGTERM');
  await eventually(() => gateway.logged().filter(({ msg }) => msg === 'stopping').length === 3);
  for (const response of waiting.splice(0)) {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"community":null}}');
  }
  for (const answer of answers) expect(await (await answer).json()).toEqual({ data: { community: null } });
  expect(await gateway.exit).toEqual([0, null]);
  expect(gateway.workers().every(isGone)).toBe(true);
  expect(gateway.said.out.match(/Gateway over/g)).toHaveLength(1);
});

test('LINLI_WORKERS is what counts where the flag is absent', async () => {
  const gateway = start([], { LINLI_WORKERS: '2' });
  await gateway.url();
  expect(gateway.workers()).toHaveLength(2);
  gateway.child.kill('SIGTERM');
  expect(await gateway.exit).toEqual([0, null]);
});

test('one process answers by itself where nothing is said', async () => {
  const gateway = start([], { LINLI_WORKERS: '' });
  await gateway.url();
  expect(gateway.workers()).toEqual([]);
  gateway.child.kill('SIGTERM');
  expect(await gateway.exit).toEqual([0, null]);
});

test('what keeps the first worker from starting is told once', async () => {
  const gateway = start(['--workers', '3', '--supergraph', join(folder, 'none.graphql')]);
  expect(await gateway.exit).toEqual([1, null]);
  expect(gateway.said.err.match(/does not exist/g)).toHaveLength(1);
  expect(gateway.said.out).toBe('');
});

test.each([[['--workers', '0']], [['--workers', 'many']], [['--workers', '129']]])('%j is refused', async (args) => {
  const gateway = start(args);
  expect(await gateway.exit).toEqual([1, null]);
  expect(gateway.said.err).toBe('linli: --workers (LINLI_WORKERS) must be a number of processes, 1 to 128, or auto.\n');
});
