import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { TestHub } from '../support/hub.js';
import { startTestHub } from '../support/hub.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterEach(() => {
  hub.health.fault = undefined;
  hub.logged.length = 0;
});
afterAll(() => hub.close());

const person = '440303195001011234';

function answer(status: number, body: unknown, contentType = 'application/json'): void {
  hub.health.fault = (_, response) =>
    response
      .writeHead(status, { 'content-type': contentType })
      .end(typeof body === 'string' ? body : JSON.stringify(body));
}

test.each([
  ['of an unexpected error', 200, { data: null, errors: [{ message: `no record of ${person}` }] }],
  [
    'that tells of the inside',
    200,
    {
      data: null,
      errors: [{ message: `duplicate key value violates unique constraint (${person})`, path: ['clinics'] }],
    },
  ],
  [
    'in the path, the code and the extensions',
    200,
    {
      data: null,
      errors: [
        {
          message: `at localhost ${person}`,
          path: ['clinics', 0, person, `id${person}`],
          extensions: { code: `NO_${person}`, exception: { message: person }, idNumber: person },
        },
      ],
    },
  ],
  [
    'of a refusal of the whole request',
    400,
    { errors: [{ message: `Unknown argument "${person}"`, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
  ],
  [
    'of a field that it does not have',
    400,
    {
      errors: [
        { message: `Cannot query field "id${person}" on type "R".`, extensions: { code: 'GRAPHQL_PARSE_FAILED' } },
      ],
    },
  ],
  ['that is no JSON', 200, `{"data": ${person}`],
  ['that is no GraphQL', 200, { resident: person }],
  ['that is a page', 500, `<p>${person}</p>`],
])("a value in a department's answer %s never reaches the log", async (_, status, body) => {
  answer(status, body);
  const { body: answered } = await hub.query('{ clinics { name } }');
  expect(answered.errors).toHaveLength(1);
  expect(hub.logged).toHaveLength(1);
  expect(JSON.stringify(hub.logged)).not.toContain(person);
});

test('nor does one in the type of its answer', async () => {
  answer(200, '{}', `text/x; name=${person}`);
  await hub.query('{ clinics { name } }');
  expect(hub.logged).toEqual([expect.objectContaining({ detail: 'content-type text/x' })]);
});

test('the log says which department, which code and where', async () => {
  const extensions = { code: 'INTERNAL_SERVER_ERROR' };
  answer(200, { data: { clinics: null }, errors: [{ message: `lost ${person}`, path: ['clinics', 0], extensions }] });
  await hub.query('{ clinics { name } }');
  expect(hub.logged).toEqual([
    expect.objectContaining({
      level: 'error',
      msg: 'a department answered with an error',
      department: 'health',
      code: 'INTERNAL_SERVER_ERROR',
      path: ['clinics', 0],
    }),
  ]);
});

test('the log says which field a department does not have', async () => {
  const extensions = { code: 'GRAPHQL_VALIDATION_FAILED' };
  answer(400, { errors: [{ message: 'Cannot query field "clinics" on type "Query".', extensions }] });
  await hub.query('{ clinics { name } }');
  expect(hub.logged).toEqual([expect.objectContaining({ department: 'health', detail: 'it has no Query.clinics' })]);
});
