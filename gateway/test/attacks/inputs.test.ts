import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { City } from './support/city.js';
import { startCity } from './support/city.js';

let city: City;
beforeAll(async () => {
  city = await startCity();
});
afterAll(async () => {
  expect(await city.leaked()).toEqual([]);
  await city.close();
});

const unknown = (text: string) => /GRAPHQL_VALIDATION_FAILED|BAD_USER_INPUT/.test(text);

describe('an argument that filters by what its sender may not read', () => {
  test.each<[form: string, query: string, variables: Record<string, unknown>]>([
    ['as a literal', '{ residents(livesAlone: true) { id } }', {}],
    ['to the contrary', '{ residents(livesAlone: false) { id } }', {}],
    ['as a variable', 'query ($x: Boolean) { residents(livesAlone: $x) { id } }', { x: true }],
    ['as the default of a variable', 'query ($x: Boolean = true) { residents(livesAlone: $x) { id } }', {}],
    ['under another name', '{ r: residents(livesAlone: true) { id } }', {}],
    ['in a fragment', 'query { ...F } fragment F on Query { residents(livesAlone: true) { id } }', {}],
    ['in an input object', '{ residents(where: { name: "甲" }) { id } }', {}],
    ['deep in input objects', '{ residents(where: { and: [{ first: 1 }, { and: [{ name: "甲" }] }] }) { id } }', {}],
    ['in a list that is one object', '{ residents(where: { and: { name: "甲" } }) { id } }', {}],
    [
      'as a variable object',
      'query ($w: ResidentFilter) { residents(where: $w) { id } }',
      { w: { and: [{ name: '甲' }] } },
    ],
    [
      'as a variable in an object',
      'query ($n: String) { residents(where: { and: [{ name: $n }] }) { id } }',
      { n: '甲' },
    ],
    [
      'as a variable in a list',
      'query ($w: ResidentFilter!) { residents(where: { and: [$w] }) { id } }',
      { w: { name: '甲' } },
    ],
    ['beside what is allowed', '{ today a: residents { id } b: residents(livesAlone: true) { id } }', {}],
    ['where it selects nothing', '{ residents(livesAlone: true) { __typename } }', {}],
  ])('%s is refused before a department is asked', async (_, query, variables) => {
    const before = city.civil.subjects.length;
    const { status, body } = await city.ask(query, { as: 'police', variables });
    expect(status).toBe(403);
    expect(body.errors![0]!.extensions['code']).toBe('INPUT_DENIED');
    // Who never reads it in full, whatever they declare, is told that there is no such argument.
    const never = await city.ask(query, { as: 'grid-worker', variables });
    expect(never.status).toBe(400);
    expect(unknown(never.text)).toBe(true);
    expect(city.civil.subjects.length).toBe(before);
  });

  test.each<[form: string, query: string, variables: Record<string, unknown>]>([
    ['null', '{ residents(livesAlone: null) { id } }', {}],
    ['a variable that is not sent', 'query ($x: Boolean) { residents(livesAlone: $x) { id } }', {}],
    ['an input object without it', '{ residents(where: { and: [{ first: 1 }] }) { id } }', {}],
  ])('does no harm as %s', async (_, query, variables) => {
    const before = city.civil.subjects.length;
    const { status, body } = await city.ask(query, { as: 'police', variables });
    expect(status).toBe(200);
    expect(body.errors).toBeUndefined();
    expect(city.civil.subjects.length).toBe(before + 1);
  });

  test('is refused by GET as by POST', async () => {
    const { status, body } = await city.ask('{ residents(livesAlone: true) { id } }', { as: 'police', get: true });
    expect(status).toBe(403);
    expect(body.errors![0]!.extensions['code']).toBe('INPUT_DENIED');
  });
});

describe('an argument that its sender can never use', () => {
  test.each<[what: string, query: string, variables: Record<string, unknown>]>([
    ['an argument', '{ residents(livesAlone: true) { id } }', {}],
    ['a null', '{ residents(livesAlone: null) { id } }', {}],
    ['a field of an input object', '{ residents(where: { secret: "x" }) { id } }', {}],
    ['a field in a variable', 'query ($w: ResidentFilter) { residents(where: $w) { id } }', { w: { secret: 'x' } }],
    ['a null in a variable', 'query ($w: ResidentFilter) { residents(where: $w) { id } }', { w: { secret: null } }],
  ])('answers, as %s, what a misspelt one does', async (_, query, variables) => {
    // As long as what they stand for, and as far from every other name.
    const misspell = (text: string) => text.replaceAll('livesAlone', 'qqqqqqqqqq').replaceAll('secret', 'qqqqqq');
    for (const as of ['grid-worker', 'teacher', 'stranger'] as const) {
      const named = await city.ask(query, { as, variables });
      const other = JSON.parse(misspell(JSON.stringify(variables))) as Record<string, unknown>;
      const misspelt = await city.ask(misspell(query), { as, variables: other });
      expect(named.status).toBe(400);
      expect([misspell(named.text), named.status]).toEqual([misspelt.text, misspelt.status]);
    }
  });

  test('is not in their introspection, and in that of who can use it', async () => {
    const query = `{ residents: __type(name: "Query") { fields { name args { name } } }
      filter: __type(name: "ResidentFilter") { inputFields { name } } }`;
    const argumentsOf = async (as: 'grid-worker' | 'police') => {
      const { fields } = (await city.ask(query, { as })).body.data!['residents'] as {
        fields: { name: string; args: { name: string }[] }[];
      };
      return fields.find(({ name }) => name === 'residents')?.args.map(({ name }) => name);
    };
    expect(await argumentsOf('grid-worker')).toEqual(['where', 'first']);
    expect(await argumentsOf('police')).toEqual(['livesAlone', 'where', 'first']);
    const { text } = await city.ask(query, { as: 'grid-worker' });
    expect(text).not.toMatch(/livesAlone|secret/);
  });
});

describe('a mutation', () => {
  const rename = 'mutation { rename(id: "r-1", name: "丙") }';

  test('that a role may never write is not in its graph', async () => {
    for (const as of ['anyone', 'grid-worker', 'resident', 'handler'] as const) {
      const { status } = await city.ask(rename, { as });
      expect(status).toBe(400);
    }
  });

  test('is not made by a GET', async () => {
    const { status } = await city.ask(rename, { as: 'grid-worker', get: true });
    expect([400, 405]).toContain(status);
  });
});
