import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { City } from './support/city.js';
import { startCity } from './support/city.js';
import { listenOverHttp, type HeardOverHttp } from './support/clients.js';
import { until } from './support/topic.js';

let city: City;
beforeAll(async () => {
  city = await startCity({ subscriptions: { connections: 2, heartbeatMs: 30 } });
});
afterAll(() => city.close());

const left: HeardOverHttp[] = [];
afterEach(async () => {
  for (const heard of left.splice(0)) heard.leave();
  await until(() => city.incidents.listeners === 0);
});

const incidents = 'subscription { incidents { id } }';
const both = 'application/graphql-response+json, application/json;q=0.9, text/event-stream';

async function ask(...[query, options]: [string, Parameters<typeof listenOverHttp>[2]?]): Promise<HeardOverHttp> {
  const heard = await listenOverHttp(city.url, query, options);
  left.push(heard);
  return heard;
}

test('a stream says that it is one, and that nothing may keep it', async () => {
  const { status, headers } = await ask(incidents);
  expect(status).toBe(200);
  await until(() => city.incidents.listeners === 1);
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    vary: expect.stringContaining('Accept') as unknown,
  });
});

describe('the answer has the form the client accepts', () => {
  test('events for a subscription, though JSON would do for queries', async () => {
    const { responses, end } = await ask(incidents, { accept: both });
    await until(() => city.incidents.listeners === 1);
    city.incidents.publish(city.incident('1'));
    city.incidents.complete();
    expect(await end).toBe('complete');
    expect(responses).toEqual([{ data: { incidents: { id: '1' } } }]);
  });

  test('JSON for a query, where both would do', async () => {
    expect(await ask('{ today }', { accept: both })).toMatchObject({ status: 200, json: { data: { today: 'quiet' } } });
  });

  test('one event for a query, where nothing else would do', async () => {
    const { responses, end } = await ask('{ today }');
    expect(await end).toBe('complete');
    expect(responses).toEqual([{ data: { today: 'quiet' } }]);
  });

  test.each([
    ['application/graphql-response+json', 406],
    ['application/json', 200],
    ['*/*', 200],
    ['text/event-stream;q=0, */*', 200],
  ])('no subscription for %s', async (accept, status) => {
    const { json, ...answer } = await ask(incidents, { accept });
    expect(answer.status).toBe(status);
    expect(json?.errors?.[0]).toEqual({
      message: 'A subscription is answered with a stream. Send "Accept: text/event-stream", or use a WebSocket.',
      extensions: { code: 'SUBSCRIPTION_NEEDS_STREAM' },
    });
  });

  test('a refusal is no stream: its status tells', async () => {
    expect(await ask('subscription {', {})).toMatchObject({ status: 400 });
    expect(await ask(incidents, { token: 'x' })).toMatchObject({ status: 401 });
    expect(await ask('subscription { visits { resident } }')).toMatchObject({
      status: 400,
      json: { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
    });
  });
});

test('a GET may subscribe, and still change nothing', async () => {
  await ask(incidents, { get: true });
  await until(() => city.incidents.listeners === 1);
  const token = await city.issuer.token();
  expect(await ask('mutation { report(text: "x") }', { get: true, token })).toMatchObject({ status: 405 });
  const crossSite = await fetch(`${city.url}/graphql?query=${encodeURIComponent(incidents)}`, {
    headers: { accept: 'text/event-stream', 'sec-fetch-site': 'cross-site' },
  });
  expect(crossSite.status).toBe(403);
});

test('as many streams are open as may be, and no more', async () => {
  await ask(incidents);
  await ask(incidents);
  const { status, headers, json } = await ask(incidents);
  expect(status).toBe(503);
  expect(headers.get('retry-after')).toBe('5');
  expect(json?.errors?.[0]?.extensions).toEqual({ code: 'TOO_MANY_SUBSCRIPTIONS' });
  left.splice(0, 1)[0]!.leave();
  await until(() => city.incidents.listeners === 1);
  expect((await ask(incidents)).status).toBe(200);
});

test('a stream without events shows that it is alive', async () => {
  const response = await fetch(`${city.url}/graphql`, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify({ query: incidents }),
  });
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.length >= 9) break;
  }
  expect(text).toMatch(/^(:\n\n){3,}$/);
});
