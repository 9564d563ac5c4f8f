import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getIntrospectionQuery } from 'graphql';
import type { Attacker, City } from './support/city.js';
import { attackers, startCity } from './support/city.js';
import type { Inside } from './support/inside.js';
import { startInside } from './support/inside.js';
import { secretsIn } from './support/secrets.js';

let city: City;
let folder: string;
let inside: Inside;
beforeAll(async () => {
  city = await startCity();
  folder = await mkdtemp(join(tmpdir(), 'linli-inside-'));
  inside = await startInside(city.settings, folder);
});
afterAll(async () => {
  await inside.close();
  await city.close();
  await rm(folder, { recursive: true });
});

const operations = [
  '{ residents { id name phone livesAlone allergies note fragile household { members { name } } reports { text reporter } } }',
  'query Kept($first: Int) { residents(first: $first) { name phone record doctor { title } } }',
  '{ a: resident(id: "r-1") { name } b: resident(id: "r-2") { name phone } }',
  '{ reports { text reporter } report(id: "p-1") { text } cases { title secret masked about { text } } }',
  '{ sites { title location } anything { ... on Camera { location } } }',
  '{ residents(livesAlone: true) { name } }',
  getIntrospectionQuery(),
];
/** What a front end leaves out that does not know a field: by one field each, so that something is always answered. */
const single = [
  'name',
  'phone',
  'livesAlone',
  'allergies',
  'note',
  'fragile',
  'record',
  'household { members { name } }',
];

/** Sends an operation to the gateway whose memory is looked into. */
async function ask(query: string, as: Attacker, headers: Record<string, string>): Promise<number> {
  const token = await city.tokenOf(as);
  const response = await fetch(`${inside.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...headers },
    body: JSON.stringify({ query, variables: { first: 2 } }),
  });
  const { data } = (await response.json()) as { data?: unknown };
  return data ? 1 : 0;
}

test('no cache, plan, name or standing holds on to a value that was read, shown or not', async () => {
  const emergency = {
    'linli-purpose': 'emergency',
    'linli-case-number': 'E-1',
    'linli-emergency-reason': encodeURIComponent('独居老人失联，需要立即查看'),
  };
  const legal = { 'linli-purpose': 'service-handling', 'linli-legal-basis': 'duty', 'linli-case-number': 'C-1' };
  let answered = 0;
  for (const as of Object.keys(attackers) as Attacker[]) {
    const handling = { 'linli-purpose': 'service-handling' };
    const declarations: Readonly<Record<string, readonly Record<string, string>[]>> = {
      police: [{}, emergency],
      handler: [legal],
      'social-worker': [legal],
      'grid-worker': [{}, handling],
      stranger: [handling],
    };
    for (const headers of declarations[as] ?? [{}]) {
      const questions = [...operations, ...single.map((field) => `{ residents { id ${field} } }`)];
      // Twice: the second time from the caches.
      for (const query of [...questions, ...questions]) answered += await ask(query, as, headers);
    }
  }
  expect(answered).toBeGreaterThan(100);
  const held = await inside.held();
  // The caches are full of something: operations, their plans, and for whom they were decided.
  expect(held.some((text) => text.includes('query Kept($first: Int)'))).toBe(true);
  expect(held.some((text) => text.includes('"grid-worker"'))).toBe(true);
  expect(secretsIn(held.join('\n'))).toEqual([]);
}, 120_000);
