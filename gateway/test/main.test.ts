import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestHub } from './support/hub.js';
import { startTestHub } from './support/hub.js';

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));

let hub: TestHub;
let good: Record<string, string>;
beforeAll(async () => {
  hub = await startTestHub();
  good = {
    PORT: '0',
    LINLI_ISSUER: hub.issuer.url,
    LINLI_ASSERTION_KEY_FILE: hub.assertionKeyFile,
    LINLI_SUPERGRAPH: hub.supergraph,
  };
});
afterAll(() => hub.close());

interface Service {
  child: ChildProcess;
  /** Every message it sends to its launcher, in their order. */
  messages: unknown[];
  ready: Promise<{ type: string; url: string }>;
  exit: Promise<{ code: number | null; lines: Record<string, unknown>[] }>;
}

function start(env: Record<string, string>): Service {
  const child = fork(program, { env: { PATH: process.env['PATH'], ...env }, silent: true, execArgv: [] });
  const messages: unknown[] = [];
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ready = new Promise<{ type: string; url: string }>((resolve) =>
    child.on('message', (message) => {
      messages.push(message);
      resolve(message as { type: string; url: string });
    }),
  );
  const exit = Promise.all([once(child, 'exit'), once(child.stderr as Readable, 'end')]).then(([[code]]) => ({
    code: code as number | null,
    lines: text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  }));
  return { child, messages, ready, exit };
}

test.each(['SIGTERM', 'SIGINT'] as const)('says when it is ready, answers, and exits with 0 on %s', async (signal) => {
  const { child, ready, exit } = start(good);
  const { type, url } = await ready;
  expect(type).toBe('ready');
  expect((await fetch(`${url}/health`)).status).toBe(200);
  child.kill(signal);
  const { code, lines } = await exit;
  expect(code).toBe(0);
  expect(lines[0]).toMatchObject({ level: 'info', service: 'gateway', msg: 'ready', url });
});

test('exits when its launcher is gone', async () => {
  const { child, ready, exit } = start(good);
  await ready;
  child.disconnect();
  expect((await exit).code).toBe(0);
});

test.each([
  ['a bad setting', { PORT: 'x' }, /^Bad setting: PORT must be a port/],
  [
    'a supergraph that is missing',
    { LINLI_SUPERGRAPH: 'none.graphql' },
    /^The supergraph file none\.graphql does not exist/,
  ],
  ['a key that is missing', { LINLI_ASSERTION_KEY_FILE: 'none.json' }, /none\.json cannot be read.*private key/],
  ['a key that is none', { LINLI_ASSERTION_KEY_FILE: program }, /is no such key.*Ed25519/],
])('%s is one clear line and exit code 1', async (_, env, message) => {
  const { exit, messages } = start({ ...good, ...env });
  const { code, lines } = await exit;
  expect(code).toBe(1);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    level: 'error',
    service: 'gateway',
    msg: expect.stringMatching(message) as unknown,
  });
  expect(messages).toEqual([]);
});
