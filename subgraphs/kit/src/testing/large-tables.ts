import type { Client } from 'pg';
import { households } from '../population/households.js';

/** Households whose people and homes tell which tables grow with the population. */
const looked = 200;

/**
 * Makes the planner believe that a seeded database holds another number of residents: the statistics of all tables that
 * name residents, households or homes are scaled, those of the others left. Nothing is written to the tables.
 * @param residents as many as were seeded
 * @param wanted as many as there shall seem to be
 * @returns rows that each table seems to have
 */
export async function seemToHold(
  client: Client,
  { residents, seed, wanted }: { residents: number; seed: number; wanted: number },
): Promise<Map<string, number>> {
  await client.query('ANALYZE');
  const known: string[] = [];
  for (const household of households({ residents, seed })) {
    if (household.index >= looked) break;
    known.push(household.id, household.unitCode, ...household.members.map(({ id }) => id));
  }
  const { rows: columns } = await client.query<{ table: string; column: string; list: boolean }>(
    `SELECT table_name AS "table", column_name AS "column", udt_name = '_text' AS list FROM information_schema.columns
     WHERE table_schema = 'public' AND udt_name IN ('text', '_text') AND table_name NOT LIKE '\\_%'`,
  );
  const growing = new Set<string>();
  for (const { table, column, list } of columns) {
    if (growing.has(table)) continue;
    const names = list ? `"${column}" && $1::text[]` : `"${column}" = ANY($1::text[])`;
    const { rowCount } = await client.query(`SELECT 1 FROM "${table}" WHERE ${names} LIMIT 1`, [known]);
    if (rowCount) growing.add(table);
  }
  const { rows: tables } = await client.query<{ table: string; rows: number; pages: number }>(
    `SELECT relname AS "table", reltuples AS rows, relpages AS pages FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT LIKE '\\_%'`,
  );
  const seeming = new Map<string, number>();
  for (const { table, rows, pages } of tables) {
    const shown = growing.has(table) ? Math.round((rows * wanted) / residents) : rows;
    seeming.set(table, shown);
    // The planner takes the number of pages from the file, and from these two how many rows a page has.
    await client.query(
      `SELECT pg_restore_relation_stats('schemaname', 'public', 'relname', $1::text, 'relpages', $2::integer, 'reltuples', $3::real)`,
      [table, pages, shown],
    );
  }
  return seeming;
}
