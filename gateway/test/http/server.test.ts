import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startGateway } from '../../src/gateway.js';
import type { TestHub } from '../support/hub.js';
import { startTestHub } from '../support/hub.js';
import { faults } from '../support/subgraph.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({
    corsOrigins: ['https://city.example'],
    timeouts: { headersMs: 300, requestMs: 600 },
  });
});
afterAll(() => hub.close());

const json = { 'content-type': 'application/json' };
const hello = JSON.stringify({ query: '{ __typename }' });

/** Writes to a socket, piece by piece as the server waits, and reads all that comes back until it is closed. */
function talk(...pieces: string[]): Promise<string> {
  const { port } = new URL(hub.url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), '127.0.0.1', () => pieces.forEach((piece) => socket.write(piece)));
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}

describe('a client that is slow', () => {
  test('with its headers is told so and cut off', async () => {
    const answer = await talk('POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-');
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('"code":"REQUEST_TIMEOUT"');
  });

  test('with its body is told so and cut off', async () => {
    const answer = await talk(
      'POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"query":',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('did not come in time');
  });
});

test('a body that is announced as too large is refused before it is sent', async () => {
  const answer = await talk(
    'POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: 9000000\r\n' +
      'Expect: 100-continue\r\nConnection: close\r\n\r\n',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).not.toContain('100 Continue');
});

test('a client that asks first is told to go on', async () => {
  const answer = await talk(
    `POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: ${hello.length}\r\n` +
      `Expect: 100-continue\r\nConnection: close\r\n\r\n`,
    hello,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
});

test('an endless body is cut off', async () => {
  const { port } = new URL(hub.url);
  const sent = await new Promise<number>((resolve) => {
    let bytes = 0;
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(
        'POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
      );
      const pour = (): void => {
        do bytes += chunk.length;
        while (!socket.destroyed && socket.write(chunk));
        socket.once('drain', pour);
      };
      pour();
    });
    socket.resume();
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(bytes));
  });
  expect(sent).toBeLessThan(64 * 1024 * 1024);
  expect((await fetch(`${hub.url}/health`)).status).toBe(200);
});

describe('pages of other origins', () => {
  const preflight = (origin: string) =>
    fetch(`${hub.url}/graphql`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });

  test('may ask where they are allowed to', async () => {
    const response = await preflight('https://city.example');
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://city.example');
    expect(response.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    const answer = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { ...json, origin: 'https://city.example' },
      body: hello,
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://city.example');
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  test('are told nothing where not', async () => {
    const response = await preflight('https://other.example');
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('may read errors too, where they are allowed to ask', async () => {
    const answer = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { ...json, origin: 'https://city.example', authorization: 'Bearer x' },
      body: hello,
    });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://city.example');
  });

  test('of a browser get an answer to GET only with a preflight', async () => {
    const get = (headers: Record<string, string>) =>
      fetch(`${hub.url}/graphql?query=%7B__typename%7D`, { headers: { 'sec-fetch-site': 'cross-site', ...headers } });
    // The fetch of Node sets Sec-Fetch-Mode alone, as a program that is no browser does.
    expect((await get({})).status).toBe(403);
    expect((await get({ 'linli-require-preflight': '1' })).status).toBe(200);
    expect((await get({ origin: 'https://city.example' })).status).toBe(200);
    expect((await get({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });
});

test('a mutation by GET is refused with 405', async () => {
  const token = await hub.issuer.token();
  const query = encodeURIComponent('mutation { rename(code: "1", name: "x") { code } }');
  const response = await fetch(`${hub.url}/graphql?query=${query}`, { headers: { authorization: `Bearer ${token}` } });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('POST');
});

test('a mutation by POST is run', async () => {
  const token = await hub.issuer.token();
  const { body } = await hub.query('mutation { rename(code: "1", name: "新") { code name } }', { token });
  expect(body).toEqual({ data: { rename: { code: '1', name: '新' } } });
});

test('answers tell browsers to keep nothing, guess nothing and frame nothing', async () => {
  const { headers } = await hub.query('{ __typename }');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
});

describe('/health', () => {
  const health = async () => {
    // The answer before is repeated for half a second.
    await new Promise((resolve) => setTimeout(resolve, 550));
    const response = await fetch(`${hub.url}/health`);
    return { status: response.status, body: (await response.json()) as Record<string, Record<string, unknown>> };
  };

  test('is 200 when every department can answer', async () => {
    expect(await health()).toEqual({
      status: 200,
      body: {
        status: 'up',
        departments: {
          'civil-affairs': { status: 'up', title: '民政', circuit: 'closed', ms: expect.any(Number) as unknown },
          health: { status: 'up', title: '卫健', circuit: 'closed', ms: expect.any(Number) as unknown },
        },
        supergraph: expect.objectContaining({ hash: expect.any(String) as unknown }) as unknown,
        operations: expect.objectContaining({ count: 0 }) as unknown,
      },
    });
  });

  test.each([
    ['hang', 'no answer in time'],
    ['reset', 'cannot be reached'],
    ['error500', 'HTTP status 500'],
  ] as const)('is 503 and says which cannot, when one has the fault "%s"', async (fault, detail) => {
    hub.health.fault = faults[fault];
    const { status, body } = await health();
    hub.health.fault = undefined;
    expect(status).toBe(503);
    expect(body).toMatchObject({
      status: 'degraded',
      departments: { 'civil-affairs': { status: 'up' }, health: { status: 'down', title: '卫健', detail } },
    });
    expect((await health()).status).toBe(200);
  });
});

test('a port in use is told in one line', async () => {
  const port = Number(new URL(hub.url).port);
  await expect(
    startGateway({ insecure: true, supergraph: hub.supergraph, port, log: () => undefined }),
  ).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use by another program. Stop it, or choose another port.`);
});

test('closing lets a request in flight finish', async () => {
  const own = await startTestHub();
  let release: () => void = () => undefined;
  const seen = new Promise<void>((arrived) => {
    own.health.fault = (_, response) => {
      arrived();
      release = () => response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"clinics":[]}}');
    };
  });
  const answer = own.query('{ clinics { name } }');
  await seen;
  const closed = own.gateway.close();
  release();
  expect((await answer).body).toEqual({ data: { clinics: [] } });
  await closed;
  await expect(fetch(`${own.url}/health`)).rejects.toThrow('fetch failed');
  await own.close();
});
