import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import pg from 'pg';
import { scratchDatabase, type ScratchDatabase } from '@linli/kit/testing/scratch-database';
import { relations } from '@linli/schema/subject';
import { StartError } from '../../src/errors.js';
import { drawAsker, type Asker } from '../policy/oracle/askers.js';
import { people, places, staff } from '../policy/oracle/people.js';
import { drawRules } from '../policy/oracle/rules.js';
import { InProcessGateway } from '../policy/support/in-process.js';
import { pickOne, seeded, type Random } from '../support/random.js';
import { Subgraph } from '../support/subgraph.js';
import { head } from '../supergraph/support/contract.js';
import { Department, type Thing } from './department.js';

const contract = `${head()}
  type Query {
    listed: [Thing!] @classified(level: L2) found(label: String!): [Thing!] @classified(level: L2)
    counted: Int @classified(level: L2) unscoped: [Thing!] @classified(level: L2)
    standing: Standing @inaccessible @classified(level: L4, sharing: NONE)
  }
  type Standing @inaccessible @classified(level: L4, sharing: NONE) { household: [ID!]! wards: [ID!]! }
  type Thing @key(fields: "id") @classified(level: L3) @scoped(subject: "about", community: "place", assigned: "handlers", minor: "minor") {
    id: ID! @classified(level: L2) label: String @classified(level: L3, mask: NAME) note: String
    about: ID @inaccessible @classified(level: L4, sharing: NONE)
    place: ID @inaccessible @classified(level: L4, sharing: NONE)
    handlers: [ID!] @inaccessible @classified(level: L4, sharing: NONE)
    minor: Boolean! @inaccessible @classified(level: L4, sharing: NONE)
  }`;
const named = ['Query.listed', 'Thing.id', 'Thing.label', 'Thing.note', 'Thing.remark'];
const ids = Array.from({ length: 12 }, (_, i) => `t${String(i).padStart(2, '0')}`);
const labels = ['张建国', '李四'];

let database: ScratchDatabase;
let pool: pg.Pool;
let department: Department;
/** A department that names rows without knowing anything of them: the gateway looks the entities up. */
let other: Subgraph;
let supergraph: string;

beforeAll(async () => {
  database = await scratchDatabase('one_rule');
  pool = new pg.Pool({ connectionString: database.url });
  await pool.query(
    'CREATE TABLE thing (id text PRIMARY KEY, label text, about text, place text, handlers text[], minor_until date)',
  );
  department = await Department.start(contract, pool);
  const sdl = `${head()} type Query { named: [Thing!] @classified(level: L2) }
    type Thing @key(fields: "id") { id: ID! remark: String @classified(level: L2) }`;
  other = await Subgraph.start('health', sdl, {
    Query: { named: () => ids.map((id) => ({ __typename: 'Thing', id })) },
    Thing: { remark: () => 'remark' },
  });
  const composed = composeServices([
    { name: 'civil-affairs', url: department.url, typeDefs: parse(contract) },
    { name: 'health', url: other.url, typeDefs: parse(sdl) },
  ]);
  if (!composed.supergraphSdl) throw new Error(JSON.stringify(composed.errors));
  supergraph = composed.supergraphSdl;
});

afterAll(async () => {
  await Promise.all([department.close(), other.close(), pool.end()]);
  await database.drop();
});

describe('what a list, a search, a count and an entity lookup let through is what the single check lets through', () => {
  const seed = Number(process.env['LINLI_ORACLE_SEED'] ?? Date.now() % 1_000_000);

  test(`over random policies, askers and rows, seed ${seed}`, async () => {
    const random = seeded(seed);
    const seen = { some: 0, none: 0, all: 0 };
    for (let i = 0; i < 10; i++) {
      const gateway = await openGateway(random);
      department.keys = { keys: [gateway.publicKey] };
      for (let k = 0; k < 12; k++) {
        await fill(drawThings(random));
        const asker = drawAsker(random, k);
        department.standing = asker.standing;
        const shown = await compare(gateway, asker);
        if (shown === undefined) continue;
        seen[shown === 0 ? 'none' : shown === ids.length ? 'all' : 'some'] += 1;
      }
      await gateway.close();
    }
    // Draws in which everybody sees everything would prove little.
    expect(seen.some + seen.none).toBeGreaterThan(seen.all / 10);
  }, 120_000);
});

/** Asks by every path that is open; how many rows are seen, undefined where the single check cannot be asked. */
async function compare(gateway: InProcessGateway, asker: Asker): Promise<number | undefined> {
  const ask = async (field: string): Promise<unknown> => {
    const answer = await gateway.ask(asker.subject, `{ answer: ${field} }`, asker.headers).catch(() => undefined);
    return answer?.data?.['answer'] ?? undefined;
  };
  // By their ids where those may be seen, by their number anyway.
  const rows = async (field: string) => {
    const all = (await ask(`${field} { __typename }`)) as unknown[] | undefined;
    return all && { count: all.length, ids: await ask(`${field} { id }`) };
  };
  const single = await rows('unscoped');
  if (!single) return undefined;
  const paths = {
    list: await rows('listed'),
    count: { count: await ask('counted'), ids: single.ids },
    entities: await rows('named'),
    search: together(await Promise.all(labels.map((label) => rows(`found(label: "${label}")`)))),
  };
  for (const [path, { count, ids } = single] of Object.entries(paths)) {
    expect({ asker, path, count: count ?? single.count, ids: ids ?? single.ids }).toEqual({ asker, path, ...single });
  }
  return single.count;
}

type Rows = { count: number; ids: unknown } | undefined;

/** What several searches find that find each row once. */
function together(parts: readonly Rows[]): Rows {
  if (parts.some((part) => part === undefined)) return undefined;
  const all = parts.flatMap((part) => part?.ids as { id: string | null }[]);
  const ids = all.includes(undefined as never) ? undefined : all.sort((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1));
  return {
    count: parts.reduce((sum, part) => sum + part!.count, 0),
    ids: ids?.some(({ id }) => id === null) ? undefined : ids,
  };
}

function drawThings(random: Random): Thing[] {
  const or = <T>(value: T): T | null => (random() < 0.15 ? null : value);
  return ids.map((id) => ({
    id,
    label: pickOne(random, labels),
    about: or(pickOne(random, people)),
    place: or(pickOne(random, places)),
    handlers: or(staff.filter(() => random() < 0.4)),
    minor_until: random() < 0.4 ? '2999-01-01' : random() < 0.5 ? '2001-01-01' : null,
  }));
}

async function fill(rows: readonly Thing[]): Promise<void> {
  await pool.query('TRUNCATE thing');
  await pool.query('INSERT INTO thing SELECT * FROM json_populate_recordset(NULL::thing, $1)', [JSON.stringify(rows)]);
}

/** A gateway with random policies that Cedar's validator takes. */
async function openGateway(random: Random): Promise<InProcessGateway> {
  for (;;) {
    try {
      const text = random() < 0.4 ? drawRules(random, named) : drawRulesOfRelations(random);
      return await InProcessGateway.open(supergraph, { 'common.cedar': text });
    } catch (error) {
      if (!(error instanceof StartError && error.message.includes('is impossible'))) throw error;
    }
  }
}

/** Policies by which things are seen, in full or masked, for what relates somebody to them and whether they are of minors. */
function drawRulesOfRelations(random: Random): string {
  const close = relations.filter((relation) => relation !== 'none');
  const rule = (effect: string, i: number) => `@id("common.rule-${i}") @why("测试") @owner("hub")
    ${effect} (principal, action == Linli::Action::"${pickOne(random, ['read', 'readMasked'])}",
      resource in ${pickOne(random, ['Linli::Type::"Thing"', 'Linli::Field::"Thing.label"', 'Linli::Level::"L3"'])})
    when { [${close
      .filter(() => random() < 0.4)
      .map((relation) => `Linli::Relation::"${relation}"`)
      .concat('Linli::Relation::"self"')
      .join(
        ', ',
      )}].contains(context.relation)${pickOne(random, ['', '', ' && context.minor', ' && !context.minor'])} };`;
  const door = `@id("common.door") @why("测试") @owner("hub")
    permit (principal, action == Linli::Action::"read", resource in Linli::Type::"Query");`;
  return [door, ...['permit', 'permit', pickOne(random, ['permit', 'forbid'])].map(rule)].join('\n');
}
