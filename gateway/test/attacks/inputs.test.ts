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

describe('an argument that filters by what is masked', () => {
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
    const { status, body } = await city.ask(query, { as: 'grid-worker', variables });
    expect(status).toBe(403);
    expect(body.errors![0]!.extensions['code']).toBe('INPUT_DENIED');
    expect(city.civil.subjects.length).toBe(before);
  });

  test.each<[form: string, query: string, variables: Record<string, unknown>]>([
    ['null', '{ residents(livesAlone: null) { id } }', {}],
    ['a variable that is not sent', 'query ($x: Boolean) { residents(livesAlone: $x) { id } }', {}],
    ['an input object without it', '{ residents(where: { and: [{ first: 1 }] }) { id } }', {}],
  ])('does no harm as %s', async (_, query, variables) => {
    const { status, body } = await city.ask(query, { as: 'grid-worker', variables });
    expect(status).toBe(200);
    expect(body.data!['residents']).toHaveLength(2);
  });

  test('does not name what it uses to who may not know of it', async () => {
    const query = '{ residents(livesAlone: true) { id } }';
    const official = await city.ask(query, { as: 'grid-worker' });
    expect(official.body.errors![0]!.extensions['coordinate']).toBe('Resident.livesAlone');
    const reports = await city.ask('{ residents(where: { secret: "x" }) { id } }', { as: 'grid-worker' });
    expect(reports.status).toBe(403);
    expect(reports.text).not.toContain('note');
  });

  test('is refused by GET as by POST', async () => {
    const { status, body } = await city.ask('{ residents(livesAlone: true) { id } }', { as: 'grid-worker', get: true });
    expect(status).toBe(403);
    expect(body.errors![0]!.extensions['code']).toBe('INPUT_DENIED');
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
