import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Department } from '@linli/schema/departments';
import { homeAt } from '../../src/launcher/home.js';
import { loadSecrets } from '../../src/launcher/secrets.js';
import { databaseName } from '../../src/postgres/databases.js';

/** Rows that none of the demo users handles, who are those that attack. */
const unhandled = "NOT EXISTS (SELECT FROM unnest(handlers) AS handler WHERE handler LIKE 'demo-%')";

/** Values that one row alone has. */
const once = (kind: string, column: string, table: string, where: string) =>
  `SELECT '${kind}' AS kind, min(${column}) AS value FROM ${table} WHERE ${where} GROUP BY ${column} HAVING count(*) = 1`;

const statements: Readonly<Partial<Record<Department, readonly string[]>>> = {
  'civil-affairs': [
    `SELECT 'phone' AS kind, phone AS value FROM resident WHERE phone IS NOT NULL AND id NOT LIKE 'demo-%' AND ${unhandled}`,
    // A name that two people have, handled or not, is not known to be the one's.
    `SELECT 'name' AS kind, name AS value FROM resident r WHERE id NOT LIKE 'demo-%' AND ${unhandled}
       AND NOT EXISTS (SELECT FROM resident o WHERE o.name = r.name AND o.id <> r.id)`,
    once('report', 'summary', 'child_protection_report', "child_id NOT LIKE 'demo-%'"),
    once('reporter', 'reporter', 'child_protection_report', "reporter IS NOT NULL AND child_id NOT LIKE 'demo-%'"),
  ],
  'public-security': [
    "SELECT 'id number' AS kind, id_number AS value FROM population_registration WHERE resident_id NOT LIKE 'demo-%'",
    once('address', 'location', 'incident', unhandled),
  ],
};

/** Names of people whose work is public: a resident may be called like one of them. */
const ofStaff: Readonly<Partial<Record<Department, string>>> = {
  'civil-affairs': 'SELECT name AS value FROM community_worker',
  'public-security': 'SELECT name AS value FROM community_officer',
};

/** Personal data of the hub's synthetic people that occur nowhere else, by what they are, from the databases themselves. */
export async function readCanaries(home: string): Promise<ReadonlyMap<string, string>> {
  const { postgres } = homeAt(home);
  const port = readFileSync(join(postgres, 'postmaster.pid'), 'utf8').split('\n')[3];
  const { departmentPasswords } = loadSecrets(homeAt(home));
  const canaries = new Map<string, string>();
  const namesakes = new Set<string>();
  for (const [department, own] of Object.entries(statements) as [Department, readonly string[]][]) {
    const name = databaseName(department);
    const client = new pg.Client(`postgresql://${name}:${departmentPasswords[department]}@127.0.0.1:${port}/${name}`);
    await client.connect();
    for (const statement of own) {
      const { rows } = await client.query<{ kind: string; value: string }>(statement);
      for (const { kind, value } of rows) canaries.set(value, kind);
    }
    const staff = ofStaff[department];
    if (staff !== undefined) {
      for (const { value } of (await client.query<{ value: string }>(staff)).rows) namesakes.add(value);
    }
    await client.end();
  }
  for (const name of namesakes) canaries.delete(name);
  return canaries;
}

/**
 * What kinds of canaries are in a text: numbers of eleven or eighteen characters wherever they stand, others where a JSON
 * text is nothing else, since a name of three characters may be a part of any word.
 */
export function canariesIn(text: string, canaries: ReadonlyMap<string, string>): string[] {
  const numbers = text.match(/(?<!\d)(?:\d{11}|\d{17}[\dX])(?!\d)/g) ?? [];
  const texts = text.match(/"[^"\\]+"/g) ?? [];
  return [...numbers, ...texts.map((quoted) => quoted.slice(1, -1))].flatMap((value) => canaries.get(value) ?? []);
}

/** Everything that the hub's services have logged. */
export function logsOf(home: string): string {
  const { logs } = homeAt(home);
  return readdirSync(logs)
    .map((name) => readFileSync(join(logs, name), 'utf8'))
    .join('\n');
}
