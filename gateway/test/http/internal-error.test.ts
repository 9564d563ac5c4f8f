import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { anonymous } from '@linli/schema/subject';
import { CrossSite } from '../../src/http/cross-site.js';
import type { HttpServer } from '../../src/http/server.js';
import { listen } from '../../src/http/server.js';
import { defaultTimeouts } from '../../src/http/timeouts.js';
import { defaultSubscriptionLimits } from '../../src/subscription/limits.js';
import { Streams } from '../../src/subscription/streams.js';

const logged: string[] = [];
let server: HttpServer;

beforeAll(async () => {
  server = await listen({
    host: '127.0.0.1',
    port: 0,
    service: {
      authenticate: async () => ({ subject: anonymous, declaration: {} }),
      resolve: ({ query }) => ({ document: query!, operationName: null, variables: null }),
      async answer() {
        await new Promise((resolve) => setTimeout(resolve, 20));
        throw new TypeError('the phone number 13812345678 is not a function');
      },
      stream: () => Promise.reject(new TypeError('no')),
    },
    health: () => Promise.reject(new Error('not asked')),
    explorer: async () => undefined,
    crossSite: new CrossSite([]),
    timeouts: defaultTimeouts,
    streams: new Streams(
      defaultSubscriptionLimits,
      () => undefined,
      () => undefined,
    ),
    compression: false,
    log: (level, message) => void logged.push(`${level} ${message}`),
  });
});
afterAll(() => server.close(0));

test('a fault of the gateway itself, long after the request was read, is answered and logged, without its words', async () => {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ __typename }' }),
  });
  expect(response.status).toBe(500);
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
  expect(text).not.toContain('13812345678');
  expect(logged).toEqual(['error a request failed']);
});
