import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { childrenOf, pageOf, rowByKey } from '@linli/kit/paging/table';
import { openScope, type Access } from '@linli/kit/scope/scope';
import { migrate } from '@linli/kit/seeding/migrate';
import { scratchDatabase, type ScratchDatabase } from '@linli/kit/testing/scratch-database';
import { maySee, type ScopedRow } from '@linli/kit/testing/scoped-rows';
import { subgraphSdl } from '@linli/schema/files';
import { geography } from '@linli/schema/geography';
import { relations, type Caller } from '@linli/schema/subject';
import fc from 'fast-check';
import { Pool } from 'pg';
import { openDatabase, type Database } from '../src/database.js';
import { scope } from '../src/scope.js';

/**
 * What Prisma is told of a scope against the plain rule, for each way of reading a table: random households (facts in
 * lists), appeals (a fact that may be missing) and districts (several places in one row), and random callers.
 */
const people = ['r1', 'r2', 'r3'];
const staff = ['s1', 's2'];
const communities = geography.communities
  .map(({ code }) => code)
  .filter((code) => /^(440303001|440303002|440304001|441521102)/.test(code))
  .slice(0, 30);
const some = <Value>(values: fc.Arbitrary<Value>, maxLength: number) => fc.uniqueArray(values, { maxLength });
const codes = fc.constantFrom(...communities);
const prefixes = codes.chain((code) => fc.constantFrom(4, 6, 9, 12).map((length) => code.slice(0, length)));

interface Row {
  about: string[];
  place: string;
  places: string[];
  handlers: string[];
  minor: boolean;
}

const tables = fc.array(
  fc.record<Row>({
    about: some(fc.constantFrom(...people), 2),
    place: codes,
    places: some(prefixes, 3),
    handlers: some(fc.constantFrom(...staff), 2),
    minor: fc.boolean(),
  }),
  { minLength: 1, maxLength: 15 },
);

const callers = fc
  .record({
    residentId: fc.option(fc.constantFrom(...people)),
    staffId: fc.option(fc.constantFrom(...staff)),
    jurisdiction: some(prefixes, 4),
    household: some(fc.constantFrom(...people), 2),
    wards: some(fc.constantFrom(...people), 2),
    listed: some(fc.constantFrom(...relations), 4),
    minors: fc.option(some(fc.constantFrom(...relations), 4)),
  })
  .map(({ residentId, staffId, jurisdiction, household, wards, listed, minors }): Caller => ({
    subject: {
      id: 'x',
      roles: [],
      purposes: [],
      scopes: [],
      jurisdiction,
      ...(residentId !== null && { residentId }),
      ...(staffId !== null && { staffId }),
    },
    standing: { household, wards },
    scope: { Household: listed, Appeal: minors ? { adults: listed, minors } : listed, District: listed },
    operation: 'test',
  }));

const keyOf = (i: number) => `k${String(i).padStart(2, '0')}`;

let database: ScratchDatabase;
let pool: Pool;
let client: Database;
let accessOf: (caller: Caller) => Access<Database>;

beforeAll(async () => {
  database = await scratchDatabase('scope-property');
  await migrate(await database.connect(), fileURLToPath(new URL('../prisma/migrations', import.meta.url)));
  pool = new Pool({ connectionString: database.url });
  client = openDatabase(pool);
  const opened = await openScope({ sdl: subgraphSdl('civil-affairs'), declaration: scope, client, pool });
  accessOf = (caller) => opened.accessOf(caller);
});

afterAll(async () => {
  await client.$disconnect();
  await pool.end();
  await database.drop();
});

async function fill(rows: readonly Row[]): Promise<void> {
  await pool.query('TRUNCATE household, appeal, district');
  for (const [i, { about, place, places, handlers, minor }] of rows.entries()) {
    const key = keyOf(i);
    await pool.query('INSERT INTO household VALUES ($1, $2, $3, $4, $5)', [key, place, about.length, about, handlers]);
    await pool.query(
      `INSERT INTO appeal (no, category, state, channel, title, community_code, submitted_at, due_at, appellant_id, handlers, lead, minor_until)
       VALUES ($1, 'NOISE', 'HANDLING', 'ONLINE', 'x', $2, now(), now(), $3, $4, $2, $5)`,
      [key, place, about[0] ?? null, handlers, minor ? '2999-12-31' : i % 2 ? '2001-12-31' : null],
    );
    await pool.query('INSERT INTO district VALUES ($1, NULL, $1, $2)', [key, places]);
  }
}

/** The keys of the rows of each table that a caller may see. */
function expectedKeys(rows: readonly Row[], { subject, standing, scope: listed }: Caller) {
  const keys = (type: string, factsOf: (row: Row) => Pick<ScopedRow, 'subject' | 'places' | 'assigned'>) =>
    rows.flatMap((row, i) => {
      const known = { key: keyOf(i), fields: {}, ...factsOf(row) };
      const lists = listed[type]!;
      const relations = 'adults' in lists ? (row.minor ? lists.minors : lists.adults) : lists;
      return maySee({ subject, standing, relations }, known) ? [known.key] : [];
    });
  return {
    household: keys('Household', ({ about, place, handlers }) => ({
      subject: about,
      places: [place],
      assigned: handlers,
    })),
    appeal: keys('Appeal', ({ about, place, handlers }) => ({
      subject: about.slice(0, 1),
      places: [place],
      assigned: handlers,
    })),
    district: keys('District', ({ places }) => ({ subject: [], places, assigned: [] })),
  };
}

test('every way of reading shows exactly the rows that the relations let through', async () => {
  await fc.assert(
    fc.asyncProperty(tables, fc.array(callers, { minLength: 1, maxLength: 5 }), async (rows, each) => {
      await fill(rows);
      for (const caller of each) {
        const { db } = accessOf(caller);
        const expected = expectedKeys(rows, caller);

        expect((await db.household.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id)).toEqual(
          expected.household,
        );
        expect((await db.appeal.findMany({ orderBy: { no: 'asc' } })).map(({ no }) => no)).toEqual(expected.appeal);
        expect((await db.district.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id)).toEqual(expected.district);
        expect(await db.household.count()).toBe(expected.household.length);
        expect((await db.appeal.aggregate({ _max: { no: true } }))._max.no).toBe(expected.appeal.at(-1) ?? null);
        const groups = await db.household.groupBy({ by: ['communityCode'], _count: true });
        expect(groups.reduce((sum, group) => sum + group._count, 0)).toBe(expected.household.length);

        const page = await pageOf(db.appeal, 'no', { OR: [{ title: 'x' }, { title: 'y' }] }, { first: 3 });
        expect(page.nodes.map(({ no }) => no)).toEqual(expected.appeal.slice(0, 3));
        expect(await page.totalCount()).toBe(expected.appeal.length);

        const byKey = rowByKey(db.household, 'id');
        const pages = childrenOf(db.appeal, 'no', 'communityCode');
        for (const i of rows.keys()) {
          const key = keyOf(i);
          const visible = expected.household.includes(key) ? key : undefined;
          expect((await byKey.load(key))?.id).toBe(visible);
          expect((await db.household.findUnique({ where: { id: key } }))?.id).toBe(visible);
          expect((await db.household.findFirst({ where: { AND: { id: key } } }))?.id).toBe(visible);
        }
        for (const place of communities) {
          const under = expected.appeal.filter((key) => rows[Number(key.slice(1))]!.place === place);
          const below = await pages(place, { first: 5 }, { state: 'HANDLING' });
          expect(below.nodes.map(({ no }) => no)).toEqual(under.slice(0, 5));
          expect(await below.totalCount()).toBe(under.length);
        }
      }
    }),
    { numRuns: 25 },
  );
});

test('a request reads nothing but rows: it cannot write, run SQL or read past its condition', () => {
  const [caller] = fc.sample(callers, 1);
  const { db } = accessOf(caller!);
  expect(Object.keys(db)).toContain('household');
  for (const name of ['$queryRaw', '$queryRawUnsafe', '$executeRaw', '$transaction', '$extends', '$connect']) {
    expect(db).not.toHaveProperty(name);
  }
  for (const name of ['create', 'createMany', 'update', 'updateMany', 'upsert', 'delete', 'deleteMany']) {
    expect(db.household).not.toHaveProperty(name);
  }
  const narrow = accessOf({ ...caller!, scope: {} }).db;
  expect(() => narrow.household.findMany({ cursor: { id: 'k00' } })).toThrow('cannot be read with "cursor"');
});
