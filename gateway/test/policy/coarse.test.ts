import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestHub } from '../support/hub.js';
import { startTestHub } from '../support/hub.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

describe('without a token', () => {
  test.each([
    ['fields of a public type', '{ communities { code name } }'],
    ['a public field of another department', '{ communities { code clinics { name } } }'],
    ['introspection', '{ __schema { types { name fields { name } } } __type(name: "Resident") { name } }'],
    ['type names', '{ __typename communities { __typename } residents { __typename } }'],
    ['an interface whose types are all public there', '{ places { name } }'],
    ['the public types of an interface', '{ places { ... on Shelter { address } } }'],
    ['a union by its public type', '{ anything { ... on Shelter { name } ... on Camera { name } } }'],
    ['a skipped public field', '{ communities { code @skip(if: true) name } }'],
  ])('%s are answered', async (_, query) => {
    const { status, body } = await hub.query(query);
    expect(body.errors).toBeUndefined();
    expect(status).toBe(200);
    expect(body.data).toBeTruthy();
  });

  test.each([
    ['a field stricter than its type', '{ communities { population } }', 'Community.population', 'L2'],
    ['a field under an alias', '{ communities { code: population } }', 'Community.population', 'L2'],
    ['a field of a personal type', '{ residents { id } }', 'Resident.id', 'L3'],
    ['a sensitive field of another department', '{ residents { record } }', 'Resident.record', 'L4'],
    ['a field that nobody classified', '{ unclassified { text } }', 'Unclassified.text', 'L4'],
    [
      'a field in an inline fragment',
      '{ communities { ... { ... on Community { population } } } }',
      'Community.population',
      'L2',
    ],
    [
      'a field in a fragment',
      'query { communities { ...A } } fragment A on Community { ...B } fragment B on Community { population }',
      'Community.population',
      'L2',
    ],
    [
      'a field in a fragment that is spread twice',
      'query { communities { ...A } community(code: "1") { ...A } } fragment A on Community { population }',
      'Community.population',
      'L2',
    ],
    ['a skipped field', '{ communities { code population @skip(if: true) } }', 'Community.population', 'L2'],
    [
      'a field by a variable condition',
      'query($x: Boolean = false) { communities { population @include(if: $x) } }',
      'Community.population',
      'L2',
    ],
    ['an interface field that is stricter in one type', '{ places { address } }', 'Camera.address', 'L3'],
    ['an interface that is stricter than its types', '{ mapped { name } }', 'Mapped.name', 'L2'],
    ['a member of a union', '{ anything { ... on Camera { address } } }', 'Camera.address', 'L3'],
    ['an interface in a union', '{ anything { ... on Place { address } } }', 'Camera.address', 'L3'],
  ])('%s is refused with 401, before anything is fetched', async (_, query, coordinate, level) => {
    const fetched = hub.civilAffairs.headers.length;
    const { status, headers, body } = await hub.query(query);
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer');
    expect(body.data).toBeUndefined();
    expect(body.errors?.[0]?.extensions).toEqual({
      code: 'UNAUTHENTICATED',
      reason: 'token_missing',
      coordinate,
      level,
    });
    expect(body.errors?.[0]?.message).toContain(`${coordinate} is classified ${level} and needs an access token`);
    expect(hub.civilAffairs.headers).toHaveLength(fetched);
  });

  test('a mutation is refused, though its answer would be public', async () => {
    const { status, body } = await hub.query('mutation { rename(code: "1", name: "x") { code } }');
    expect(status).toBe(401);
    expect(body.errors?.[0]?.message).toMatch(/A mutation needs an access token/);
  });

  test('the operation that is not chosen does not count', async () => {
    const query = 'query Public { communities { code } } query Personal { residents { id } }';
    expect((await hub.query(query, { operationName: 'Public' })).status).toBe(200);
    expect((await hub.query(query, { operationName: 'Personal' })).status).toBe(401);
  });
});

test('with a token personal fields are answered', async () => {
  const token = await hub.issuer.token();
  const { status, body } = await hub.query('{ residents { id record } communities { population } }', { token });
  expect(status).toBe(200);
  expect(body).toEqual({
    data: {
      residents: [{ id: 'demo-elder', record: 'record of demo-elder' }],
      communities: [{ population: null }, { population: null }],
    },
  });
});
