import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { badTokens } from '../support/bad-tokens.js';
import type { TestHub } from '../support/hub.js';
import { startTestHub } from '../support/hub.js';
import { checkMalformed, malformedRequests } from '../support/malformed.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

test('1,000 malformed requests each get the right status and a clear message, and the gateway stays healthy', async () => {
  const requests = malformedRequests({
    count: 1000,
    seed: 20221219,
    badTokens: Object.values(await badTokens(hub.issuer)),
  });
  expect(requests.length).toBeGreaterThanOrEqual(1000);
  const problems: string[] = [];
  const waiting = [...requests];
  const worker = async () => {
    for (let request = waiting.pop(); request; request = waiting.pop()) {
      problems.push(...(await checkMalformed(hub.url, request)));
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  expect(problems).toEqual([]);

  expect((await fetch(`${hub.url}/health`)).status).toBe(200);
  const { status, body } = await hub.query('{ communities { code clinics { name } } }');
  expect(status).toBe(200);
  expect(body.errors).toBeUndefined();
  expect(body.data?.['communities']).toHaveLength(2);
  expect(hub.logged.filter(({ level }) => level === 'error')).toEqual([]);
}, 120_000);
