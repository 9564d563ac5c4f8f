import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { JWTPayload } from 'jose';
import { WebSocket } from 'ws';
import type { City } from './support/city.js';
import { startCity } from './support/city.js';
import { listen, listenOverHttp, webSocketClient } from './support/clients.js';
import { until } from './support/topic.js';

let city: City;
afterEach(() => city.close());

const visits = 'subscription { visits { resident } }';
const incidents = 'subscription { incidents { text } }';

describe('the token', () => {
  /** A good token; with `exp` four seconds ago it is good for one second more, by the skew that clocks are given. */
  const ending = (): JWTPayload => ({ exp: Math.floor(Date.now() / 1000) - 3 });
  const expired = {
    data: null,
    errors: [
      {
        message: 'The access token was refused: it has expired, sign in again',
        extensions: { code: 'UNAUTHENTICATED', reason: 'expired' },
      },
    ],
  };

  test('ends an event stream when it ends', async () => {
    city = await startCity();
    const { responses, end } = await listenOverHttp(city.url, visits, { token: await city.issuer.token(ending()) });
    await until(() => city.visits.listeners === 1);
    city.visits.publish({ resident: '张建国' });
    expect(await end).toBe('complete');
    expect(responses).toEqual([{ data: { visits: { resident: '张建国' } } }, expired]);
    await until(() => city.visits.listeners === 0);
  });

  test('ends all operations of a WebSocket, and then the WebSocket', async () => {
    city = await startCity();
    const closed: unknown[] = [];
    const client = webSocketClient(city.url, {
      connectionParams: async () => ({ authorization: `Bearer ${await city.issuer.token(ending())}` }),
      lazyCloseTimeout: 500,
      on: { closed: (event) => closed.push(event) },
    });
    const heard = [listen(client, visits), listen(client, visits)];
    await until(() => city.visits.listeners === 2);
    await Promise.all(heard.map(({ end }) => end));
    expect(heard.map(({ responses }) => responses)).toEqual([[expired], [expired]]);
    await until(() => closed.length === 1);
    expect(closed[0]).toMatchObject({ code: 4403, reason: 'The access token has expired, sign in again' });
    await until(() => city.visits.listeners === 0);
  });

  test('may come in the headers of the handshake, and says who asks', async () => {
    city = await startCity();
    const headers = { authorization: `Bearer ${await city.issuer.token()}` };
    class WithHeaders extends WebSocket {
      constructor(url: string, protocols: string) {
        super(url, protocols, { headers });
      }
    }
    const heard = listen(webSocketClient(city.url, { webSocketImpl: WithHeaders }), visits);
    await until(() => city.visits.listeners === 1);
    expect(city.civilAffairs.subjects.at(-1)).toMatchObject({
      roles: expect.arrayContaining(['social-worker']) as unknown,
    });
    heard.leave();
  });

  test('that is bad closes a WebSocket and says why, never what', async () => {
    city = await startCity();
    const token = await city.issuer.token({ aud: 'other' });
    const { end } = listen(
      webSocketClient(city.url, { connectionParams: { authorization: `Bearer ${token}` } }),
      visits,
    );
    expect(await end).toMatchObject({
      code: 4403,
      reason: 'The access token was refused: it is not meant for this gateway (aud)',
    });
    expect(JSON.stringify(city.logged)).not.toContain(token.slice(-20));
  });

  test('that cannot be verified now asks to try again later', async () => {
    city = await startCity();
    const token = await city.issuer.token();
    await city.issuer.close();
    const { end } = listen(
      webSocketClient(city.url, { connectionParams: { authorization: `Bearer ${token}` } }),
      visits,
    );
    expect(await end).toMatchObject({
      code: 1013,
      reason: expect.stringMatching(/^The token cannot be verified/) as unknown,
    });
  });
});

test('closing the gateway ends every stream with a word on it', async () => {
  city = await startCity();
  const overHttp = await listenOverHttp(city.url, incidents);
  const closed: unknown[] = [];
  const client = webSocketClient(city.url, { lazyCloseTimeout: 500, on: { closed: (event) => closed.push(event) } });
  const overWebSocket = listen(client, incidents);
  await until(() => city.incidents.listeners === 2);
  await city.gateway.close();
  for (const { responses, end } of [overHttp, overWebSocket]) {
    expect(await end).toBe('complete');
    expect(responses).toMatchObject([{ data: null, errors: [{ extensions: { code: 'GATEWAY_CLOSING' } }] }]);
  }
  await until(() => closed.length === 1);
  expect(closed[0]).toMatchObject({ code: 1001, reason: 'The gateway is closing' });
  await until(() => city.incidents.listeners === 0);
});

describe('a client that does not read is cut off, and others are not kept waiting', () => {
  const request = JSON.stringify({ query: incidents });
  const head = 'POST /graphql HTTP/1.1\r\nHost: hub\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\n';
  const bufferedBytes = 100_000;
  const large = { text: 'x'.repeat(50_000) };

  /** Publishes while anybody but the good client listens. */
  async function flood(): Promise<number> {
    let published = 0;
    while (city.incidents.listeners > 1) {
      city.incidents.publish({ ...city.incident(String(++published)), ...large });
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return published;
  }

  test('over an event stream', async () => {
    city = await startCity({ subscriptions: { bufferedBytes } });
    const good = await listenOverHttp(city.url, incidents);
    const { hostname, port } = new URL(city.url);
    const slow = await new Promise<Socket>((resolve) => {
      const socket = connect(Number(port), hostname, () => resolve(socket));
    });
    slow.pause();
    slow.write(`${head}Content-Length: ${request.length}\r\n\r\n${request}`);
    await until(() => city.incidents.listeners === 2);
    const published = await flood();
    await until(() => good.responses.length === published);
    expect(city.logged).toContainEqual(expect.objectContaining({ msg: 'a client that reads too slowly was cut off' }));
    good.leave();
    slow.destroy();
  });

  test('over a WebSocket', async () => {
    city = await startCity({ subscriptions: { bufferedBytes } });
    const good = await listenOverHttp(city.url, incidents);
    let slow: WebSocket | undefined;
    const client = webSocketClient(city.url, { on: { opened: (socket) => (slow = socket as WebSocket) } });
    listen(client, incidents);
    await until(() => city.incidents.listeners === 2);
    slow!.pause();
    const published = await flood();
    await until(() => good.responses.length === published);
    expect(city.logged).toContainEqual(expect.objectContaining({ msg: 'a client that reads too slowly was cut off' }));
    good.leave();
    slow!.terminate();
  });
});

test('a client that answers no ping is cut off', async () => {
  city = await startCity({ subscriptions: { heartbeatMs: 50 } });
  class Silent extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, protocols, { autoPong: false });
    }
  }
  const good = listen(webSocketClient(city.url), incidents);
  const silent = listen(webSocketClient(city.url, { webSocketImpl: Silent }), incidents);
  expect(await silent.end).toMatchObject({ code: 1006 });
  await until(() => city.incidents.listeners === 1);
  good.leave();
  expect(await good.end).toBe('complete');
});

test('a department that floods is slowed down, and every event arrives', async () => {
  city = await startCity();
  city.civilAffairs.speaks = new Set(['websocket']);
  const { responses, end } = await listenOverHttp(city.url, 'subscription { incidents { id place { clinics } } }');
  await until(() => city.incidents.listeners === 1);
  for (let i = 0; i < 500; i++) city.incidents.publish(city.incident(String(i)));
  city.incidents.complete();
  expect(await end).toBe('complete');
  expect(responses.map(({ data }) => data?.['incidents'].id as string)).toEqual(
    Array.from({ length: 500 }, (_, i) => String(i)),
  );
});
