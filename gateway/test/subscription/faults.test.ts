import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { City } from './support/city.js';
import { startCity } from './support/city.js';
import { listenOverHttp } from './support/clients.js';
import { until } from './support/topic.js';

let city: City;
beforeAll(async () => {
  city = await startCity({ subgraphTimeoutMs: 300, maxSubgraphResponseBytes: 10_000 });
});
afterAll(() => city.close());
afterEach(async () => {
  city.civilAffairs.intercept = undefined;
  await until(() => city.incidents.listeners === 0 && city.civilAffairs.sockets.size === 0);
});

const incidents = 'subscription { incidents { text } }';

/** What a client hears when the department answers the request for events like this. */
async function heardOf(answer: (response: ServerResponse) => void) {
  city.civilAffairs.intercept = (_, response) => answer(response);
  const { responses, end } = await listenOverHttp(city.url, 'subscription { broken { text } }');
  expect(await end).toBe('complete');
  return responses.map(({ data, errors }) => ({ data, ...(errors && { code: errors[0]?.extensions['code'] }) }));
}

const stream = (response: ServerResponse, ...events: string[]) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) response.write(`event: next\ndata: ${event}\n\n`);
  return response;
};
const good = JSON.stringify({ data: { broken: { text: 'x' } } });
const asExpected = { data: { broken: { text: 'x' } } };
const lost = (code: string) => ({ data: null, code });

describe('a department that, asked for events,', () => {
  test('does not answer', async () => {
    expect(await heardOf(() => undefined)).toEqual([lost('SUBGRAPH_TIMEOUT')]);
  });

  test.each([401, 403, 500, 503])('answers with status %d', async (status) => {
    expect(await heardOf((response) => response.writeHead(status).end())).toEqual([lost('SUBGRAPH_BAD_RESPONSE')]);
  });

  test('breaks the connection', async () => {
    expect(await heardOf((response) => response.destroy())).toEqual([lost('SUBGRAPH_UNAVAILABLE')]);
  });

  test('ends its stream without completing it', async () => {
    expect(await heardOf((response) => stream(response, good).end())).toEqual([
      asExpected,
      lost('SUBGRAPH_UNAVAILABLE'),
    ]);
  });

  test('sends an event that never ends', async () => {
    const endless = (response: ServerResponse) => {
      stream(response, good).write('event: next\ndata: ');
      const pour = (): void => {
        while (!response.destroyed && response.write('x'.repeat(4000)));
        response.once('drain', pour);
      };
      pour();
    };
    expect(await heardOf(endless)).toEqual([asExpected, lost('SUBGRAPH_BAD_RESPONSE')]);
  });

  test('sends what is no response, and goes on', async () => {
    const heard = await heardOf((response) =>
      stream(response, '<html>', '[]', '{"data":"no"}', good).end('event: complete\ndata:\n\n'),
    );
    expect(heard).toEqual([...Array.from({ length: 3 }, () => lost('SUBGRAPH_BAD_RESPONSE')), asExpected]);
  });
});

test('clients that come and go leave nothing behind', async () => {
  const coming = async () => {
    const heard = await listenOverHttp(city.url, incidents);
    heard.leave();
    await heard.end;
  };
  for (let round = 0; round < 20; round++) await Promise.all(Array.from({ length: 20 }, coming));
  await until(() => city.incidents.listeners === 0 && city.civilAffairs.sockets.size === 0);
  expect(city.logged.filter(({ msg }) => msg === 'a subscription failed')).toEqual([]);
});
