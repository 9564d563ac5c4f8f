import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { GatewayOptions } from '../../src/gateway.js';
import { startGateway } from '../../src/gateway.js';
import type { GraphQLBody, TestHub } from '../support/hub.js';
import { startTestHub } from '../support/hub.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const names = '# Names of communities\nquery Names { communities { name } }\n';
const one = 'query One($code: ID!) { community(code: $code) { name } }';
const other = '{ communities { code } }';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linli-operations-'));
  await writeFile(join(folder, 'names.graphql'), names);
  await writeFile(join(folder, 'one.graphql'), one);
});
afterAll(() => rm(folder, { recursive: true }));

const hubs: TestHub[] = [];
async function hubWith(options: Partial<GatewayOptions>): Promise<TestHub> {
  const hub = await startTestHub(options as never);
  hubs.push(hub);
  return hub;
}
afterAll(async () => {
  await Promise.all(hubs.map((hub) => hub.close()));
});

interface Answered {
  status: number;
  body: GraphQLBody;
  code: unknown;
}

async function post(hub: TestHub, parameters: Record<string, unknown>, accept?: string): Promise<Answered> {
  const response = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: accept ?? 'application/graphql-response+json' },
    body: JSON.stringify(parameters),
  });
  return read(response);
}

async function get(hub: TestHub, parameters: Record<string, string>): Promise<Answered> {
  const search = new URLSearchParams(parameters).toString();
  return read(
    await fetch(`${hub.url}/graphql?${search}`, { headers: { accept: 'application/graphql-response+json' } }),
  );
}

async function read(response: Response): Promise<Answered> {
  const body = (await response.json()) as GraphQLBody;
  return { status: response.status, body, code: body.errors?.[0]?.extensions['code'] };
}

const hashed = (text: string, hash = sha256(text)) => ({ persistedQuery: { version: 1, sha256Hash: hash } });
const allNames = { data: { communities: [{ name: '大塘龙社区' }, { name: '人民桥社区' }] } };

describe('automatic persisted queries', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await hubWith({});
  });

  test('are asked for, registered, and asked for again, as their protocol says', async () => {
    const first = await post(hub, { extensions: hashed(names) });
    expect(first).toMatchObject({ status: 404, code: 'PERSISTED_QUERY_NOT_FOUND' });
    expect(first.body.errors?.[0]?.message).toBe('PersistedQueryNotFound');
    expect(await post(hub, { query: names, extensions: hashed(names) })).toMatchObject({ status: 200, body: allNames });
    expect(await post(hub, { extensions: hashed(names) })).toMatchObject({ status: 200, body: allNames });
    expect(await post(hub, { query: '', extensions: hashed(names) })).toMatchObject({ status: 200, body: allNames });
  });

  test('work by GET as well, and take variables', async () => {
    const extensions = JSON.stringify(hashed(one));
    const variables = '{"code":"440303001001"}';
    expect(await get(hub, { extensions, variables })).toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' });
    const found = { status: 200, body: { data: { community: { name: '大塘龙社区' } } } };
    expect(await get(hub, { query: one, extensions, variables })).toMatchObject(found);
    expect(await get(hub, { extensions, variables })).toMatchObject(found);
  });

  test('that are not known are told with 200 to clients of application/json', async () => {
    const answer = await post(hub, { extensions: hashed('{ __typename }') }, 'application/json');
    expect(answer).toMatchObject({ status: 200, code: 'PERSISTED_QUERY_NOT_FOUND' });
  });

  test('are never kept under the hash of another text', async () => {
    const wrong = await post(hub, { query: other, extensions: hashed(other, sha256('{ other }')) });
    expect(wrong).toMatchObject({ status: 400, code: 'PERSISTED_QUERY_HASH_MISMATCH' });
    const after = await post(hub, { extensions: hashed(other, sha256('{ other }')) });
    expect(after.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    // Nor where another text stands under that hash already.
    await post(hub, { query: names, extensions: hashed(names) });
    const stolen = await post(hub, { query: other, extensions: hashed(other, sha256(names)) });
    expect(stolen.code).toBe('PERSISTED_QUERY_HASH_MISMATCH');
    expect(await post(hub, { extensions: hashed(names) })).toMatchObject({ body: allNames });
  });

  test.each([
    ['another version', { version: 2, sha256Hash: sha256(names) }],
    ['no hash', { version: 1 }],
    ['a hash that is none', { version: 1, sha256Hash: '../../etc/passwd' }],
    ['a hash that is no text', { version: 1, sha256Hash: [sha256(names)] }],
    ['text in its place', 'yes'],
  ])('with %s are refused', async (_, persistedQuery) => {
    expect(await post(hub, { extensions: { persistedQuery } })).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  });

  test('obey the policy like any other query', async () => {
    const residents = '{ residents { name } }';
    const hidden = { status: 400, code: 'GRAPHQL_VALIDATION_FAILED' };
    expect(await post(hub, { query: residents, extensions: hashed(residents) })).toMatchObject(hidden);
    expect(await post(hub, { extensions: hashed(residents) })).toMatchObject(hidden);
  });

  test('are said to be off where they are', async () => {
    const off = await hubWith({ persistedQueries: false });
    for (const parameters of [{ extensions: hashed(names) }, { query: names, extensions: hashed(names) }]) {
      const { code, body } = await post(off, parameters);
      expect(code).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
      expect(body.errors?.[0]?.message).toBe('PersistedQueryNotSupported');
    }
  });
});

describe('persisted operations that are allowed', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await hubWith({ operations: folder });
  });

  test.each([
    ['the name of their file', { documentId: 'names' }],
    ['their hash', { documentId: sha256(names) }],
    ['their hash with its prefix', { documentId: `sha256:${sha256(names)}` }],
    ['their hash as an extension', { extensions: hashed(names) }],
  ])('are known by %s', async (_, parameters) => {
    expect(await post(hub, parameters)).toMatchObject({ status: 200, body: allNames });
  });

  test('are known by GET', async () => {
    expect(await get(hub, { documentId: 'one', variables: '{"code":"440303001002"}' })).toMatchObject({
      status: 200,
      body: { data: { community: { name: '人民桥社区' } } },
    });
  });

  test('leave room for other operations', async () => {
    expect((await post(hub, { query: other })).status).toBe(200);
  });

  test('that nobody persisted are told so', async () => {
    for (const documentId of ['none', 'toString', '__proto__', 'sha256:00']) {
      expect(await post(hub, { documentId })).toMatchObject({ status: 404, code: 'PERSISTED_OPERATION_NOT_FOUND' });
    }
  });

  test('are named by an id or written out, never both', async () => {
    expect(await post(hub, { documentId: 'names', query: names })).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(await post(hub, { documentId: 7 })).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  });

  test('are not known where they are off', async () => {
    const off = await hubWith({ operations: folder, persistedOperations: 'off' });
    expect((await post(off, { documentId: 'names' })).code).toBe('PERSISTED_OPERATION_NOT_FOUND');
    expect((await post(off, { query: names })).status).toBe(200);
  });

  test('may stand in one file of JSON', async () => {
    const file = join(folder, 'manifest.json');
    await writeFile(file, JSON.stringify({ 'names-v1': names }));
    const own = await hubWith({ operations: file });
    expect(await post(own, { documentId: 'names-v1' })).toMatchObject({ body: allNames });
    expect(await post(own, { documentId: sha256(names) })).toMatchObject({ body: allNames });
  });
});

describe('where persisted operations alone are served', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await hubWith({ operations: folder, persistedOperations: 'only' });
  });

  test.each([
    ['by id', { documentId: 'names' }],
    ['by hash', { extensions: hashed(names) }],
    ['written out', { query: names }],
    ['written out with their hash', { query: names, extensions: hashed(names) }],
  ])('they are served %s', async (_, parameters) => {
    expect(await post(hub, parameters)).toMatchObject({ status: 200, body: allNames });
  });

  test.each([
    ['another operation', { query: other }],
    ['one of them with another letter', { query: `${names} ` }],
    ['introspection', { query: '{ __schema { queryType { name } } }' }],
    ['an operation to be registered', { query: other, extensions: hashed(other) }],
    ['the hash of another operation', { extensions: hashed(other) }],
  ])('%s is refused', async (_, parameters) => {
    expect(await post(hub, parameters)).toMatchObject({ status: 403, code: 'OPERATION_NOT_PERSISTED' });
  });

  test('a wrong hash beside one of them is refused', async () => {
    const { code } = await post(hub, { query: names, extensions: hashed(names, sha256(other)) });
    expect(code).toBe('PERSISTED_QUERY_HASH_MISMATCH');
  });

  test('a WebSocket is no way around it', async () => {
    const client = createClient({ url: `${hub.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
    const ask = (query: string) =>
      new Promise((resolve) => {
        let answer: unknown;
        client.subscribe({ query }, { next: (it) => (answer = it), error: resolve, complete: () => resolve(answer) });
      });
    expect(await ask(names)).toEqual(allNames);
    expect(await ask(other)).toMatchObject([{ extensions: { code: 'OPERATION_NOT_PERSISTED' } }]);
    await client.dispose();
  });

  test('a gateway that has none does not start', async () => {
    const start = (operations?: string) =>
      startGateway({
        insecure: true,
        port: 0,
        supergraph: hub.supergraph,
        persistedOperations: 'only',
        ...(operations !== undefined && { operations }),
        log: () => undefined,
      });
    await expect(start()).rejects.toThrow(/none are named/);
    await expect(start(join(folder, 'none'))).rejects.toThrow(
      /cannot be read. Name a folder of \*\.graphql files, or a JSON file/,
    );
  });
});
