import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { here } from './support/contracts.js';
import type { City } from './support/city.js';
import { startCity } from './support/city.js';
import { secrets } from './support/secrets.js';

let city: City;
beforeEach(async () => {
  city = await startCity();
});
afterEach(async () => {
  expect(await city.leaked()).toEqual([]);
  await city.close();
});

/** Answers every request of the gateway with the same JSON text. */
const saying = (body: unknown) => (_: IncomingMessage, response: ServerResponse) => {
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(typeof body === 'string' ? body : JSON.stringify(body));
};

const nameAndTitle = '{ resident(id: "ID") { id name doctor { title } } }';
const doctor = { title: '全科医生' };

describe('a department that answers more than it was asked', () => {
  test('does not overwrite the facts by which another department’s rows are decided', async () => {
    const facts = { place: { code: here }, handlers: ['case-worker', 'grid-worker'], id: 'r-1' };
    city.healthy.intercept = saying({ data: { _entities: [{ __typename: 'Resident', ...facts, doctor }] } });
    const { body } = await city.ask(nameAndTitle.replace('ID', 'r-2'), { as: 'grid-worker' });
    expect(body).toEqual({ data: { resident: null } });
  });

  test('does not fill in facts that the other department does not know', async () => {
    const unknown = { __typename: 'Resident', id: 'r-1', name: secrets.name, place: null, handlers: [] };
    city.civil.intercept = saying({ data: { resident: unknown } });
    city.healthy.intercept = saying({ data: { _entities: [{ place: { code: here }, doctor }] } });
    const { body } = await city.ask(nameAndTitle.replace('ID', 'r-1'), { as: 'grid-worker' });
    expect(body).toEqual({ data: { resident: null } });
  });

  test('does not reach the facts of every row through the prototype of objects', async () => {
    const text =
      '{"data":{"_entities":[{"__proto__":{"place":{"code":"440303001001"},"handlers":["case-worker"]},' +
      '"doctor":{"__proto__":{"code":"440303001001"},"title":"全科医生"}}]}}';
    city.healthy.intercept = saying(text);
    const { body } = await city.ask(nameAndTitle.replace('ID', 'r-2'), { as: 'grid-worker' });
    expect(body).toEqual({ data: { resident: null } });
    expect(({} as Record<string, unknown>)['place']).toBeUndefined();
  });

  test('shows nobody the fields that nobody asked for', async () => {
    const more = { note: secrets.note, record: secrets.record, [secrets.internal]: secrets.internal };
    city.healthy.intercept = saying({ data: { _entities: [{ ...more, doctor: { ...doctor, ...more } }] } });
    const { body } = await city.ask('{ resident(id: "r-1") { id doctor { title } } }', { as: 'grid-worker' });
    expect(body).toEqual({ data: { resident: { id: 'r-1', doctor } } });
  });

  test('is not believed where it answers for more rows than it was asked for', async () => {
    city.healthy.intercept = saying({ data: { _entities: [{ doctor }, { doctor: { title: secrets.record } }] } });
    const { body } = await city.ask('{ resident(id: "r-1") { id doctor { title } } }', { as: 'grid-worker' });
    expect(body.data).toEqual({ resident: { id: 'r-1', doctor: null } });
    expect(body.errors![0]!.extensions['code']).toBe('SUBGRAPH_BAD_RESPONSE');
  });

  test('gains no looser rule for a row by calling it of another type', async () => {
    const site = { __typename: 'Kiosk', title: '点位', location: secrets.camera };
    city.civil.intercept = saying({ data: { sites: [site] } });
    const { body } = await city.ask('{ sites { title ... on Shelter { location } } }', { as: 'grid-worker' });
    expect(body.data).toEqual({ sites: null });
  });
});

describe('rows that lack what decides them', () => {
  test.each([
    ['nothing', {}],
    ['null', { place: null, handlers: null, id: null }],
    ['values of another kind', { place: 440303001001, handlers: 'case-worker'.length, id: 1 }],
    ['objects where texts are due', { place: { code: { code: here } }, handlers: [{ id: 'case-worker' }] }],
    ['a code that only looks like it', { place: { code: `x${here}` }, handlers: [] }],
  ])('%s: nobody is related to them', async (_, facts) => {
    const row = { __typename: 'Resident', id: 'r-1', name: secrets.name, phone: secrets.phone, ...facts };
    city.civil.intercept = saying({ data: { resident: row } });
    const { body } = await city.ask('{ resident(id: "r-1") { name phone } }', { as: 'grid-worker' });
    expect(body).toEqual({ data: { resident: null } });
  });
});

describe('errors of a department', () => {
  const words = `No consent of ${secrets.name} (${secrets.phone})`;
  const failing = (path: unknown, data: unknown = { resident: null }) =>
    saying({
      data,
      errors: [{ message: words, ...(path !== undefined && { path }), extensions: { code: 'NO_CONSENT', of: words } }],
    });

  test.each([
    ['about a field', ['resident', 'phone']],
    ['about a fact that nobody asked for', ['resident', 'handlers', 0]],
    ['about the row', ['resident']],
    ['about nothing that is in the graph', ['dossier', 3, secrets.internal]],
    ['without a place', undefined],
  ])('%s are told without their words', async (_, path) => {
    city.civil.intercept = failing(path);
    const { body } = await city.ask('{ resident(id: "r-1") { id phone } }', { as: 'grid-worker' });
    expect(body.data).toEqual({ resident: null });
    expect(body.errors![0]!.extensions).toEqual({ code: 'NO_CONSENT', service: 'civil-affairs' });
  });

  test('about items of a list that may have hidden rows do not count them', async () => {
    const { body } = await city.ask('{ residents { id fragile } }', { as: 'grid-worker' });
    expect(body.data!['residents']).toHaveLength(2);
    for (const { path } of body.errors!) expect(path).toEqual(['residents']);
  });

  test('about a field of one row name the field, and nothing else', async () => {
    const { body } = await city.ask('{ resident(id: "r-1") { id fragile } }', { as: 'grid-worker' });
    expect(body.errors).toEqual([
      {
        message: 'A department could not answer this. Try again; if it stays so, tell the operator.',
        path: ['resident', 'fragile'],
        extensions: { code: 'NO_CONSENT', service: 'civil-affairs' },
      },
    ]);
  });

  test('about what was sent keep them', async () => {
    const message = 'The argument "first" is 5000: a page has between 1 and 200 rows.';
    const error = { message, path: ['residents'], extensions: { code: 'PAGE_TOO_LARGE' } };
    city.civil.intercept = saying({ data: { residents: null }, errors: [error] });
    const { body } = await city.ask('{ residents(first: 5000) { id } }', { as: 'grid-worker' });
    expect(body.errors![0]!.message).toBe(message);
  });

  test('are logged without their words', async () => {
    const error = { message: words, path: ['today'], extensions: { code: 'INTERNAL_SERVER_ERROR', stack: words } };
    city.civil.intercept = saying({ data: { today: null }, errors: [error] });
    const { body } = await city.ask('{ today }');
    expect(body.errors![0]!.message).toContain('had an error of its own');
    expect(city.heard.join('\n')).toContain('a department answered with an error');
  });

  test('that are no GraphQL at all are not passed on', async () => {
    city.civil.intercept = (_, response) =>
      void response.writeHead(500, { 'content-type': 'text/html' }).end(`<h1>${words}</h1>`);
    const { body } = await city.ask('{ resident(id: "r-1") { id } }', { as: 'grid-worker' });
    expect(body.errors![0]!.extensions['code']).toBe('SUBGRAPH_BAD_RESPONSE');
  });

  test('that answer a value of the wrong kind are told without the value', async () => {
    const row = { id: 'r-1', place: { code: here }, name: [secrets.name], phone: { number: secrets.phone } };
    city.civil.intercept = saying({ data: { resident: row } });
    await city.ask('{ resident(id: "r-1") { id name phone } }', { as: 'grid-worker' });
  });
});
