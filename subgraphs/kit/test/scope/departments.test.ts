import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { departments } from '@linli/schema/departments';

const subgraphs = fileURLToPath(new URL('../../..', import.meta.url));

/** Every file a department wrote, as `health/loaders.ts` and its text. */
const files = departments.flatMap((department) => {
  const folder = join(subgraphs, department, 'src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(sep).join('/'))
    .filter((name) => name.endsWith('.ts') && !name.startsWith('generated/'))
    .map((name) => ({ name: `${department}/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
});

const filesWith = (pattern: RegExp) => files.filter(({ text }) => pattern.test(text)).map(({ name }) => name);
const named = (name: string) => departments.map((department) => `${department}/${name}`);

test('the database is opened in one place of a department, and handed to the kit alone', () => {
  expect(filesWith(/from 'pg'|new PrismaClient|generated\/prisma\/client\.js'.*PrismaClient/).sort()).toEqual(
    named('database.ts').sort(),
  );
  expect(filesWith(/\bopenDatabase\b/).sort()).toEqual([...named('database.ts'), ...named('subgraph.ts')].sort());
  for (const { name, text } of files.filter((file) => file.name.endsWith('/subgraph.ts'))) {
    expect([name, text.match(/\bopenDatabase\b.*/g)]).toEqual([
      name,
      ["openDatabase, type Database } from './database.js';", 'openDatabase,'],
    ]);
  }
});

test('rows of all are read by these queries and no others: numbers, and how residents are related', () => {
  expect(filesWith(/\bUnscoped\b/).sort()).toEqual([
    'civil-affairs/queries/appeal-kpis.ts',
    'civil-affairs/queries/assistance.ts',
    'civil-affairs/queries/facility-counts.ts',
    'civil-affairs/queries/indicator-figures.ts',
    'civil-affairs/queries/open-appeals.ts',
    'civil-affairs/queries/plan-quantities.ts',
    'civil-affairs/queries/population.ts',
    'civil-affairs/queries/service-circle.ts',
    'civil-affairs/queries/service-statistics.ts',
    'civil-affairs/queries/smart-care.ts',
    'civil-affairs/queries/standing.ts',
    'civil-affairs/queries/survey-results.ts',
    'civil-affairs/queries/time-bank-totals.ts',
    'connectors/queries/feed-state.ts',
    'education/queries/booked-seats.ts',
    'education/queries/plan-quantities.ts',
    'health/queries/contracted-residents.ts',
    'health/queries/plan-quantities.ts',
    'housing/queries/housing-summary.ts',
    'housing/queries/occupied-homes.ts',
    'housing/queries/open-hazards.ts',
    'housing/queries/plan-quantities.ts',
    'public-security/queries/grid-analysis.ts',
    'public-security/queries/officer-counts.ts',
    'public-security/queries/plan-quantities.ts',
  ]);
  const handing = filesWith(/\bunscoped\b/).filter((name) => !name.includes('/queries/'));
  expect(handing.filter((name) => !/\/loaders(\.ts$|\/)/.test(name))).toEqual([]);
});

test('SQL by hand stands among the queries', () => {
  const elsewhere = filesWith(/\.query\(|\.query<|\$queryRaw|\$executeRaw|\bsql`|scope\/sql'/).filter(
    (name) => !name.includes('/queries/'),
  );
  expect(elsewhere).toEqual([]);
});
