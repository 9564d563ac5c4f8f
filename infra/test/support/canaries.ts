import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Department } from '@linli/schema/departments';
import { homeAt } from '../../src/launcher/home.js';
import { loadSecrets } from '../../src/launcher/secrets.js';
import { databaseName } from '../../src/postgres/databases.js';

const statements: Readonly<Partial<Record<Department, string>>> = {
  'civil-affairs':
    "SELECT 'phone' AS kind, phone AS value FROM resident WHERE phone IS NOT NULL AND handlers = '{}' AND id NOT LIKE 'demo-%'",
  'public-security':
    "SELECT 'id number' AS kind, id_number AS value FROM population_registration WHERE resident_id NOT LIKE 'demo-%'",
};

/** Personal data of the hub's synthetic people that occur nowhere else, by what they are, from the databases themselves. */
export async function readCanaries(home: string): Promise<ReadonlyMap<string, string>> {
  const { postgres } = homeAt(home);
  const port = readFileSync(join(postgres, 'postmaster.pid'), 'utf8').split('\n')[3];
  const { departmentPasswords } = loadSecrets(homeAt(home));
  const canaries = new Map<string, string>();
  for (const [department, statement] of Object.entries(statements) as [Department, string][]) {
    const name = databaseName(department);
    const client = new pg.Client(`postgresql://${name}:${departmentPasswords[department]}@127.0.0.1:${port}/${name}`);
    await client.connect();
    const { rows } = await client.query<{ kind: string; value: string }>(statement);
    for (const { kind, value } of rows) canaries.set(value, kind);
    await client.end();
  }
  return canaries;
}

/** What kinds of canaries are in a text; each is a number of its own, of eleven or eighteen characters. */
export function canariesIn(text: string, canaries: ReadonlyMap<string, string>): string[] {
  const found = text.match(/(?<!\d)(?:\d{11}|\d{17}[\dX])(?!\d)/g) ?? [];
  return found.flatMap((value) => canaries.get(value) ?? []);
}

/** Everything that the hub's services have logged. */
export function logsOf(home: string): string {
  const { logs } = homeAt(home);
  return readdirSync(logs)
    .map((name) => readFileSync(join(logs, name), 'utf8'))
    .join('\n');
}
