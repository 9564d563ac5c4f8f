import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listen, webSocketClient } from '../subscription/support/clients.js';
import type { City } from './support/city.js';
import { startCity } from './support/city.js';

let city: City;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.close());

/** Ways to write the same forbidden question; to a grid worker names are masked, notes and records are not shown. */
const forms: readonly (readonly [form: string, query: string])[] = [
  ['plainly', '{ resident(id: "r-1") { name note record } }'],
  ['under other names', '{ resident(id: "r-1") { id: note name: record phone: name title: note } }'],
  ['under the name of what is allowed', '{ resident(id: "r-1") { id name: note } }'],
  ['under the names of facts', '{ resident(id: "r-1") { handlers: id place: name code: note } }'],
  ['under the gateway’s own names', '{ resident(id: "r-1") { __typename _0: note __x: record } }'],
  [
    'in a fragment',
    '{ resident(id: "r-1") { ...F } } fragment F on Resident { note ...G } fragment G on Resident { record }',
  ],
  ['in fragments without a type', '{ ... { resident(id: "r-1") { ... { ... @include(if: true) { note record } } } } }'],
  ['twice, beside what is allowed', '{ resident(id: "r-1") { id note } resident(id: "r-1") { note id record } }'],
  ['in a list', '{ residents { note record name phone allergies } }'],
  ['through a household', '{ household(id: "h-1") { members { note record name } } }'],
  [
    'through a household and back',
    '{ resident(id: "r-1") { household { members { household { members { note name phone record } } } } } }',
  ],
  ['through a list and a household', '{ residents { household { members { n: note r: record } } } }'],
  [
    'under conditions',
    'query ($yes: Boolean = true) { resident(id: "r-1") { note @include(if: $yes) record @skip(if: false) } }',
  ],
  ['as an interface', '{ sites { location ... on Camera { at: location } } }'],
  ['as a union', '{ anything { ... on Site { location } ... on Camera { location } } }'],
  ['as an interface in a union', '{ anything { ... on Site { ... on Camera { location } } } }'],
];

describe('a forbidden value', () => {
  test.each(forms)('asked for %s is not told to an official', async (_, query) => {
    const { status, body } = await city.ask(query, { as: 'grid-worker' });
    // What a role can never read is not in its graph; a value that it may know of is denied.
    if (status === 200) expect(body.errors ?? body.extensions?.masked).toBeDefined();
    else expect(body.errors![0]!.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await city.leaked()).toEqual([]);
  });

  test.each(forms)('asked for %s is not told to the public', async (_, query) => {
    await city.ask(query);
    expect(await city.leaked()).toEqual([]);
  });

  test('is denied alike whether its row is named by a literal or by a variable, by GET or by POST', async () => {
    const literal = '{ resident(id: "r-1") { id phone household { id } allergies place { code } } }';
    const variable = 'query ($id: ID!) { resident(id: $id) { id phone household { id } allergies place { code } } }';
    const variables = { id: 'r-1' };
    const answers = [
      await city.ask(literal, { as: 'grid-worker' }),
      await city.ask(variable, { as: 'grid-worker', variables }),
      await city.ask(literal, { as: 'grid-worker', get: true }),
      await city.ask(variable, { as: 'grid-worker', variables, get: true }),
    ];
    expect(answers.map(({ text }) => text)).toEqual(answers.map(() => answers[0]!.text));
    expect(answers[0]!.body.data!['resident']).toMatchObject({ id: 'r-1', phone: '139****0001' });
  });

  test('is denied alike when the document was registered by somebody who may read it', async () => {
    const query = '{ resident(id: "r-1") { id name } }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const parameters = { extensions: { persistedQuery: { version: 1, sha256Hash } } };
    const own = await startCity();
    try {
      const known = await own.ask(query, { as: 'resident', parameters });
      expect(known.body.data!['resident'].name).toMatch(/^甲/);
      const byHash = await own.ask(undefined, { as: 'grid-worker', parameters });
      const bySearch = await own.ask(undefined, { as: 'grid-worker', parameters, get: true });
      const inFull = await own.ask(query, { as: 'grid-worker' });
      expect([byHash.text, bySearch.text]).toEqual([inFull.text, inFull.text]);
      expect(inFull.body.extensions).toEqual({ masked: ['resident.name'] });
      expect((await own.ask(undefined, { as: 'stranger', parameters })).body.data).toEqual({ resident: null });
      expect((await own.ask(undefined, { parameters })).status).toBe(400);
    } finally {
      await own.close();
    }
  });

  test('is masked alike in a stream of events and over a WebSocket', async () => {
    const query = '{ resident(id: "r-1") { id phone } }';
    const plain = (await city.ask(query, { as: 'grid-worker' })).body;
    const authorization = `Bearer ${await city.tokenOf('grid-worker')}`;
    const declared = { authorization, 'linli-purpose': 'service-handling' };
    const response = await fetch(`${city.url}/graphql`, {
      method: 'POST',
      headers: { ...declared, 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query }),
    });
    const events = await response.text();
    const client = webSocketClient(city.url, { connectionParams: declared });
    const heard = listen(client, query);
    await heard.end;
    await client.dispose();
    city.heard.push(events, JSON.stringify(heard.responses));
    expect(events).toContain(JSON.stringify(plain.data));
    expect(heard.responses).toEqual([plain]);
  });

  test('is not told by an array of requests, which the gateway does not take', async () => {
    const response = await fetch(`${city.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: '{ today }' }, { query: '{ resident(id: "r-1") { note } }' }]),
    });
    expect(response.status).toBe(400);
  });
});

describe('what stands between gateway and departments', () => {
  test.each([
    ['_service', '{ _service { sdl } }'],
    [
      '_entities',
      '{ _entities(representations: [{ __typename: "Resident", id: "r-1" }]) { ... on Resident { note } } }',
    ],
    ['_Any', 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }'],
    ['a fact', '{ resident(id: "r-1") { handlers } }'],
    ['who is close to whom', '{ standing { wards } }'],
    ['a directive', '{ today @classified(level: L1) }'],
  ])('%s is no part of anybody’s graph', async (_, query) => {
    for (const as of ['anyone', 'grid-worker', 'handler', 'resident'] as const) {
      const { status, body } = await city.ask(query, { as });
      expect(status).toBe(400);
      expect(body.data).toBeUndefined();
      expect(body.errors![0]!.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    }
  });
});

describe('what a role can never read', () => {
  const names = ['note', 'record', 'reports'] as const;
  const introspection = '{ __schema { types { name fields { name } } } __type(name: "Report") { name } }';

  test.each(['anyone', 'grid-worker', 'teacher'] as const)('is not in the graph of %s', async (as) => {
    const { body } = await city.ask(introspection, { as });
    const types = body.data!['__schema'].types as { name: string; fields: { name: string }[] | null }[];
    expect(types.map(({ name }) => name)).not.toContain('Report');
    expect(body.data!['__type']).toBeNull();
    const fields = types.find(({ name }) => name === 'Resident')?.fields ?? [];
    for (const name of names) expect(fields.map((field) => field.name)).not.toContain(name);
  });

  test('is in the graph of who may read it', async () => {
    const { body } = await city.ask(introspection, { as: 'handler' });
    expect(body.data!['__type']).toEqual({ name: 'Report' });
  });

  test.each([
    ['note', 'nose', '{ resident(id: "r-1") { NAME } }'],
    ['record', 'recoil', '{ resident(id: "r-1") { NAME } }'],
    ['reports', 'repords', '{ NAME { id } }'],
    ['reports', 'repords', '{ resident(id: "r-1") { NAME { id } } }'],
    ['Report', 'Repart', '{ anything { ... on NAME { text } } }'],
    ['Report', 'Repart', '{ today } fragment F on NAME { text }'],
    ['Report', 'Repart', 'query ($r: NAME) { today }'],
  ])('named as %s is answered byte for byte as what does not exist, as %s', async (real, made, query) => {
    const asked = await city.ask(query.replace('NAME', real), { as: 'grid-worker' });
    const control = await city.ask(query.replace('NAME', made), { as: 'grid-worker' });
    expect(asked.status).toBe(400);
    expect(asked.text.replaceAll(real, 'NAME').replace(/"column":\d+/g, '')).toBe(
      control.text.replaceAll(made, 'NAME').replace(/"column":\d+/g, ''),
    );
  });

  test('is never suggested', async () => {
    for (const near of ['not', 'noted', 'recor', 'record1', 'report', 'Reports']) {
      const { text } = await city.ask(`{ resident(id: "r-1") { ${near} } }`, { as: 'grid-worker' });
      expect(text).not.toMatch(/Did you mean[^"]*\\"(note|record|reports)\\"/);
    }
  });
});
