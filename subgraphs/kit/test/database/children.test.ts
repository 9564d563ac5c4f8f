import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { childPages } from '../../src/paging/children.js';
import { ScopedSql } from '../../src/scope/sql.js';
import { countStatements } from '../../src/testing/statements.js';
import { scratchDatabase, type ScratchDatabase } from '../../src/testing/scratch-database.js';

interface Item {
  id: string;
  parent: string;
  kind: string;
}

let database: ScratchDatabase;
let pool: pg.Pool;
const parents = ['a', 'b', 'c', 'd'];
const kinds = ['X', 'Y'];
const items: Item[] = Array.from({ length: 60 }, (_, i) => ({
  id: `item-${String(i).padStart(3, '0')}`,
  parent: parents[(i * 7) % 3]!,
  kind: kinds[i % 2]!,
}));

beforeAll(async () => {
  database = await scratchDatabase('children');
  pool = new pg.Pool({ connectionString: database.url });
  await pool.query('CREATE TABLE item (id text PRIMARY KEY, parent text, kind text)');
  for (const { id, parent, kind } of items)
    await pool.query('INSERT INTO item VALUES ($1, $2, $3)', [id, parent, kind]);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const open = () =>
  childPages<Item>(new ScopedSql(pool, { scoped: new Set(), condition: () => 'every' }), {
    table: 'item',
    parentColumn: 'parent',
    keyColumn: 'id',
    key: (row) => row.id,
    rows: async (ids) => (await pool.query<Item>('SELECT * FROM item WHERE id = ANY($1)', [ids])).rows,
  });

test('pages of many parents are what one would read for each alone', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          parent: fc.constantFrom(...parents),
          first: fc.integer({ min: 1, max: 9 }),
          kind: fc.option(fc.constantFrom(...kinds)),
        }),
        { maxLength: 6 },
      ),
      async (wanted) => {
        const children = open();
        const pages = await Promise.all(wanted.map(({ parent, first, kind }) => children(parent, { first }, { kind })));
        const totals = await Promise.all(pages.map((page) => page.totalCount()));
        wanted.forEach(({ parent, first, kind }, i) => {
          const expected = items.filter((item) => item.parent === parent && (kind === null || item.kind === kind));
          expect(pages[i]!.nodes).toEqual(expected.slice(0, first));
          expect(pages[i]!.pageInfo.hasNextPage).toBe(expected.length > first);
          expect(totals[i]).toBe(expected.length);
        });
      },
    ),
    { numRuns: 50 },
  );
});

test('a cursor leads on within each parent', async () => {
  const children = open();
  const first = await children('a', { first: 5 });
  const second = await children('a', { first: 5, after: first.pageInfo.endCursor });
  const all = items.filter((item) => item.parent === 'a');
  expect([...first.nodes, ...second.nodes]).toEqual(all.slice(0, 10));
});

test('four parents take as many statements as one', async () => {
  const children = open();
  const { statements } = await countStatements(async () => {
    const pages = await Promise.all(parents.map((parent) => children(parent, { first: 3 })));
    await Promise.all(pages.map((page) => page.totalCount()));
  });
  expect(statements).toHaveLength(3);
});
