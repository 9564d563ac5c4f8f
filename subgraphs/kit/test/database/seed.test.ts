import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Client } from 'pg';
import { BulkLoader } from '../../src/seeding/bulk-loader.js';
import { defineSeed, runSeeds } from '../../src/seeding/seed.js';
import { scratchDatabase, type ScratchDatabase } from '../../src/testing/scratch-database.js';

let database: ScratchDatabase;
let client: Client;

beforeEach(async () => {
  database = await scratchDatabase('seed');
  client = await database.connect();
  await client.query('CREATE TABLE person (id text PRIMARY KEY, tags text[], n int, note text)');
});

afterEach(() => database.drop());

const population = { residents: 200, seed: 1 };
const silent = () => undefined;
const count = async () => Number((await client.query<{ count: string }>('SELECT count(*) FROM person')).rows[0]!.count);

const people = defineSeed({
  name: 'people',
  tables: { person: ['id', 'tags', 'n', 'note'] },
  async run({ load, households }) {
    for (const { members } of households()) {
      for (const { id, age } of members) load.row('person', [id, [], age, null]);
      await load.flushIfFull();
    }
  },
});

const failing = defineSeed({
  name: 'failing',
  tables: { person: ['id', 'n'] },
  async run({ load }) {
    load.row('person', ['half', 1]);
    await load.flush();
    throw new Error('power cut');
  },
});

describe('seeds', () => {
  test('run once, and say how far they are', async () => {
    const said: string[] = [];
    await runSeeds(client, [people], { residents: 11_000, seed: 1 }, (text, done, total) =>
      said.push(`${text} ${done}/${total}`),
    );
    await runSeeds(client, [people], { residents: undefined, seed: undefined }, silent);
    expect(await count()).toBe(11_000);
    expect(said.some((line) => /seeding residents 100\d\d\/11000/.test(line))).toBe(true);
  });

  test('one that is interrupted leaves nothing and runs anew', async () => {
    await expect(runSeeds(client, [failing], population, silent)).rejects.toThrow('power cut');
    expect(await count()).toBe(0);
    await runSeeds(client, [people], population, silent);
    expect(await count()).toBe(200);
  });

  test('one that is cut off by a killed connection leaves nothing', async () => {
    const killed = await database.connect();
    killed.on('error', () => undefined);
    const cut = defineSeed({
      name: 'cut',
      tables: { person: ['id'] },
      async run({ load }) {
        load.row('person', ['half']);
        await load.flush();
        const { rows } = await killed.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        await client.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
        load.row('person', ['more']);
        await load.flush();
      },
    });
    await expect(runSeeds(killed, [cut], population, silent)).rejects.toThrow();
    expect(await count()).toBe(0);
  });

  test('another population than the one that is there is refused, with what to do', async () => {
    await runSeeds(client, [people], population, silent);
    await expect(runSeeds(client, [people], { residents: 300, seed: 1 }, silent)).rejects.toThrow(
      /holds 200 residents .* LINLI_HOME/,
    );
  });
});

test('any text and any list arrives as it was sent', async () => {
  const text = fc
    .string({ unit: 'binary' })
    .filter((value) => !value.includes('\0') && !/[\ud800-\udfff]/u.test(value));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ note: fc.option(text), tags: fc.array(text, { maxLength: 4 }) }), { maxLength: 8 }),
      async (rows) => {
        await client.query('TRUNCATE person');
        const load = new BulkLoader(client, { person: ['id', 'tags', 'note'] });
        rows.forEach(({ note, tags }, i) => load.row('person', [String(i), tags, note]));
        await load.flush();
        const stored = await client.query<{ tags: string[]; note: string | null }>(
          'SELECT tags, note FROM person ORDER BY id::int',
        );
        expect(stored.rows).toEqual(rows.map(({ note, tags }) => ({ tags, note })));
      },
    ),
    { numRuns: 60 },
  );
});
