import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { anonymous, type Subject } from '@linli/schema/subject';
import type { Ask } from '../../../src/execution/ask.js';
import type { Question } from '../../../src/execution/in-flight.js';
import { SubgraphClient, type AskOptions, type ClientLimits } from '../../../src/execution/subgraph-client.js';
import type { RawServer } from '../../support/raw-server.js';
import { json, startRawServer, until } from '../../support/raw-server.js';

const text = '{"data":{}}';
const well = (socket: { write(bytes: Buffer): unknown }) => void socket.write(json(text));
const never = Infinity;
const settled = (asks: readonly { answer: Promise<unknown> }[]) => Promise.allSettled(asks.map(({ answer }) => answer));

let server: RawServer;
let client: SubgraphClient;
beforeEach(async () => {
  server = await startRawServer(well);
  client = open();
});
afterEach(async () => {
  client.close();
  await until(() => server.open === 0);
  await server.close();
});

function open(limits: Partial<ClientLimits> = {}, url = server.url): SubgraphClient {
  return new SubgraphClient(
    { name: 'shaky', title: 'shaky', url },
    { timeoutMs: 300, maxResponseBytes: 1000, circuit: { failuresInARow: Infinity, ratio: 2 }, ...limits },
  );
}

function ask(options: Partial<AskOptions> = {}): Ask {
  return client.ask('{"query":"{a}"}', { assertion: undefined, deadline: never, repeatable: true, ...options });
}

describe('a query', () => {
  test('is sent once more when the connection fails before an answer', async () => {
    server.answer = (socket) => (server.requests === 1 ? socket.resetAndDestroy() : well(socket));
    expect((await ask().answer).text).toBe(text);
    expect(server.requests).toBe(2);
  });

  test('is sent once more when the department cannot answer now', async () => {
    server.answer = (socket) => void socket.write(server.requests === 1 ? json('{}', 'HTTP/1.1 503 Busy') : json(text));
    expect((await ask().answer).status).toBe(200);
    expect(server.requests).toBe(2);
  });

  test('is sent twice at the most', async () => {
    server.answer = (socket) => socket.destroy();
    await expect(ask().answer).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(server.requests).toBe(2);
  });

  test.each([
    ['an answer has begun', (socket: { end(text: string): unknown }) => void socket.end('HTTP/1.1 200 OK\r\n')],
    ['it is too late', () => undefined],
  ])('is not sent again when %s', async (_, answer) => {
    server.answer = answer;
    await expect(ask().answer).rejects.toMatchObject({ service: 'shaky' });
    expect(server.requests).toBe(1);
  });
});

test.each(['reset', '503'])('a mutation is never sent again: %s', async (fault) => {
  server.answer = (socket) =>
    fault === 'reset' ? socket.resetAndDestroy() : void socket.write(json('{}', 'HTTP/1.1 503 Busy'));
  await settled([ask({ repeatable: false })]);
  expect(server.requests).toBe(1);
});

describe('the time that is left', () => {
  test('for a request ends a fetch before its own time, and is not held against the department', async () => {
    client.close();
    client = open({ timeoutMs: 60_000, circuit: { failuresInARow: 1 } });
    server.answer = () => undefined;
    await expect(ask({ deadline: performance.now() + 50 }).answer).rejects.toMatchObject({
      code: 'SUBGRAPH_TIMEOUT',
      message: expect.stringMatching('the time that was left for the request') as unknown,
    });
    expect(client.circuit.state).toBe('closed');
  });

  test('covers the wait for a connection: more fetches than connections all end', async () => {
    server.answer = () => undefined;
    const results = await settled(Array.from({ length: 200 }, () => ask()));
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    server.answer = well;
    expect((await ask().answer).text).toBe(text);
    await until(() => server.closed >= 64 && server.open <= 64);
  });
});

test('more fetches than connections are all answered', async () => {
  server.answer = (socket) => void setTimeout(well, 5, socket);
  const results = await settled(Array.from({ length: 500 }, () => ask()));
  expect(results.every(({ status }) => status === 'fulfilled')).toBe(true);
  expect(server.connections).toBeLessThanOrEqual(64);
});

test('many fetches to a department that is not there all end', async () => {
  client.close();
  client = open({ timeoutMs: 10_000 });
  await server.close();
  const results = await settled(Array.from({ length: 300 }, () => ask()));
  expect(results.map((each) => (each.status === 'rejected' ? (each.reason as { code: string }).code : ''))).toEqual(
    Array.from({ length: 300 }, () => 'SUBGRAPH_UNAVAILABLE'),
  );
});

describe('a fetch that is cancelled', () => {
  test('closes its connection at once', async () => {
    client.close();
    client = open({ timeoutMs: 10_000 });
    server.answer = () => undefined;
    const gone = new AbortController();
    const asked = ask({ signal: gone.signal });
    await until(() => server.requests === 1);
    gone.abort();
    await settled([asked]);
    await until(() => server.closed === 1);
    expect(client.circuit.state).toBe('closed');
  });

  test('while it waits for a connection is never sent', async () => {
    client.close();
    client = open({ timeoutMs: 10_000 });
    server.answer = () => undefined;
    const [gone, left] = [new AbortController(), new AbortController()];
    const first = Array.from({ length: 64 }, () => ask({ signal: left.signal }));
    await until(() => server.requests === 64);
    const waiting = ask({ signal: gone.signal });
    gone.abort();
    await settled([waiting]);
    left.abort();
    await settled(first);
    server.answer = well;
    await ask().answer;
    expect(server.requests).toBe(65);
  });
});

describe('the circuit', () => {
  test('refuses at once after repeated failures, and one answered probe closes it', async () => {
    client.close();
    client = open({ circuit: { failuresInARow: 3, openMs: 50 } });
    server.answer = (socket) => void socket.write(json('{}', 'HTTP/1.1 500 Oh'));
    for (let i = 0; i < 3; i++) await ask({ repeatable: false }).answer;
    expect(client.circuit.state).toBe('open');
    const sent = server.requests;
    expect(() => ask()).toThrow(/is not asked for the moment, since it failed repeatedly/);
    expect(server.requests).toBe(sent);
    server.answer = well;
    client.circuit.reconsider();
    await ask().answer;
    expect(client.circuit.state).toBe('closed');
  });
});

describe('the same query', () => {
  const body = '{"query":"{a}"}';
  const other: Subject = { ...anonymous, id: 'other' };
  const staying = new AbortController().signal;
  const shared = (more: Partial<Question> = {}) => {
    const question = { body, subject: anonymous, assertion: undefined, deadline: never, signal: staying, ...more };
    return client.inFlight.ask(question, () => ask({ deadline: question.deadline, signal: question.signal }));
  };

  test('of the same subject under the same assertion is sent once', async () => {
    const results = await settled([shared(), shared(), shared()]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    expect(server.requests).toBe(1);
    await shared().answer;
    expect(server.requests).toBe(2);
  });

  test.each([
    ['another subject', () => shared({ subject: other })],
    ['another assertion', () => shared({ assertion: 'b' })],
    ['an earlier deadline', () => shared({ deadline: performance.now() + 100 })],
    ['another body', () => shared({ body: '{"query":"{b}"}' })],
  ])('is sent again for %s', async (_, second) => {
    await settled([shared(), second()]);
    expect(server.requests).toBe(2);
  });

  test('is sent again when it is long', async () => {
    const long = ' '.repeat(5000);
    await settled([shared({ body: long }), shared({ body: long })]);
    expect(server.requests).toBe(2);
  });

  test('is sent again after a mutation', async () => {
    const before = shared();
    client.inFlight.forget();
    await settled([before, shared()]);
    expect(server.requests).toBe(2);
  });

  test('goes on for the others when one gives up, and ends with the last', async () => {
    client.close();
    client = open({ timeoutMs: 10_000 });
    server.answer = () => undefined;
    const [one, two] = [new AbortController(), new AbortController()];
    const asks = [shared({ signal: one.signal }), shared({ signal: two.signal })];
    await until(() => server.requests === 1);
    one.abort();
    // Longer than it takes to see who left.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.closed).toBe(0);
    two.abort();
    await settled(asks);
    await until(() => server.closed === 1);
  });

  test('that everybody has left is not joined', async () => {
    client.close();
    client = open({ timeoutMs: 10_000 });
    server.answer = () => undefined;
    const gone = new AbortController();
    const first = shared({ signal: gone.signal });
    await until(() => server.requests === 1);
    server.answer = well;
    gone.abort();
    const results = await settled([first, shared()]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });

  test('fails for all of them alike', async () => {
    server.answer = (socket) => socket.destroy();
    const results = await settled([shared(), shared()]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
