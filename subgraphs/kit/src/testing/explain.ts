import { Client } from 'pg';
import type { PrismaClientLike, SubgraphDefinition } from '../service/subgraph.js';
import { defaultSeed } from '../seeding/seed.js';
import { encodeCursor } from '../paging/page.js';
import { seemToHold } from './large-tables.js';
import { listOperations } from './lists.js';
import { roleCallers } from './role-callers.js';
import { recordStatements, type Statement } from './statements.js';
import type { TestCaller, TestSubgraph } from './test-subgraph.js';

/** Rows from which on a table is large: reading all of it costs more than some milliseconds. */
const large = 50_000;

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: PlanNode[];
}

function scansIn(node: PlanNode): string[] {
  const own = node['Node Type'] === 'Seq Scan' && node['Relation Name'] !== undefined ? [node['Relation Name']] : [];
  return [...own, ...(node.Plans ?? []).flatMap(scansIn)];
}

/** Callers of whom different conditions go into each statement. */
function callersOf(types: readonly string[]): Record<string, TestCaller> {
  const named = ['resident', 'community-worker', 'social-worker', 'street-supervisor'] as const;
  const related = named.map((name) => {
    const { subject, standing, relations } = roleCallers[name];
    return [name, { subject, standing, scope: Object.fromEntries(types.map((type) => [type, relations])) }] as const;
  });
  return { everybody: {}, ...Object.fromEntries(related) };
}

/**
 * Asks a subgraph for all its lists in all their ways, and PostgreSQL how it would read them in a city of a million
 * residents.
 * @param residents as many as the service was seeded with
 * @returns which large tables would be read from one end to the other, by which operation of which caller
 */
export async function sequentialScans<Client_ extends PrismaClientLike, Loaders>(
  service: TestSubgraph,
  definition: SubgraphDefinition<Client_, Loaders>,
  residents: number,
): Promise<{ scans: string[]; operations: number; large: string[] }> {
  const client = new Client({ connectionString: service.databaseUrl });
  await client.connect();
  try {
    const operations = listOperations(definition.department, encodeCursor('m'));
    const asked: { by: string; statement: Statement }[] = [];
    for (const [caller, as] of Object.entries(callersOf(Object.keys(definition.scope)))) {
      for (const { name, query } of operations) {
        const { result, statements } = await recordStatements(() => service.query(query, {}, as));
        if (result.errors) throw new Error(`${name}: ${result.errors[0]!.message}`);
        asked.push(...statements.map((statement) => ({ by: `${name} by ${caller}`, statement })));
      }
    }
    const rows = await seemToHold(client, { residents, seed: defaultSeed, wanted: 1_000_000 });
    const scans: string[] = [];
    const planned = new Map<string, readonly string[]>();
    const scannedBy = async ({ text, values }: Statement): Promise<readonly string[]> => {
      const key = JSON.stringify([text, values]);
      const known = planned.get(key);
      if (known) return known;
      type Answer = { 'QUERY PLAN': { Plan: PlanNode }[] };
      const { rows: answer } = await client.query<Answer>(`EXPLAIN (FORMAT JSON) ${text}`, [...values]);
      const found = scansIn(answer[0]!['QUERY PLAN'][0]!.Plan);
      planned.set(key, found);
      return found;
    };
    for (const { by, statement } of asked) {
      for (const table of await scannedBy(statement)) {
        if ((rows.get(table) ?? 0) >= large) scans.push(`${table}: ${by}`);
      }
    }
    const tables = [...rows].filter(([, count]) => count >= large).map(([table]) => table);
    return { scans: [...new Set(scans)], operations: operations.length, large: tables.sort() };
  } finally {
    await client.end();
  }
}
