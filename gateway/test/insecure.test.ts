import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { startGateway } from '../src/gateway.js';
import type { RunningGateway } from '../src/gateway.js';
import { createLog } from '../src/telemetry/log.js';
import type { TestHub } from './support/hub.js';
import { startTestHub } from './support/hub.js';
import { Subgraph } from './support/subgraph.js';

let hub: TestHub;
let foreign: Subgraph;
let gateway: RunningGateway;
const logged: string[] = [];
const mode = process.env['NODE_ENV'];

beforeAll(async () => {
  hub = await startTestHub();
  // A foreign subgraph asks for no assertion and has no /health.
  foreign = new Subgraph('civil-affairs', hub.civilAffairs.sdl, hub.civilAffairs.schema, undefined);
  await foreign.listen();
  gateway = await startGateway({
    insecure: true,
    supergraph: hub.supergraph,
    subgraphUrls: { 'civil-affairs': foreign.url },
    port: 0,
    log: createLog('gateway', (line) => logged.push(line)),
  });
});
afterEach(() => {
  process.env['NODE_ENV'] = mode;
});
afterAll(async () => {
  await Promise.all([gateway.close(), foreign.close()]);
  await hub.close();
});

async function query(text: string): Promise<unknown> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: 'Bearer whatever',
      'linli-purpose': 'service-handling',
    },
    body: JSON.stringify({ query: text }),
  });
  return response.json();
}

test('answers everything to everybody, and says so loudly', async () => {
  expect(await query('{ residents { name } }')).toEqual({ data: { residents: [{ name: '张建国' }] } });
  expect(logged[0]).toContain('INSECURE: no identity, no policy.');
});

test('sends no assertion and no token', () => {
  const sent = foreign.headers.flatMap((headers) => Object.keys(headers));
  expect(sent).toContain('content-type');
  expect(sent).not.toContain('linli-assertion');
  expect(sent).not.toContain('authorization');
});

test("shows a subgraph's developer the message of an unexpected error", async () => {
  expect(await query('{ broken }')).toMatchObject({
    errors: [{ message: 'connect ECONNREFUSED 10.1.2.3:5432', extensions: { service: 'civil-affairs' } }],
  });
});

test('asks for the health of foreign subgraphs by a query', async () => {
  await hub.health.close();
  const response = await fetch(`${gateway.url}/health`);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({
    departments: { 'civil-affairs': { status: 'up' }, health: { status: 'down', detail: 'cannot be reached' } },
  });
});

test('does not run in production', async () => {
  process.env['NODE_ENV'] = 'production';
  await expect(startGateway({ insecure: true, supergraph: hub.supergraph, port: 0 })).rejects.toThrow(
    /does not run with NODE_ENV=production/,
  );
});
