import { Kind, type FieldDefinitionNode } from 'graphql';
import { demoCommunity } from '../population/places.js';
import type { SubgraphDefinition } from '../service/subgraph.js';
import { contractOf, isPage, rowType } from './contract.js';
import type { RoleCaller } from './role-callers.js';
import { maySee, scopedRows, type ScopedRow } from './scoped-rows.js';
import type { TestSubgraph } from './test-subgraph.js';

/** A list of scoped rows below a parent: `{ parent: 'Resident', key: 'id', field: 'vaccinations', … }`. */
export interface ChildField {
  readonly parent: string;
  /** The parent's key field. */
  readonly key: string;
  readonly field: string;
  /** The scoped type of the children. */
  readonly type: string;
  /** The field of the children's model that names the parent. */
  readonly by: string;
}

/** Asks a subgraph as a caller; each method names what shows or hides a row against the relations that the scope lists. */
export interface ScopeCheck {
  /** Scoped types. */
  readonly types: readonly string[];
  /** Root fields that lead to their rows; those without arguments are a test's own matter. */
  readonly roots: readonly string[];
  rootMistakes(caller: RoleCaller): Promise<string[]>;
  entityMistakes(caller: RoleCaller): Promise<string[]>;
  childMistakes(caller: RoleCaller, fields: readonly ChildField[]): Promise<string[]>;
}

interface Keyed {
  key: string;
}
interface Page {
  totalCount: number;
  nodes: Keyed[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const atOnce = 200;
/** Every place of the city, for lists that want one. */
const everywhere = ['4403', '4415'];

function* chunks<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let start = 0; start < items.length; start += atOnce) yield items.slice(start, start + atOnce);
}

/** Rows near the demo family, to whom callers are related, and some from everywhere. */
function sample(rows: readonly ScopedRow[]): ScopedRow[] {
  const own = rows.filter((row) => [...row.subject, ...row.assigned].some((id) => id.startsWith('demo-')));
  const near = rows.filter((row) => row.places.some((code) => code.startsWith(demoCommunity.slice(0, 9))));
  const step = Math.max(1, Math.floor(rows.length / 50));
  return [...new Set([...own.slice(0, 300), ...near.slice(0, 300), ...rows.filter((_, i) => i % step === 0)])];
}

/** Nothing where what is shown is what should be; else the first key in which they differ. */
function compare(where: string, shown: readonly Keyed[], expected: readonly Keyed[]): string[] {
  const keys = (rows: readonly Keyed[]) => rows.map(({ key }) => key);
  const extra = keys(shown).find((key) => !keys(expected).includes(key));
  if (extra !== undefined) return [`${where} shows ${extra}`];
  const missing = keys(expected).find((key) => !keys(shown).includes(key));
  if (missing !== undefined) return [`${where} hides ${missing}`];
  return shown.length === expected.length ? [] : [`${where} shows a row twice`];
}

function compareCount(where: string, count: number, expected: readonly Keyed[]): string[] {
  return count === expected.length ? [] : [`${where} counts ${count}, not ${expected.length}`];
}

/** Reads what a department's database holds and what its contract leads to, once for all callers. */
export async function openScopeCheck<Client extends { $disconnect(): Promise<void> }, Loaders>(
  service: TestSubgraph,
  definition: SubgraphDefinition<Client, Loaders>,
): Promise<ScopeCheck> {
  const { keys, fieldsOf } = contractOf(definition.department);
  const rowsOf = await scopedRows(service.databaseUrl, definition, keys);
  const roots = fieldsOf('Query').filter((field) => field.arguments?.length && rowsOf.has(rowType(field)));

  async function ask<Data>(caller: RoleCaller, operation: string, variables = {}): Promise<Data> {
    const { subject, standing, relations } = caller;
    const scope = Object.fromEntries([...rowsOf.keys()].map((type) => [type, relations]));
    const answer = await service.query(operation, variables, { subject, standing, scope });
    if (answer.errors) throw new Error(`${operation}: ${answer.errors[0]!.message}`);
    return answer.data as Data;
  }

  async function entities<Entity>(caller: RoleCaller, type: string, values: readonly string[], selection: string) {
    const r = values.map((value) => ({ __typename: type, [keys.get(type)!]: value }));
    const { _entities } = await ask<{ _entities: (Entity | null)[] }>(
      caller,
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${selection} } } }`,
      { r },
    );
    return _entities.filter((entity) => entity !== null);
  }

  async function listMistakes(caller: RoleCaller, field: FieldDefinitionNode, place: string | undefined) {
    const type = rowType(field);
    const among = place === undefined ? '' : `, place: "${place}"`;
    const operation = `query ($after: String) { list: ${field.name.value}(first: ${atOnce}, after: $after${among}) {
      totalCount nodes { key: ${keys.get(type)!} } pageInfo { hasNextPage endCursor } } }`;
    const shown: Keyed[] = [];
    let page: Page;
    let after: string | null = null;
    do {
      page = (await ask<{ list: Page }>(caller, operation, { after })).list;
      shown.push(...page.nodes);
      after = page.pageInfo.endCursor;
    } while (page.pageInfo.hasNextPage);
    const there = rowsOf.get(type)!.filter(({ places }) => !place || places.some((code) => code.startsWith(place)));
    const expected = there.filter((row) => maySee(caller, row));
    const where = field.name.value + among;
    return [...compare(where, shown, expected), ...compareCount(where, page.totalCount, expected)];
  }

  async function singleMistakes(caller: RoleCaller, field: FieldDefinitionNode, rows: readonly ScopedRow[]) {
    const argument = field.arguments![0]!.name.value;
    const selections = rows.map(
      ({ key }, i) =>
        `r${i}: ${field.name.value}(${argument}: ${JSON.stringify(key)}) { key: ${keys.get(rowType(field))!} }`,
    );
    const data = await ask<Record<string, Keyed | null>>(caller, `{ ${selections.join(' ')} }`);
    const shown = Object.values(data).filter((row) => row !== null);
    return compare(
      field.name.value,
      shown,
      rows.filter((row) => maySee(caller, row)),
    );
  }

  async function parentMistakes(caller: RoleCaller, child: ChildField, parents: readonly string[]) {
    const { parent, key, field, type, by } = child;
    const paged = isPage(fieldsOf(parent).find(({ name }) => name.value === field)!);
    const rows = `{ key: ${keys.get(type)!} }`;
    const below = paged ? `(first: ${atOnce}) { totalCount nodes ${rows} }` : rows;
    // A parent that is itself out of sight leads to nothing.
    const found = await entities<Keyed & { below: Page | Keyed[] | Keyed | null }>(
      caller,
      parent,
      parents,
      `key: ${key} below: ${field}${below}`,
    );
    return found.flatMap((entity) => {
      const where = `${parent}.${field} of ${entity.key}`;
      const expected = rowsOf.get(type)!.filter((row) => row.fields[by] === entity.key && maySee(caller, row));
      if (!paged) {
        const shown = entity.below === null ? [] : ([entity.below].flat() as Keyed[]);
        return compare(where, shown, expected);
      }
      const { nodes, totalCount } = entity.below as Page;
      return [...compare(where, nodes, expected.slice(0, atOnce)), ...compareCount(where, totalCount, expected)];
    });
  }

  return {
    types: [...rowsOf.keys()],
    roots: roots.map(({ name }) => name.value),

    async rootMistakes(caller) {
      const mistakes: string[] = [];
      for (const field of roots) {
        if (isPage(field)) {
          const place = field.arguments?.find(({ name }) => name.value === 'place');
          const all = place?.type.kind === Kind.NON_NULL_TYPE ? everywhere : [undefined];
          for (const each of place ? [...all, demoCommunity] : all) {
            mistakes.push(...(await listMistakes(caller, field, each)));
          }
        } else {
          for (const rows of chunks(sample(rowsOf.get(rowType(field))!))) {
            mistakes.push(...(await singleMistakes(caller, field, rows)));
          }
        }
      }
      return mistakes;
    },

    async entityMistakes(caller) {
      const mistakes: string[] = [];
      for (const [type, all] of rowsOf) {
        for (const rows of chunks(sample(all))) {
          const values = rows.map(({ key }) => key);
          const found = await entities<Keyed>(caller, type, values, `key: ${keys.get(type)!}`);
          const expected = rows.filter((row) => maySee(caller, row));
          mistakes.push(...compare(`_entities of ${type}`, found, expected));
        }
      }
      return mistakes;
    },

    async childMistakes(caller, fields) {
      const mistakes: string[] = [];
      for (const child of fields) {
        const named = sample(rowsOf.get(child.type)!).map((row) => row.fields[child.by] as string | null);
        for (const parents of chunks([...new Set(named.filter((parent) => parent !== null))])) {
          mistakes.push(...(await parentMistakes(caller, child, parents)));
        }
      }
      return mistakes;
    },
  };
}
