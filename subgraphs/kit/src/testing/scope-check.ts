import { Kind, type FieldDefinitionNode } from 'graphql';
import type { Caller, Subject } from '@linli/schema/subject';
import { demoCommunity } from '../population/places.js';
import type { PrismaClientLike, SubgraphDefinition } from '../service/subgraph.js';
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

/** Somebody for whom it was decided, type by type, which rows they see. */
export interface ScopeCaller extends Pick<Caller, 'standing' | 'scope' | 'purpose'> {
  readonly subject: Partial<Subject>;
  /** Whether a row should be shown to them. */
  maySee(type: string, row: ScopedRow): boolean;
}

/** Asks a subgraph as a caller; each method names what shows or hides a row against the relations that the scope lists. */
export interface ScopeCheck {
  /** Scoped types. */
  readonly types: readonly string[];
  /** The rows of each of them, as the database has them. */
  readonly rows: ReadonlyMap<string, readonly ScopedRow[]>;
  /** Root fields that lead to their rows; those without arguments are a test's own matter. */
  readonly roots: readonly string[];
  /** @param types the scoped types that are asked for; all, if unsaid */
  rootMistakes(caller: RoleCaller | ScopeCaller, types?: readonly string[]): Promise<string[]>;
  entityMistakes(caller: RoleCaller | ScopeCaller, types?: readonly string[]): Promise<string[]>;
  childMistakes(caller: RoleCaller | ScopeCaller, fields: readonly ChildField[]): Promise<string[]>;
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
  const keys = (rows: readonly Keyed[]) => new Set(rows.map(({ key }) => key));
  const [there, wanted] = [keys(shown), keys(expected)];
  const extra = [...there].find((key) => !wanted.has(key));
  if (extra !== undefined) return [`${where} shows ${extra}`];
  const missing = [...wanted].find((key) => !there.has(key));
  if (missing !== undefined) return [`${where} hides ${missing}`];
  return shown.length === expected.length ? [] : [`${where} shows a row twice`];
}

function compareCount(where: string, count: number, expected: readonly Keyed[]): string[] {
  return count === expected.length ? [] : [`${where} counts ${count}, not ${expected.length}`];
}

/** A list of what is about one person: whoever asks (`disclosuresOfMe`), or the one whom it cannot do without. */
function isOfSomebody(field: FieldDefinitionNode): boolean {
  const required = field.arguments!.some(
    ({ name, type }) => type.kind === Kind.NON_NULL_TYPE && name.value !== 'place',
  );
  return isPage(field) && (required || field.name.value.endsWith('OfMe'));
}

/** Reads what a department's database holds and what its contract leads to, once for all callers. */
export async function openScopeCheck<Client extends PrismaClientLike, Loaders>(
  service: Pick<TestSubgraph, 'databaseUrl' | 'query'>,
  definition: SubgraphDefinition<Client, Loaders>,
): Promise<ScopeCheck> {
  const { keys, fieldsOf } = contractOf(definition.department);
  const rowsOf = await scopedRows(service.databaseUrl, definition, keys);
  const roots = fieldsOf('Query').filter(
    (field) => field.arguments?.length && rowsOf.has(rowType(field)) && !isOfSomebody(field),
  );

  async function ask<Data>(caller: ScopeCaller, operation: string, variables = {}): Promise<Data> {
    const { subject, standing, scope, purpose } = caller;
    const answer = await service.query(operation, variables, { subject, standing, scope, purpose });
    if (answer.errors) throw new Error(`${operation}: ${answer.errors[0]!.message}`);
    return answer.data as Data;
  }

  async function entities<Entity>(caller: ScopeCaller, type: string, values: readonly string[], selection: string) {
    const r = values.map((value) => ({ __typename: type, [keys.get(type)!]: value }));
    const { _entities } = await ask<{ _entities: (Entity | null)[] }>(
      caller,
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${selection} } } }`,
      { r },
    );
    return _entities.filter((entity) => entity !== null);
  }

  async function listMistakes(caller: ScopeCaller, field: FieldDefinitionNode, place: string | undefined) {
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
    const expected = there.filter((row) => caller.maySee(type, row));
    const where = field.name.value + among;
    return [...compare(where, shown, expected), ...compareCount(where, page.totalCount, expected)];
  }

  async function singleMistakes(caller: ScopeCaller, field: FieldDefinitionNode, rows: readonly ScopedRow[]) {
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
      rows.filter((row) => caller.maySee(rowType(field), row)),
    );
  }

  async function parentMistakes(caller: ScopeCaller, child: ChildField, parents: readonly string[]) {
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
      const expected = rowsOf.get(type)!.filter((row) => row.fields[by] === entity.key && caller.maySee(type, row));
      if (!paged) {
        const shown = entity.below === null ? [] : ([entity.below].flat() as Keyed[]);
        return compare(where, shown, expected);
      }
      const { nodes, totalCount } = entity.below as Page;
      return [...compare(where, nodes, expected.slice(0, atOnce)), ...compareCount(where, totalCount, expected)];
    });
  }

  /** The relations of a role's caller hold for all types. */
  function withScope(caller: RoleCaller | ScopeCaller): ScopeCaller {
    if (!('relations' in caller)) return caller;
    const scope = Object.fromEntries([...rowsOf.keys()].map((type) => [type, caller.relations]));
    return { ...caller, scope, maySee: (_, row) => maySee(caller, row) };
  }

  return {
    types: [...rowsOf.keys()],
    rows: rowsOf,
    roots: roots.map(({ name }) => name.value),

    async rootMistakes(asking, types) {
      const caller = withScope(asking);
      const mistakes: string[] = [];
      for (const field of types ? roots.filter((root) => types.includes(rowType(root))) : roots) {
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

    async entityMistakes(asking, types = [...rowsOf.keys()]) {
      const caller = withScope(asking);
      const mistakes: string[] = [];
      for (const type of types) {
        for (const rows of chunks(sample(rowsOf.get(type)!))) {
          const values = rows.map(({ key }) => key);
          const found = await entities<Keyed>(caller, type, values, `key: ${keys.get(type)!}`);
          const expected = rows.filter((row) => caller.maySee(type, row));
          mistakes.push(...compare(`_entities of ${type}`, found, expected));
        }
      }
      return mistakes;
    },

    async childMistakes(asking, fields) {
      const caller = withScope(asking);
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
