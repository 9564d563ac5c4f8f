import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { facilityKinds } from '@linli/kit/population/facilities';
import { plan } from '@linli/schema/plan';
import { demoUsers, readRealm } from '../src/identity/realm.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const readmes = ['README.md', 'README.zh-CN.md'];
const pages = [
  ...readmes,
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
  'schema/operations/README.md',
  'subgraphs/health/README.md',
];

/** Fenced blocks of a page: language and text. */
function blocks(page: string): [language: string, text: string][] {
  return [...read(page).matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, text]) => [language!, text!]);
}

/** What GitHub makes of headings. */
function anchors(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('the pages', () => {
  test.each(pages)('%s links to files and headings that are there', (page) => {
    const broken = [...read(page).matchAll(/\]\(((?!https?:)[^)\s]+)\)/g)].filter(([, link]) => {
      const [path = '', anchor] = link!.split('#');
      const file = path ? relative(root, join(root, dirname(page), path)) : page;
      return !existsSync(join(root, file)) || (anchor !== undefined && !anchors(file).includes(anchor));
    });
    expect(broken.map(([, link]) => link)).toEqual([]);
  });

  test.each(pages)('%s names npm scripts that are there', (page) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(page).matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe('the first page', () => {
  test('shows the same commands, queries and answers in both languages', () => {
    const shown = readmes.map((page) =>
      blocks(page).filter(([language]) => ['sh', 'graphql', 'json'].includes(language)),
    );
    expect(shown[0]!.length).toBeGreaterThan(5);
    expect(shown[0]).toEqual(shown[1]);
  });

  test.each(readmes)('%s lists every demo user once, and nobody else', (page) => {
    const table = /^\| (?:user|用户) .*?\n\n/ms.exec(read(page))![0];
    const listed = [...table.matchAll(/`([\w-]+)`/g)].map(([, name]) => name);
    const users = [...demoUsers(readRealm()).map(({ username }) => username), 'kiosk'];
    expect(listed.sort()).toEqual(users.sort());
  });
});

test('data.md gives the numbers of facilities that are seeded, as the plan counts them', () => {
  const rows = [...read('docs/data.md').matchAll(/^\| `([A-Z_]+)` +\| ([\d,]+) +\| `(f\d\d)` +\|$/gm)];
  const told = Object.fromEntries(rows.map(([, kind, total, fact]) => [kind, [Number(total!.replace(',', '')), fact]]));
  const seeded = Object.entries(facilityKinds).map(([kind, { total, fact }]) => [kind, [total, fact]] as const);
  expect(told).toEqual(Object.fromEntries(seeded));
  for (const [, [total, fact]] of seeded) expect(plan.facts.find(({ id }) => id === fact)?.value).toBe(total);
});
