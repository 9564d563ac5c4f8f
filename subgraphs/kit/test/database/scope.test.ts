import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { geography } from '@linli/schema/geography';
import { relations, type Caller, type Relation } from '@linli/schema/subject';
import fc from 'fast-check';
import pg from 'pg';
import { fourteenthBirthday, isMinor, today } from '../../src/minor.js';
import { childPages } from '../../src/paging/children.js';
import { conditionFor } from '../../src/scope/condition.js';
import { conditionText, ScopedSql, sql, visible } from '../../src/scope/sql.js';
import type { ScopedTable } from '../../src/scope/tables.js';
import { scratchDatabase, type ScratchDatabase } from '../../src/testing/scratch-database.js';

interface Thing {
  id: string;
  parent: string;
  about: string | null;
  people: string[] | null;
  place: string | null;
  places: string[] | null;
  handlers: string[] | null;
  until: string | null;
  born: string;
}

const people = ['r1', 'r2', 'r3', 'r4'];
const staff = ['s1', 's2'];
/** Communities of three streets in two districts, and one of another city's code. */
const communities = geography.communities
  .map(({ code }) => code)
  .filter((code) => /^(440303001|440303002|440304001|441521102)/.test(code));
const codes = fc.constantFrom(...communities);
const upTo = (...lengths: number[]) =>
  codes.chain((code) => fc.constantFrom(...lengths).map((length) => code.slice(0, length)));
const placeCodes = upTo(4, 6, 9, 12);
/** Prefixes that give a relation, and one of a length that gives none. */
const prefixes = upTo(4, 6, 9, 12, 7);
/** Days around today in Shenzhen, some years from now. */
const days = (years: number) =>
  fc.integer({ min: -2, max: 2 }).map((days) => {
    const day = today();
    day.setUTCFullYear(day.getUTCFullYear() + years, day.getUTCMonth(), day.getUTCDate() + days);
    return day.toISOString().slice(0, 10);
  });
const orNull = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { freq: 6 });
const some = <Value>(values: fc.Arbitrary<Value>, maxLength: number) => fc.uniqueArray(values, { maxLength });

const things = fc
  .array(
    fc.record({
      parent: fc.constantFrom('a', 'b', 'c'),
      about: orNull(fc.constantFrom(...people)),
      people: orNull(some(fc.constantFrom(...people), 3)),
      place: orNull(codes),
      places: orNull(some(placeCodes, 3)),
      handlers: orNull(some(fc.constantFrom(...staff), 2)),
      until: orNull(days(0)),
      born: days(-14),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((rows) => rows.map((row, i): Thing => ({ id: `t${String(i).padStart(2, '0')}`, ...row })));

const listed = fc
  .tuple(some(fc.constantFrom(...relations.filter((each) => each !== 'none')), 5), fc.integer({ min: 0, max: 9 }))
  .map(([some, draw]): Relation[] => (draw === 0 ? [...some, 'none'] : some));

const callers: fc.Arbitrary<Caller> = fc
  .record({
    residentId: fc.option(fc.constantFrom(...people), { nil: undefined }),
    staffId: fc.option(fc.constantFrom(...staff), { nil: undefined }),
    jurisdiction: some(prefixes, 4),
    household: some(fc.constantFrom(...people), 3),
    wards: some(fc.constantFrom(...people), 2),
    listed: fc.option(listed, { nil: undefined }),
    minors: fc.option(listed, { nil: undefined, freq: 2 }),
  })
  .map(({ residentId, staffId, jurisdiction, household, wards, listed, minors }): Caller => ({
    subject: {
      id: 'x',
      roles: [],
      purposes: [],
      scopes: [],
      jurisdiction,
      ...(residentId !== undefined && { residentId }),
      ...(staffId !== undefined && { staffId }),
    },
    standing: { household, wards },
    scope: listed ? { Thing: minors ? { adults: listed, minors } : listed } : {},
    operation: 'test',
  }));

/** The rule as one would say it: relations that hold for a row, and whether one of them is listed. */
function seen(
  row: { about: string[]; places: string[]; handlers: string[]; minor: boolean | 'nobody can tell' },
  caller: Caller,
): boolean {
  const { subject, standing, scope } = caller;
  const holding = new Set<Relation>(['none']);
  for (const id of row.about) {
    if (id === subject.residentId) holding.add('self');
    if (standing.wards.includes(id)) holding.add('guardian');
    if (standing.household.includes(id)) holding.add('household');
  }
  if (row.handlers.some((id) => id === subject.staffId)) holding.add('assigned');
  const byLength: Record<number, Relation> = { 12: 'community', 9: 'street', 6: 'district', 4: 'city' };
  for (const place of row.places) {
    const lengths = subject.jurisdiction
      .filter((prefix) => byLength[prefix.length] && place.startsWith(prefix))
      .map(({ length }) => length);
    if (lengths.length) holding.add(byLength[Math.max(...lengths)]!);
  }
  const lists = scope['Thing'] ?? [];
  const within = (list: readonly Relation[]) => list.some((relation) => holding.has(relation));
  if (!('adults' in lists)) return within(lists);
  if (row.minor === 'nobody can tell') {
    return [...holding].some((relation) =>
      [lists.adults, lists.minors].every((list) => list.includes('none') || list.includes(relation)),
    );
  }
  return within(row.minor ? lists.minors : lists.adults);
}

const fact = (column: keyof Thing, list: boolean) => ({ field: column, column, list });
const base = { type: 'Thing', model: 'thing', table: 'thing', columns: new Map<string, string>(), relations: [] };
const day = (column: 'until' | 'born') => ({
  field: column,
  column,
  birth: column === 'born',
  nullable: column === 'until',
});
const dated = (text: string) => new Date(`${text}T00:00:00Z`);
/** Facts in single columns, and in columns of lists. */
const shapes: [string, ScopedTable, (thing: Thing) => Parameters<typeof seen>[0]][] = [
  [
    'texts',
    {
      ...base,
      subject: fact('about', false),
      community: fact('place', false),
      assigned: fact('handlers', true),
      minor: day('until'),
    },
    ({ about, place, handlers, until }) => ({
      minor: until !== null && isMinor(dated(until)),
      about: about === null ? [] : [about],
      places: place === null ? [] : [place],
      handlers: handlers ?? [],
    }),
  ],
  [
    'lists of texts',
    {
      ...base,
      subject: fact('people', true),
      community: fact('places', true),
      assigned: fact('handlers', true),
      minor: day('born'),
    },
    ({ people, places, handlers, born }) => ({
      about: people ?? [],
      places: places ?? [],
      handlers: handlers ?? [],
      minor: isMinor(fourteenthBirthday(dated(born))),
    }),
  ],
  [
    'nothing but a community',
    { ...base, subject: undefined, community: fact('place', false), assigned: undefined, minor: undefined },
    ({ place }) => ({
      about: [],
      places: place === null ? [] : [place],
      handlers: [],
      minor: 'nobody can tell',
    }),
  ],
];

let database: ScratchDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await scratchDatabase('scope');
  pool = new pg.Pool({ connectionString: database.url });
  await pool.query(
    'CREATE TABLE thing (id text PRIMARY KEY, parent text, about text, people text[], place text, places text[], handlers text[], until date, born date)',
  );
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function fill(rows: Thing[]): Promise<void> {
  await pool.query('TRUNCATE thing');
  await pool.query('INSERT INTO thing SELECT * FROM json_populate_recordset(NULL::thing, $1)', [JSON.stringify(rows)]);
}

describe.each(shapes)('with facts in %s', (_, table, factsOf) => {
  test('lists, counts and pages under parents hold exactly the rows that the relations let through', async () => {
    await fc.assert(
      fc.asyncProperty(things, fc.array(callers, { minLength: 1, maxLength: 6 }), async (rows, each) => {
        await fill(rows);
        for (const caller of each) {
          const expected = rows.filter((row) => seen(factsOf(row), caller)).map(({ id }) => id);
          const condition = conditionFor(table, caller);
          const scoped = new ScopedSql(pool, { scoped: new Set(['thing']), condition: () => condition });

          const listed = await scoped.rows<{ id: string }>(sql`SELECT id FROM ${visible('thing')} t ORDER BY id`);
          expect(listed.map(({ id }) => id)).toEqual(expected);
          const [counted] = await scoped.rows<{ n: string }>(sql`SELECT count(*) AS n FROM ${visible('thing')} t`);
          expect(Number(counted!.n)).toBe(expected.length);

          const children = childPages<{ id: string }>(scoped, {
            table: 'thing',
            parentColumn: 'parent',
            keyColumn: 'id',
            key: (row) => row.id,
            rows: (ids) => scoped.rows(sql`SELECT id FROM ${visible('thing')} t WHERE id = ANY(${ids}::text[])`),
          });
          for (const parent of ['a', 'b', 'c']) {
            const under = rows.filter((row) => row.parent === parent && expected.includes(row.id)).map(({ id }) => id);
            const page = await children(parent, { first: 2 });
            expect(page.nodes.map(({ id }) => id)).toEqual(under.slice(0, 2));
            expect(page.pageInfo.hasNextPage).toBe(under.length > 2);
            expect(await page.totalCount()).toBe(under.length);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('a type that is not listed has no row, and a name of Object.prototype lists nothing', () => {
  const [, table] = shapes[0]!;
  const caller = fc.sample(callers, 1)[0]!;
  expect(conditionText(conditionFor(table, { ...caller, scope: {} })).parts).toEqual(['FALSE']);
  expect(conditionFor({ ...table, type: 'constructor' }, { ...caller, scope: {} })).toEqual([]);
});
