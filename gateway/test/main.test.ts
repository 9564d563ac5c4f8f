import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestHub } from './support/hub.js';
import { startTestHub } from './support/hub.js';
import { program, settingsFor, startService as start } from './support/service.js';

let hub: TestHub;
let good: Record<string, string>;
beforeAll(async () => {
  hub = await startTestHub();
  good = settingsFor(hub);
});
afterAll(() => hub.close());

test.each(['SIGTERM', 'SIGINT'] as const)('says when it is ready, answers, and exits with 0 on %s', async (signal) => {
  const { child, ready, exit } = start(good);
  const { type, url } = await ready;
  expect(type).toBe('ready');
  expect((await fetch(`${url}/health`)).status).toBe(200);
  child.kill(signal);
  const { code, lines } = await exit;
  expect(code).toBe(0);
  expect(lines.slice(0, 2)).toMatchObject([
    { level: 'warn', service: 'gateway', msg: expect.stringMatching(/LINLI_DISCLOSURES_URL/) as unknown },
    { level: 'info', service: 'gateway', msg: 'ready', url },
  ]);
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
