import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { City } from './support/city.js';
import { startCity } from './support/city.js';
import { listenOverHttp } from './support/clients.js';
import { until } from './support/topic.js';

const openMs = 300;
const incidents = 'subscription { incidents { text } }';
let city: City;
let asked: number;

beforeEach(async () => {
  asked = 0;
  city = await startCity({ subgraphTimeoutMs: 300, circuit: { failuresInARow: 3, openMs } });
});
afterEach(() => city.close());

/** Has the department answer everything with a status, and counts. */
function answerWith(status: number): void {
  city.civilAffairs.intercept = (_, response) => {
    asked += 1;
    response.writeHead(status).end();
  };
}

async function messageOf(query = incidents): Promise<string | undefined> {
  const { responses, end } = await listenOverHttp(city.url, query);
  await end;
  return responses[0]?.errors?.[0]?.message;
}

async function circuit(): Promise<string | undefined> {
  const health = (await (await fetch(`${city.url}/health`)).json()) as {
    departments: Record<string, { circuit: string }>;
  };
  return health.departments['civil-affairs']?.circuit;
}

async function queryMessage(): Promise<string | undefined> {
  const response = await fetch(`${city.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ today }"}',
  });
  return ((await response.json()) as { errors?: { message: string }[] }).errors?.[0]?.message;
}

test('subscriptions that fail to open open the circuit, for queries too, and one that opens closes it', async () => {
  answerWith(503);
  for (let i = 0; i < 3; i++) expect(await messageOf()).toContain('answered with HTTP status 503');
  expect(asked).toBe(3);
  expect(await messageOf()).toContain('is not asked for the moment');
  expect(await queryMessage()).toContain('is not asked for the moment');
  expect(asked).toBe(3);
  expect(city.logged.filter(({ msg }) => msg === 'the circuit to a department is open')).toHaveLength(1);

  city.civilAffairs.intercept = undefined;
  await new Promise((resolve) => setTimeout(resolve, openMs));
  const heard = await listenOverHttp(city.url, incidents);
  await until(() => city.incidents.listeners === 1);
  expect(await circuit()).toBe('closed');
  expect(await queryMessage()).toBeUndefined();
  heard.leave();
  await heard.end;
});

test('queries that fail keep subscriptions from being asked for', async () => {
  answerWith(503);
  for (let i = 0; i < 3; i++) await queryMessage();
  const before = asked;
  expect(await messageOf()).toContain('is not asked for the moment');
  expect(asked).toBe(before);
});

test('a department that declines is not one that fails', async () => {
  const { speaks } = city.civilAffairs;
  city.civilAffairs.speaks = new Set();
  for (const status of [401, 403, 404, 429]) {
    answerWith(status);
    for (let i = 0; i < 3; i++) await messageOf();
  }
  expect(await circuit()).toBe('closed');
  city.civilAffairs.intercept = undefined;
  city.civilAffairs.speaks = speaks;
  expect(await messageOf('subscription { broken { text } }')).toBe('The street office is closed.');
});

test('a client that leaves while a stream is opened says nothing of the department, and frees the probe', async () => {
  answerWith(503);
  for (let i = 0; i < 3; i++) await messageOf();
  let reached = 0;
  city.civilAffairs.intercept = () => void (reached += 1);
  await new Promise((resolve) => setTimeout(resolve, openMs));
  const leaving = new AbortController();
  const asking = fetch(`${city.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: incidents }),
    signal: leaving.signal,
  });
  const left = asking.then((response) => response.text()).catch(() => undefined);
  await until(() => reached === 1);
  leaving.abort();
  await left;
  await until(() => city.civilAffairs.sockets.size === 0);
  city.civilAffairs.intercept = undefined;
  expect(await queryMessage()).toBeUndefined();
});
