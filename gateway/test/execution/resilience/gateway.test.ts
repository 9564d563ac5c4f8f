import { afterEach, expect, test } from '@jest/globals';
import type { RawHub } from '../../support/raw-hub.js';
import { shakyBody, startRawHub } from '../../support/raw-hub.js';
import { json, until } from '../../support/raw-server.js';

let hub: RawHub;
afterEach(() => hub.close());

test('all fetches of a request end with the time of the request', async () => {
  hub = await startRawHub({ subgraphTimeoutMs: 60_000, requestTimeoutMs: 200 });
  hub.shaky.answer = () => undefined;
  const { data, errors } = await hub.query('{ beta items { id price } }');
  expect(data).toMatchObject({ beta: null, items: [{ price: null }, { price: null }] });
  expect(new Set(errors?.map(({ extensions }) => extensions['code']))).toEqual(new Set(['SUBGRAPH_TIMEOUT']));
});

test('a subgraph may have a time of its own', async () => {
  hub = await startRawHub({ subgraphTimeoutMs: 60_000, subgraphTimeoutsMs: { shaky: 100 } });
  hub.shaky.answer = () => undefined;
  const { errors } = await hub.query('{ beta }');
  expect(errors?.[0]?.message).toMatch('Subgraph shaky did not answer in 100 ms');
});

test('a time for a subgraph that is not there keeps the gateway from starting', async () => {
  hub = await startRawHub();
  await expect(startRawHub({ subgraphTimeoutsMs: { shakey: 100 } })).rejects.toThrow(
    'LINLI_SUBGRAPH_TIMEOUTS_MS names shakey, which the supergraph does not have.',
  );
});

test('a fetch for more entities than the limit is not sent, and says what to do', async () => {
  hub = await startRawHub({ maxEntitiesPerFetch: 1 });
  const { data, errors } = await hub.query('{ items { id price } }');
  expect(data).toMatchObject({ items: [{ price: null }, { price: null }] });
  expect(errors).toEqual([
    {
      message:
        'Subgraph shaky was not asked: the operation needs 2 of its objects at once, and 1 are the limit. ' +
        'Ask for fewer at a time, as with a smaller page; its fields are null.',
      path: ['items', 0, 'price'],
      extensions: { code: 'ENTITY_LIMIT_EXCEEDED', service: 'shaky', entities: 2 },
    },
  ]);
  expect(hub.shaky.requests).toBe(0);
});

test('a client that leaves takes its fetches along, and the subgraph sees it', async () => {
  hub = await startRawHub({ subgraphTimeoutMs: 20_000 });
  hub.shaky.answer = () => undefined;
  const client = new AbortController();
  const left = hub.query('{ beta items { id } }', client.signal);
  await until(() => hub.shaky.requests === 1);
  client.abort();
  await expect(left).rejects.toThrow('aborted');
  await until(() => hub.shaky.closed === 1);
  expect(hub.logged.filter(({ level }) => level === 'warn')).toHaveLength(1);
});

test('a subgraph that fails repeatedly is not asked, which its health tells, and is back with one answer', async () => {
  hub = await startRawHub({ circuit: { failuresInARow: 3, openMs: 60_000 } });
  const health = async () => {
    const response = await fetch(`${hub.gateway.url}/health`);
    return ((await response.json()) as { departments: Record<string, unknown> }).departments['shaky'];
  };
  hub.shaky.answer = (socket) => void socket.write(json('{}', 'HTTP/1.1 500 Oh'));
  for (let i = 0; i < 3; i++) await hub.query('{ beta }');
  const asked = hub.shaky.requests;
  const { data, errors } = await hub.query('{ beta items { id } }');
  expect(hub.shaky.requests).toBe(asked);
  expect(data).toEqual({ beta: null, items: [{ id: '1' }, { id: '2' }] });
  expect(errors).toEqual([
    {
      message: expect.stringMatching(
        /^Subgraph shaky is not asked for the moment, since it failed repeatedly/,
      ) as unknown,
      path: ['beta'],
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'shaky' },
    },
  ]);
  expect(await health()).toMatchObject({ status: 'down', circuit: 'open' });
  expect(hub.logged.map(({ msg }) => msg)).toContain('the circuit to a department is open');

  hub.heal();
  // The health is remembered for a moment; asking until it is up again lets the circuit be tried.
  let state = await health();
  while ((state as { status: string }).status !== 'up') state = await health();
  expect(await hub.query('{ beta }')).toEqual({ data: { beta: 'b' } });
  expect(hub.logged.map(({ msg }) => msg)).toContain('the circuit to a department is closed');
});

test.each([
  [true, 1],
  [false, 3],
])('with sharing %s, three clients with the same query send it %i times', async (shareInFlight, times) => {
  hub = await startRawHub({ subgraphTimeoutMs: 20_000, shareInFlight });
  const waiting: (() => void)[] = [];
  hub.shaky.answer = (socket, request) => void waiting.push(() => socket.write(json(shakyBody(request))));
  hub.steady.answer = (socket) => void socket.write(json('{"data":{"items":[]}}'));
  // Each asks the other subgraph something of its own: when it is asked three times, all three are under way.
  const queries = ['{ beta items { id } }', '{ beta items { name } }', '{ beta items { id name } }'];
  const answers = queries.map((query) => hub.query(query));
  await until(() => hub.steady.requests === 3 && waiting.length >= times);
  for (const answer of waiting) answer();
  expect((await Promise.all(answers)).map(({ data }) => data)).toEqual(queries.map(() => ({ beta: 'b', items: [] })));
  expect(hub.shaky.requests).toBe(times);
});

test('a mutation is sent once, whatever comes back', async () => {
  hub = await startRawHub();
  hub.shaky.answer = (socket) => socket.resetAndDestroy();
  const { errors } = await hub.query('mutation { change }');
  expect(errors?.[0]).toMatchObject({ path: ['change'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });
  expect(hub.shaky.requests).toBe(1);
});
