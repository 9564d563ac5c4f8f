import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SubgraphClient, type AskOptions } from '../../../src/execution/subgraph-client.js';
import type { RawServer } from '../../support/raw-server.js';
import { json, startRawServer, until } from '../../support/raw-server.js';

const text = '{"data":{"名":"大塘龙社区"}}';
const well = (socket: Socket) => void socket.write(json(text));

let server: RawServer;
let client: SubgraphClient;
let requests: string[];
beforeEach(async () => {
  requests = [];
  server = await startRawServer(well);
  client = new SubgraphClient(
    { name: 'shaky', title: 'shaky', url: `${server.url}?of=itself` },
    { timeoutMs: 10_000, maxResponseBytes: 1_000_000 },
  );
});
afterEach(async () => {
  client.close();
  await until(() => server.open === 0);
  await server.close();
});

/** Once, never again: what a mutation gets. */
const ask = (body = '{}', options: Partial<AskOptions> = {}) =>
  client.ask(body, { assertion: undefined, deadline: Infinity, repeatable: false, ...options }).answer;

test('a request says all that HTTP/1.1 and the hub ask for, and its length in bytes', async () => {
  server.answer = (socket, request) => {
    requests.push(request);
    well(socket);
  };
  await ask('{"query":"{ 名 }"}', { assertion: 'signed' });
  const [head, body = ''] = requests[0]!.split('\r\n\r\n');
  expect(head!.split('\r\n')).toEqual([
    'POST /graphql?of=itself HTTP/1.1',
    `host: ${new URL(server.url).host}`,
    'connection: keep-alive',
    'accept: application/graphql-response+json, application/json;q=0.9',
    'content-type: application/json',
    'linli-assertion: signed',
    'content-length: 19',
  ]);
  expect(Buffer.from(body, 'latin1').toString()).toBe('{"query":"{ 名 }"}');
});

describe('a connection', () => {
  test('is used for one request after the other', async () => {
    for (let i = 0; i < 10; i++) expect((await ask()).text).toBe(text);
    expect(server.connections).toBe(1);
  });

  test.each([
    ['closes it', 'connection: close'],
    ['closes it in a second', 'keep-alive: timeout=1'],
  ])('to a server that says that it %s is not used again', async (_, header) => {
    server.answer = (socket) => void socket.write(json(text, `HTTP/1.1 200 OK\r\n${header}`));
    await ask();
    await ask();
    expect(server.connections).toBe(2);
  });

  test('that the server closed while it was idle is not used again, and no mutation lost', async () => {
    server.answer = (socket) => void socket.write(json(text), () => setTimeout(() => socket.end(), 5));
    for (let i = 1; i <= 3; i++) {
      await ask();
      await until(() => server.closed === i);
    }
    expect(server.requests).toBe(3);
  });

  test('on which something comes unasked is closed', async () => {
    server.answer = (socket) => void socket.write(json(text), () => setTimeout(well, 5, socket));
    await ask();
    await until(() => server.closed === 1);
    server.answer = well;
    expect((await ask()).text).toBe(text);
  });

  test('serves who waits next, when the one before was given up', async () => {
    const gone = new AbortController();
    server.answer = () => undefined;
    const stuck = Array.from({ length: 64 }, () => ask('{}', { signal: gone.signal }).catch(() => 'gone'));
    await until(() => server.requests === 64);
    server.answer = well;
    const waiting = Array.from({ length: 100 }, () => ask());
    gone.abort();
    expect(new Set(await Promise.all(stuck))).toEqual(new Set(['gone']));
    expect((await Promise.all(waiting)).map((answer) => answer.text)).toEqual(waiting.map(() => text));
    expect(server.requests).toBe(164);
  });
});

test('an answer of many packets is read whole', async () => {
  const long = JSON.stringify({ data: '长'.repeat(300_000) });
  server.answer = (socket) => void socket.write(json(long));
  expect((await ask()).text).toBe(long);
});

test('whoever asks after the close is told at once', async () => {
  client.close();
  await expect(ask()).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
  expect(server.requests).toBe(0);
});
