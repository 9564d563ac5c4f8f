import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { WebSocket, type ClientOptions } from 'ws';
import type { City } from './support/city.js';
import { startCity } from './support/city.js';
import { listen, webSocketClient } from './support/clients.js';
import { until } from './support/topic.js';

let city: City;
beforeAll(async () => {
  city = await startCity({
    corsOrigins: ['https://city.example'],
    subscriptions: { connections: 3, operationsPerConnection: 2, messageBytes: 2000, initialisationMs: 200 },
  });
});
afterAll(() => city.close());

const open: WebSocket[] = [];
afterEach(async () => {
  open.splice(0).forEach((socket) => socket.terminate());
  await until(() => city.incidents.listeners === 0);
});

/** A client that says what the test wants, whether the protocol allows it or not. */
class Talker {
  readonly received: Record<string, any>[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;

  constructor(readonly socket: WebSocket) {
    open.push(socket);
    socket.on('message', (data) => this.received.push(JSON.parse((data as Buffer).toString()) as Record<string, any>));
    this.closed = new Promise((resolve) =>
      socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    );
  }

  static async start(options: ClientOptions = {}): Promise<Talker> {
    const talker = new Talker(
      new WebSocket(`${city.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', options),
    );
    await new Promise((resolve, reject) => {
      talker.socket.on('open', resolve);
      talker.socket.on('error', reject);
    });
    return talker;
  }

  /** Connected and introduced. */
  static async introduced(payload?: Record<string, unknown>): Promise<Talker> {
    const talker = await Talker.start();
    talker.say({ type: 'connection_init', ...(payload && { payload }) });
    await until(() => talker.received.length === 1);
    expect(talker.received.splice(0)).toEqual([{ type: 'connection_ack' }]);
    return talker;
  }

  say(...messages: unknown[]): void {
    for (const message of messages) this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id: string, query = 'subscription { incidents { id } }'): void {
    this.say({ type: 'subscribe', id, payload: { query } });
  }
}

/** The status and the error code that a handshake is refused with. */
function refusedWith(
  protocols: string | undefined,
  options: ClientOptions = {},
  path = '/graphql',
): Promise<{ status: number | undefined; code: unknown }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${city.url.replace('http', 'ws')}${path}`, protocols ?? [], options);
    open.push(socket);
    socket.on('open', () => reject(new Error('it was let in')));
    socket.on('error', reject);
    socket.on('unexpected-response', (_, response) => {
      let body = '';
      response.on('data', (chunk) => (body += String(chunk)));
      response.on('end', () => {
        socket.removeAllListeners('error').on('error', () => undefined);
        const { errors } = JSON.parse(body) as { errors: { extensions: { code: unknown } }[] };
        resolve({ status: response.statusCode, code: errors[0]?.extensions.code });
      });
    });
  });
}

describe('a handshake is refused', () => {
  const protocol = 'graphql-transport-ws';

  test('at another path', async () => {
    expect(await refusedWith(protocol, {}, '/news')).toEqual({ status: 404, code: 'NOT_FOUND' });
  });

  test('without the protocol, or with the one before it', async () => {
    expect(await refusedWith(undefined)).toEqual({ status: 400, code: 'BAD_REQUEST' });
    expect(await refusedWith('graphql-ws')).toEqual({ status: 400, code: 'BAD_REQUEST' });
  });

  test('to pages of other sites, unless they are allowed', async () => {
    expect(await refusedWith(protocol, { origin: 'https://other.example' })).toEqual({
      status: 403,
      code: 'CROSS_SITE_REQUEST_REFUSED',
    });
    expect(await refusedWith(protocol, { origin: 'null' })).toMatchObject({ status: 403 });
    await Talker.start({ origin: 'https://city.example' });
    await Talker.start({ origin: city.url });
  });

  test('when as many are open as may be', async () => {
    await Promise.all([Talker.start(), Talker.start(), Talker.start()]);
    expect(await refusedWith(protocol)).toEqual({ status: 503, code: 'TOO_MANY_SUBSCRIPTIONS' });
  });
});

test('an offer of another protocol than WebSocket is declined, and the request answered as it is', async () => {
  const { hostname, port } = new URL(city.url);
  const body = JSON.stringify({ query: '{ today }' });
  const head = (connection: string, more: string) =>
    `POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n` +
    `Connection: ${connection}\r\n${more}\r\n`;
  const answers = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(head('Upgrade, HTTP2-Settings', 'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n') + body);
    });
    socket.on('data', (chunk) => {
      text += chunk.toString();
      // The connection goes on to serve.
      if (text.split('"quiet"').length === 2) socket.write(head('close', '') + body);
    });
    socket.on('close', () => resolve(text));
  });
  expect(answers.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
  expect(answers.match(/\{"data":\{"today":"quiet"\}\}/g)).toHaveLength(2);
});

describe('a client that breaks the protocol is told by the close code', () => {
  test.each([
    ['no JSON', '{', 4400],
    ['no message', { type: 'hello' }, 4400],
    ['a message of servers', { type: 'connection_ack' }, 4400],
    ['an operation before it is introduced', { type: 'subscribe', id: '1', payload: { query: '{ today }' } }, 4401],
    ['an authorization that is no text', { type: 'connection_init', payload: { authorization: 1 } }, 4400],
  ])('%s', async (_, message, code) => {
    const talker = await Talker.start();
    talker.say(message);
    expect((await talker.closed).code).toBe(code);
  });

  test('bytes that are no text', async () => {
    const talker = await Talker.start();
    talker.socket.send(Buffer.from('{"type":"ping"}'), { binary: true });
    expect((await talker.closed).code).toBe(4400);
  });

  test('silence', async () => {
    const talker = await Talker.start();
    expect(await talker.closed).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
  });

  test('two introductions', async () => {
    const talker = await Talker.introduced();
    talker.say({ type: 'connection_init' });
    expect((await talker.closed).code).toBe(4429);
  });

  test('two operations of one id', async () => {
    const talker = await Talker.introduced();
    talker.subscribe('a');
    talker.subscribe('a');
    expect(await talker.closed).toEqual({ code: 4409, reason: 'Subscriber for a already exists' });
  });

  test('a message over the limit', async () => {
    const talker = await Talker.introduced();
    talker.subscribe('a', `{ today } # ${'x'.repeat(2000)}`);
    expect((await talker.closed).code).toBe(1009);
  });
});

test('pings are answered with what they hold', async () => {
  const talker = await Talker.introduced();
  talker.say({ type: 'ping', payload: { n: 1 } }, { type: 'ping' }, { type: 'pong' });
  await until(() => talker.received.length === 2);
  expect(talker.received).toEqual([{ type: 'pong', payload: { n: 1 } }, { type: 'pong' }]);
});

test('an operation that is refused does not take the connection with it', async () => {
  const talker = await Talker.introduced();
  const operations = {
    syntax: '{',
    unknown: '{ nothing }',
    secret: 'subscription { visits { resident } }',
    fine: '{ today }',
  };
  for (const [id, query] of Object.entries(operations)) {
    talker.subscribe(id, query);
    await until(() => talker.received.some((it) => it['id'] === id && it['type'] !== 'next'));
  }
  const code = (id: string) => talker.received.find((it) => it['id'] === id && it['type'] === 'error')?.['payload'][0];
  expect(code('syntax')).toMatchObject({ extensions: { code: 'GRAPHQL_PARSE_FAILED' } });
  expect(code('unknown')).toMatchObject({ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
  expect(code('secret')).toMatchObject({ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
  expect(talker.received.filter(({ id }) => id === 'fine')).toEqual([
    { id: 'fine', type: 'next', payload: { data: { today: 'quiet' } } },
    { id: 'fine', type: 'complete' },
  ]);
});

test('queries and mutations are answered too', async () => {
  const client = webSocketClient(city.url, {
    connectionParams: async () => ({ authorization: `Bearer ${await city.issuer.token()}` }),
  });
  const heard = listen(client, 'mutation ($text: String!) { report(text: $text) }', { text: '路灯' });
  expect(await heard.end).toBe('complete');
  expect(heard.responses).toEqual([{ data: { report: '路灯' } }]);
  await client.dispose();
});

test('more operations than a connection may run are refused, until one is over', async () => {
  const talker = await Talker.introduced();
  for (const id of ['a', 'b', 'c']) talker.subscribe(id);
  await until(() => talker.received.length === 1 && city.incidents.listeners === 2);
  expect(talker.received.splice(0)).toMatchObject([
    { id: 'c', type: 'error', payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }] },
  ]);
  talker.say({ type: 'complete', id: 'a' });
  talker.subscribe('c');
  talker.subscribe('b2', '{ today }');
  await until(() => city.incidents.listeners === 2 && talker.received.length === 1);
  city.incidents.publish(city.incident('1'));
  await until(() => talker.received.length === 3);
  expect(
    talker.received
      .slice(1)
      .map(({ id }) => id as string)
      .sort(),
  ).toEqual(['b', 'c']);
});

test('an id may be used again at once after its operation is given up', async () => {
  const talker = await Talker.introduced();
  talker.subscribe('a');
  await until(() => city.incidents.listeners === 1);
  talker.say({ type: 'complete', id: 'a' });
  talker.subscribe('a', '{ today }');
  await until(() => talker.received.length === 2);
  expect(talker.received[0]).toMatchObject({ id: 'a', payload: { data: { today: 'quiet' } } });
});

test('a connection that breaks takes all its streams along', async () => {
  const talker = await Talker.introduced();
  talker.subscribe('a');
  talker.subscribe('b');
  await until(() => city.incidents.listeners === 2);
  talker.socket.terminate();
  await until(() => city.incidents.listeners === 0);
  expect(city.logged.filter(({ level }) => level === 'error')).toEqual([]);
});
