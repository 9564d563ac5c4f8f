import { Kind, parse, type FieldDefinitionNode, type ObjectTypeDefinitionNode, type TypeNode } from 'graphql';
import { subgraphSdl } from '@linli/schema/files';
import type { SubgraphDefinition } from '../service/subgraph.js';
import type { RoleCaller } from './role-callers.js';
import { maySee, scopedRows, type ScopedRow } from './scoped-rows.js';
import type { TestCaller, TestSubgraph } from './test-subgraph.js';

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
  readonly types: readonly string[];
  /** Root fields that lead to scoped rows. */
  readonly roots: readonly string[];
  rootMistakes(caller: RoleCaller): Promise<string[]>;
  entityMistakes(caller: RoleCaller): Promise<string[]>;
  childMistakes(caller: RoleCaller, fields: readonly ChildField[]): Promise<string[]>;
}

const keysAtOnce = 200;
/** Every place of the city, for lists that want one, and the demo family's community. */
const everywhere = ['4403', '4415'];
const here = '440303001001';

function typeName(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : typeName(type.type);
}

/** The key field of each entity type of a contract. */
function keyFields(types: readonly ObjectTypeDefinitionNode[]): Map<string, string> {
  return new Map(
    types.flatMap(({ name, directives }) => {
      const key = directives?.find((directive) => directive.name.value === 'key')?.arguments?.[0]?.value;
      return key?.kind === Kind.STRING ? [[name.value, key.value]] : [];
    }),
  );
}

function* chunks<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let start = 0; start < items.length; start += keysAtOnce) yield items.slice(start, start + keysAtOnce);
}

/** Rows near the demo family, to whom callers are related, and some from everywhere. */
function sample(rows: readonly ScopedRow[]): ScopedRow[] {
  const own = rows.filter((row) => [...row.subject, ...row.assigned].some((id) => id.startsWith('demo-')));
  const near = rows.filter((row) => row.community?.startsWith(here.slice(0, 9)));
  const step = Math.max(1, Math.floor(rows.length / 50));
  return [...new Set([...own.slice(0, 300), ...near.slice(0, 300), ...rows.filter((_, i) => i % step === 0)])];
}

/** Nothing where what is shown is what should be; else the first key in which they differ. */
function compare(where: string, shown: readonly string[], expected: readonly string[]): string[] {
  const extra = shown.find((key) => !expected.includes(key));
  if (extra !== undefined) return [`${where} shows ${extra}`];
  const missing = expected.find((key) => !shown.includes(key));
  if (missing !== undefined) return [`${where} hides ${missing}`];
  return shown.length === expected.length ? [] : [`${where} shows a row twice`];
}

/** Reads what a department's database holds and what its contract leads to, once for all callers. */
export async function openScopeCheck<Client extends { $disconnect(): Promise<void> }, Loaders>(
  service: TestSubgraph,
  definition: SubgraphDefinition<Client, Loaders>,
): Promise<ScopeCheck> {
  const types = parse(subgraphSdl(definition.department)).definitions.filter(
    (node) => node.kind === Kind.OBJECT_TYPE_DEFINITION,
  );
  const keys = keyFields(types);
  const rowsOf = await scopedRows(service.databaseUrl, definition, keys);
  const scopedOf = (field: FieldDefinitionNode) => typeName(field.type).replace(/Connection$/, '');
  const roots = (types.find(({ name }) => name.value === 'Query')?.fields ?? []).filter((field) =>
    rowsOf.has(scopedOf(field)),
  );

  const askerOf = ({ subject, standing, relations }: RoleCaller): TestCaller => ({
    subject,
    standing,
    scope: Object.fromEntries([...rowsOf.keys()].map((type) => [type, relations])),
  });
  const ask = async (caller: RoleCaller, operation: string, variables = {}) => {
    const { data, errors } = await service.query(operation, variables, askerOf(caller));
    if (errors) throw new Error(`${operation}: ${errors[0]!.message}`);
    return data;
  };

  async function listMistakes(caller: RoleCaller, field: FieldDefinitionNode, place: string | null): Promise<string[]> {
    const name = field.name.value;
    const type = scopedOf(field);
    const shown: string[] = [];
    let total = 0;
    for (let after: string | null = null; ;) {
      const { list } = await ask(
        caller,
        `query ($after: String) { list: ${name}(first: 200, after: $after ${place ? `, place: "${place}"` : ''}) {
           totalCount nodes { key: ${keys.get(type)!} } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      shown.push(...list.nodes.map(({ key }: { key: string }) => key));
      total = list.totalCount;
      if (!list.pageInfo.hasNextPage) break;
      after = list.pageInfo.endCursor;
    }
    const expected = rowsOf.get(type)!.filter((row) => maySee(caller, row) && row.community?.startsWith(place ?? ''));
    const where = `${name}(place: ${place})`;
    return [
      ...compare(
        where,
        shown,
        expected.map(({ key }) => key),
      ),
      ...(total === expected.length ? [] : [`${where} counts ${total}, not ${expected.length}`]),
    ];
  }

  async function singleMistakes(caller: RoleCaller, field: FieldDefinitionNode): Promise<string[]> {
    const type = scopedOf(field);
    const argument = field.arguments![0]!.name.value;
    const mistakes: string[] = [];
    for (const rows of chunks(sample(rowsOf.get(type)!))) {
      const selections = rows.map(
        ({ key }, i) => `r${i}: ${field.name.value}(${argument}: ${JSON.stringify(key)}) { key: ${keys.get(type)!} }`,
      );
      const data = await ask(caller, `{ ${selections.join(' ')} }`);
      const shown = rows.flatMap((_, i) => data[`r${i}`]?.key ?? []);
      const expected = rows.filter((row) => maySee(caller, row)).map(({ key }) => key);
      mistakes.push(...compare(field.name.value, shown, expected));
    }
    return mistakes;
  }

  return {
    types: [...rowsOf.keys()],
    roots: roots.map(({ name }) => name.value),

    async rootMistakes(caller) {
      const mistakes: string[] = [];
      for (const field of roots) {
        if (!typeName(field.type).endsWith('Connection')) {
          mistakes.push(...(await singleMistakes(caller, field)));
          continue;
        }
        const place = field.arguments?.find(({ name }) => name.value === 'place');
        const wanted = place?.type.kind === Kind.NON_NULL_TYPE ? everywhere : [null];
        for (const each of place ? [...wanted, here] : wanted) {
          mistakes.push(...(await listMistakes(caller, field, each)));
        }
      }
      return mistakes;
    },

    async entityMistakes(caller) {
      const mistakes: string[] = [];
      for (const [type, all] of rowsOf) {
        const key = keys.get(type)!;
        for (const rows of chunks(sample(all))) {
          const { _entities: found } = await ask(
            caller,
            `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { key: ${key} } } }`,
            { r: rows.map((row) => ({ __typename: type, [key]: row.key })) },
          );
          const shown = found.flatMap((entity: { key: string } | null) => entity?.key ?? []);
          const expected = rows.filter((row) => maySee(caller, row)).map((row) => row.key);
          mistakes.push(...compare(`_entities of ${type}`, shown, expected));
        }
      }
      return mistakes;
    },

    async childMistakes(caller, fields) {
      const mistakes: string[] = [];
      for (const { parent, key, field, type, by } of fields) {
        const definitionOf = types.find(({ name }) => name.value === parent)!.fields!;
        const kind = definitionOf.find(({ name }) => name.value === field)!.type;
        const isPage = typeName(kind).endsWith('Connection');
        const child = keys.get(type)!;
        const all = rowsOf.get(type)!;
        const parents = [...new Set(sample(all).map((row) => row.fields[by] as string))];
        for (const some of chunks(parents)) {
          const { _entities: found } = await ask(
            caller,
            `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${parent} { key: ${key}
               below: ${field}${isPage ? `(first: 200) { totalCount nodes { key: ${child} } }` : ` { key: ${child} }`} } } }`,
            { r: some.map((value) => ({ __typename: parent, [key]: value })) },
          );
          // A parent that is itself out of sight leads to nothing.
          for (const entity of found.filter((each: object | null) => each !== null)) {
            const nodes = isPage ? entity.below.nodes : [entity.below ?? []].flat();
            const expected = all.filter((row) => row.fields[by] === entity.key && maySee(caller, row));
            const where = `${parent}.${field} of ${entity.key}`;
            mistakes.push(
              ...compare(
                where,
                nodes.map((node: { key: string }) => node.key),
                expected.slice(0, 200).map((row) => row.key),
              ),
            );
            if (isPage && entity.below.totalCount !== expected.length) mistakes.push(`${where} counts otherwise`);
          }
        }
      }
      return mistakes;
    },
  };
}
