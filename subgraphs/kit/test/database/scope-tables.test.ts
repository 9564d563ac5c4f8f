import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { ModelTable } from '../../src/scope/data-model.js';
import type { AnyScopeDeclaration } from '../../src/scope/declaration.js';
import { scopedTables } from '../../src/scope/tables.js';
import { scratchDatabase, type ScratchDatabase } from '../../src/testing/scratch-database.js';

const directive =
  'directive @scoped(subject: String, community: String, assigned: String, minor: String) repeatable on OBJECT';
const sdl = `${directive}
  type Appeal @scoped(subject: "appellant { id }", community: "community { code }") @scoped(assigned: "handlers", minor: "minor") { no: ID }
  type Facility { id: ID }`;

const model = (name: string, columns: Record<string, string>, relations: string[] = []): [string, ModelTable] => [
  name,
  { model: name, table: name, columns: new Map(Object.entries(columns)), relations },
];
const columns = {
  no: 'no',
  appellantId: 'appellant_id',
  code: 'code',
  handlers: 'handlers',
  size: 'size',
  minorUntil: 'until',
};
const models = new Map([model('appeal', columns), model('facility', { id: 'id' }), model('tied', columns, ['rows'])]);
const declared = {
  model: 'appeal',
  subject: 'appellantId',
  community: 'code',
  assigned: 'handlers',
  minor: { until: 'minorUntil' },
};

let database: ScratchDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await scratchDatabase('scope-tables');
  pool = new pg.Pool({ connectionString: database.url });
  for (const table of ['appeal', 'tied']) {
    await pool.query(
      `CREATE TABLE ${table} (no text, appellant_id text, code text, handlers text[], size int, until date)`,
    );
  }
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const read = (declaration: AnyScopeDeclaration, contract = sdl) =>
  scopedTables({ sdl: contract, declaration, models, query: pool });

test('a scoped type is found in its table, with the columns of its facts', async () => {
  expect(await read({ Appeal: declared })).toEqual([
    expect.objectContaining({
      type: 'Appeal',
      table: 'appeal',
      subject: { field: 'appellantId', column: 'appellant_id', list: false },
      community: { field: 'code', column: 'code', list: false },
      assigned: { field: 'handlers', column: 'handlers', list: true },
      minor: { field: 'minorUntil', column: 'until', birth: false, nullable: true },
    }),
  ]);
});

describe('a service does not start where declaration, contract and database disagree', () => {
  test.each<[string, AnyScopeDeclaration, string]>([
    ['a scoped type is not declared', {}, 'Appeal is @scoped in the contract and has no entry'],
    ['a declared type is not scoped', { Appeal: declared, Facility: { model: 'facility' } }, 'Facility has an entry'],
    [
      'a fact of the contract is not declared',
      { Appeal: { ...declared, assigned: undefined! } },
      'where "assigned" is',
    ],
    ['a model does not exist', { Appeal: { ...declared, model: 'appeals' } }, 'the model appeals, which schema.prisma'],
    ['a field does not exist', { Appeal: { ...declared, subject: 'who' } }, 'names who as its "subject"'],
    ['a column is no text', { Appeal: { ...declared, subject: 'size' } }, 'names size as its "subject"'],
    [
      'a column is no day',
      { Appeal: { ...declared, minor: { until: 'code' } } },
      'names code as its "minor", which is no column of days',
    ],
    [
      'a day of birth may be missing',
      { Appeal: { ...declared, minor: { bornOn: 'minorUntil' } } },
      'which is no column of days that are always there',
    ],
    ['a model has relations', { Appeal: { ...declared, model: 'tied' } }, 'has relations in schema.prisma (rows)'],
  ])('%s', async (_, declaration, problem) => {
    await expect(read(declaration)).rejects.toThrow(problem);
  });

  test('a fact is declared that the contract does not name', async () => {
    const contract = `${directive} type Appeal @scoped(subject: "id", community: "code", minor: "minor") { id: ID }`;
    await expect(read({ Appeal: declared }, contract)).rejects.toThrow('Appeal has no "assigned" in @scoped');
  });

  test('two types share a table', async () => {
    const contract = `${sdl} type Copy @scoped(subject: "a", community: "b", assigned: "c", minor: "d") { no: ID }`;
    await expect(read({ Appeal: declared, Copy: declared }, contract)).rejects.toThrow(
      'names the model appeal like Appeal',
    );
  });
});
