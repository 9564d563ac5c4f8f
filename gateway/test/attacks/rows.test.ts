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

/** An answer with the ids that were asked for taken out of it. */
const withoutId = (text: string, id: string) => text.replaceAll(id, 'ID');

describe('a row that one may not see answers like one that does not exist', () => {
  test.each([
    ['a resident of elsewhere', 'r-2', '{ resident(id: "ID") { id name phone } }'],
    ['with its parts', 'r-2', '{ resident(id: "ID") { __typename id household { id members { id } } } }'],
    ['and its type alone', 'r-2', '{ resident(id: "ID") { __typename } }'],
    ['with another department’s', 'r-2', '{ resident(id: "ID") { id doctor { title } } }'],
    ['under another name', 'r-2', '{ r: resident(id: "ID") { i: id } }'],
  ])('%s', async (_, id, query) => {
    const hidden = await city.ask(query.replace('ID', id), { as: 'grid-worker' });
    const absent = await city.ask(query.replace('ID', 'r-99'), { as: 'grid-worker' });
    expect(hidden.status).toBe(200);
    expect(withoutId(hidden.text, id)).toBe(withoutId(absent.text, 'r-99'));
    expect(hidden.body.errors).toBeUndefined();
  });

  test('to a worker of elsewhere, who sees nobody here', async () => {
    const { body } = await city.ask('{ residents { id name } a: resident(id: "r-1") { id } }', { as: 'stranger' });
    expect(body).toEqual({ data: { residents: [], a: null } });
  });

  test('in a list, where it leaves no gap and no index counts it', async () => {
    const { body } = await city.ask('{ residents { id phone } }', { as: 'grid-worker' });
    expect(body.data).toEqual({
      residents: [
        { id: 'r-1', phone: '139****0001' },
        { id: 'r-3', phone: null },
      ],
    });
    expect(body.extensions?.masked).toEqual(['residents.*.phone']);
  });

  test('on the way through a household', async () => {
    const { body } = await city.ask('{ household(id: "h-1") { members { id } } }', { as: 'grid-worker' });
    expect(body.data!['household'].members).toEqual([{ id: 'r-1' }, { id: 'r-3' }]);
  });

  test('and sealed ones to all but their handler, even to whom the graph has them', async () => {
    const query = '{ reports { id text } report(id: "p-1") { id text } none: report(id: "p-9") { id text } }';
    const { body } = await city.ask(query, { as: 'social-worker', headers: { 'linli-legal-basis': 'law' } });
    expect(body).toEqual({ data: { reports: [], report: null, none: null } });
  });
});

describe('what is withheld', () => {
  test('does not tell by a null, by a list’s length or by the list of what was masked whether it is there', async () => {
    const query = (id: string) => `{ resident(id: "${id}") { livesAlone allergies } }`;
    const withValues = await city.ask(query('r-1'), { as: 'grid-worker' });
    const without = await city.ask(query('r-3'), { as: 'grid-worker' });
    expect(withValues.text).toBe(without.text);
    expect(withValues.body).toEqual({
      data: { resident: { livesAlone: null, allergies: null } },
      extensions: { masked: ['resident.livesAlone', 'resident.allergies'] },
    });
  });

  test('does not tell by an error that is the same for a value and for none', async () => {
    const query = (id: string) => `{ resident(id: "${id}") { phone } }`;
    const withValue = await city.ask(query('r-1'), { as: 'police' });
    const without = await city.ask(query('r-3'), { as: 'police' });
    expect(withValue.text).toBe(without.text);
  });

  test('does not tell of a hidden row by the nulls that it carries up, nor by what was noted before', async () => {
    const { body } = await city.ask('{ cases { title masked about { id } } }', {
      as: 'social-worker',
      headers: { 'linli-legal-basis': 'law' },
    });
    expect(body).toEqual({ data: { cases: [] } });
  });

  test('is told to nobody by a required field that is denied: the object is null, with the same error', async () => {
    const query = (id: string) => `{ resident(id: "${id}") { id note } }`;
    const here = await city.ask(query('r-1'), { as: 'social-worker' });
    const there = await city.ask(query('r-2'), { as: 'social-worker' });
    const nowhere = await city.ask(query('r-99'), { as: 'social-worker' });
    for (const { body } of [here, there, nowhere]) expect(body).toEqual({ data: { resident: null } });
  });
});

describe('the purpose that is declared', () => {
  test.each([
    ['none', undefined],
    ['one that the role has no right by', 'law-enforcement'],
  ])('%s shows nothing of a row, and does not tell that there is one', async (_, purpose) => {
    const headers = { 'linli-purpose': purpose ?? '' };
    const query = (id: string) => `{ resident(id: "${id}") { id name } }`;
    const there = await city.ask(query('r-1'), { as: 'police', headers });
    const nowhere = await city.ask(query('r-99'), { as: 'police', headers });
    expect(there.text).toBe(nowhere.text);
  });

  test('that was not granted is refused, whatever is asked', async () => {
    for (const query of ['{ today }', '{ resident(id: "r-1") { id } }', '{ nothing }']) {
      const { status, body } = await city.ask(query, {
        as: 'grid-worker',
        headers: { 'linli-purpose': 'law-enforcement' },
      });
      expect(status).toBe(403);
      expect(body.errors![0]!.extensions['code']).toBe('PURPOSE_NOT_GRANTED');
    }
  });

  test('without the legal basis that a rule wants shows no more', async () => {
    const query = '{ resident(id: "r-1") { id note } }';
    const without = await city.ask(query, { as: 'social-worker' });
    expect(without.body.data).toEqual({ resident: null });
  });
});
