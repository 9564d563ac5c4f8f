import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { anonymous } from '@linli/schema/subject';
import type { City } from './support/city.js';
import { startCity } from './support/city.js';
import { listen, listenOverHttp, webSocketClient, type Heard } from './support/clients.js';
import { until } from './support/topic.js';

let city: City;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.close());

const query = 'subscription { news: incidents { what: text place { clinics(open: true) } } }';

/** The same subscription by each way a client can ask. */
const clients = {
  'a WebSocket': async (text: string): Promise<Heard> => {
    const client = webSocketClient(city.url);
    const heard = listen(client, text);
    return { ...heard, leave: () => (heard.leave(), void client.dispose()) };
  },
  'an event stream': (text: string): Promise<Heard> => listenOverHttp(city.url, text),
};
const protocols = [
  ['sse', 'a WebSocket'],
  ['sse', 'an event stream'],
  ['websocket', 'a WebSocket'],
  ['websocket', 'an event stream'],
] as const;

describe.each(protocols)('a department that speaks %s, a client with %s', (protocol, way) => {
  const subscribe = clients[way];

  beforeEach(async () => {
    await until(() => city.incidents.listeners === 0);
    city.civilAffairs.speaks = new Set([protocol]);
    city.civilAffairs.asked.length = 0;
    city.civilAffairs.subjects.length = 0;
  });

  test('events come in their order, with what other departments know, under the names of the client', async () => {
    const { responses, end } = await subscribe(query);
    await until(() => city.incidents.listeners === 1);
    city.incidents.publish(city.incident('1', '440303001001'));
    city.incidents.publish(city.incident('2', '440303001002'));
    city.incidents.complete();
    expect(await end).toBe('complete');
    expect(responses).toEqual([
      { data: { news: { what: 'incident 1', place: { clinics: ['社康 440303001001'] } } } },
      { data: { news: { what: 'incident 2', place: { clinics: ['社康 440303001002'] } } } },
    ]);
    expect(city.civilAffairs.asked).toEqual([protocol]);
    expect(city.civilAffairs.subjects.at(-1)).toEqual(anonymous);
  });

  test('a client that leaves ends the stream of the department', async () => {
    const heard = await subscribe(query);
    await until(() => city.incidents.listeners === 1);
    heard.leave();
    await until(() => city.incidents.listeners === 0);
  });

  test('a department that breaks off ends the subscription with a word on it', async () => {
    const { responses, end } = await subscribe(query);
    await until(() => city.incidents.listeners === 1);
    city.civilAffairs.die();
    expect(await end).toBe('complete');
    expect(responses).toEqual([
      {
        data: null,
        errors: [
          {
            message:
              'The department 民政 (civil-affairs) broke off its stream; the subscription has ended. Subscribe again.',
            extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'civil-affairs' },
          },
        ],
      },
    ]);
    await until(() => city.incidents.listeners === 0);
  });

  test('another department that fails leaves its part null, and the stream goes on', async () => {
    const { responses, end } = await subscribe(query);
    await until(() => city.incidents.listeners === 1);
    city.health.intercept = (request) => request.socket.destroy();
    city.incidents.publish(city.incident('1'));
    await until(() => responses.length === 1);
    city.health.intercept = undefined;
    city.incidents.publish(city.incident('2'));
    city.incidents.complete();
    await end;
    expect(responses).toMatchObject([
      {
        data: { news: { what: 'incident 1', place: { clinics: null } } },
        errors: [
          { path: ['news', 'place', 'clinics'], extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'health' } },
        ],
      },
      { data: { news: { what: 'incident 2', place: { clinics: ['社康 440303001001'] } } } },
    ]);
  });

  test('an event with a null where none may be is carried up, and the stream goes on', async () => {
    const { responses, end } = await subscribe('subscription { incidents { id text } }');
    await until(() => city.incidents.listeners === 1);
    city.incidents.publish({ ...city.incident('1'), text: null });
    city.incidents.publish(city.incident('2'));
    city.incidents.complete();
    await end;
    expect(responses).toMatchObject([
      { data: null, errors: [{ path: ['incidents', 'text'], extensions: { service: 'civil-affairs' } }] },
      { data: { incidents: { id: '2', text: 'incident 2' } } },
    ]);
  });

  test('what the department says to a subscription that it refuses comes to the client', async () => {
    const { responses, end } = await subscribe('subscription { broken { id } }');
    expect(await end).toBe('complete');
    expect(responses).toEqual([
      {
        data: null,
        errors: [
          {
            message: 'The street office is closed.',
            path: ['broken'],
            extensions: { code: 'CLOSED', service: 'civil-affairs' },
          },
        ],
      },
    ]);
  });

  test('a subscription whose root field is skipped is told that it selects nothing', async () => {
    const { responses } = await subscribe('subscription { incidents @skip(if: true) { id } }');
    await until(() => responses.length === 1);
    expect(responses[0]?.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });
});

test('variables reach the department as declared, defaults filled in', async () => {
  const client = webSocketClient(city.url);
  const heard = listen(
    client,
    'subscription ($place: ID = "440303", $unused: Boolean = true) { incidents(place: $place) { id @include(if: $unused) } }',
    {},
  );
  await until(() => city.incidents.listeners === 1);
  expect(city.civilAffairs.bodies.at(-1)).toEqual({
    query: expect.stringContaining('incidents(place: $place)') as unknown,
    variables: { place: '440303' },
  });
  heard.leave();
  await until(() => city.incidents.listeners === 0);
});

test('the protocol of a department is found out once, and again when it changes', async () => {
  const ask = async () => {
    const heard = await listenOverHttp(city.url, 'subscription { incidents { id } }');
    await until(() => city.incidents.listeners === 1);
    heard.leave();
    await until(() => city.incidents.listeners === 0);
  };
  const before = city.civilAffairs.sockets;
  city.civilAffairs.speaks = new Set(['websocket']);
  city.civilAffairs.asked.length = 0;
  await ask();
  city.civilAffairs.intercept = (_, response) => {
    city.civilAffairs.asked.push('http');
    response.writeHead(404).end();
  };
  await ask();
  expect(city.civilAffairs.asked).toEqual(['websocket', 'websocket']);
  city.civilAffairs.intercept = undefined;
  city.civilAffairs.speaks = new Set(['sse']);
  await ask();
  expect(city.civilAffairs.asked).toEqual(['websocket', 'websocket', 'sse']);
  await until(() => before.size === 0);
});

test('a department that serves no subscriptions is told by its name', async () => {
  city.civilAffairs.speaks = new Set();
  city.civilAffairs.intercept = (_, response) => response.writeHead(404).end();
  const { responses, end } = await listenOverHttp(city.url, query);
  await end;
  city.civilAffairs.intercept = undefined;
  expect(responses[0]?.errors?.[0]).toEqual({
    message:
      'The department 民政 (civil-affairs) serves no subscriptions; the subscription has ended. Subscribe again.',
    extensions: { code: 'SUBGRAPH_BAD_RESPONSE', service: 'civil-affairs' },
  });
});
