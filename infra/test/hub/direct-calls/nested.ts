import { defaultSeed } from '@linli/kit/seeding/seed';
import { households } from '@linli/kit/population/households';
import { contractOf, isPage, rowType } from '@linli/kit/testing/contract';
import type { ScopeCaller, ScopeCheck } from '@linli/kit/testing/scope-check';
import type { ScopedRow } from '@linli/kit/testing/scoped-rows';
import { geography } from '@linli/schema/geography';
import { Kind, type FieldDefinitionNode } from 'graphql';
import type { HubDepartment } from './departments.js';

interface Keyed {
  key: string;
}
type Page = { totalCount: number; nodes: Keyed[] };
type Below = Page | Keyed[] | Keyed | null;
type Entity = Record<string, Below> | null;

/** A parent type of which some rows are asked for, and its fields that lead to scoped rows. */
interface Parent {
  readonly type: string;
  readonly keys: readonly string[];
  readonly fields: readonly FieldDefinitionNode[];
  /** What is below each of them, whoever asks. */
  readonly truth: readonly Entity[];
}

/** Asks a department for all that is below rows. */
export interface NestedCheck {
  /** Fields that are asked for, `Type.field`. */
  readonly fields: readonly string[];
  mistakes(caller: ScopeCaller): Promise<string[]>;
}

/** Rows of a parent type that are asked for: those near the demo family, and some from everywhere. */
const most = 60;

const required = ({ arguments: all = [] }: FieldDefinitionNode) =>
  all.some(({ type }) => type.kind === Kind.NON_NULL_TYPE);
const isNonNull = ({ type }: FieldDefinitionNode) =>
  type.kind === Kind.NON_NULL_TYPE && type.type.kind === Kind.NAMED_TYPE;
const keysIn = (below: Below): string[] =>
  below === null ? [] : ['nodes' in below ? below.nodes : below].flat().map(({ key }) => key);

/** Finds the fields by the contract, and what is below the parents as somebody is told who may see every row. */
export async function openNestedCheck(department: HubDepartment, check: ScopeCheck): Promise<NestedCheck> {
  const { keys, fieldsOf } = contractOf(department.name);
  const rowByKey = new Map([...check.rows].map(([type, rows]) => [type, new Map(rows.map((row) => [row.key, row]))]));
  const everything = {
    subject: { id: 'everybody', roles: [], jurisdiction: [], purposes: [], scopes: [] },
    standing: { household: [], wards: [] },
    scope: Object.fromEntries(check.types.map((type) => [type, ['none' as const]])),
  };

  async function ask(as: Parameters<HubDepartment['query']>[2], { type, keys: values, fields }: Omit<Parent, 'truth'>) {
    const selections = fields.map((field) => {
      const row = `{ key: ${keys.get(rowType(field))!} }`;
      return `${field.name.value}${isPage(field) ? `(first: 200) { totalCount nodes ${row} }` : row}`;
    });
    const key = keys.get(type)!;
    return department.query(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${selections.join(' ')} } } }`,
      { r: values.map((value) => ({ __typename: type, [key]: value })) },
      as,
    );
  }

  const parents: Parent[] = [];
  for (const type of keys.keys()) {
    const fields = fieldsOf(type).filter((field) => rowByKey.has(rowType(field)) && !required(field));
    if (fields.length === 0) continue;
    const parent = { type, fields, keys: await keysOf(type) };
    const { data, errors } = await ask(everything, parent);
    if (errors) throw new Error(`${department.name} ${type}: ${errors[0]!.message}`);
    parents.push({ ...parent, truth: data._entities });
  }

  async function keysOf(type: string): Promise<string[]> {
    const rows = check.rows.get(type);
    if (rows) {
      const own = rows.filter((row) => [...row.subject, ...row.assigned].some((id) => id.startsWith('demo-')));
      const step = Math.ceil(rows.length / 20);
      const picked = [...own.slice(0, most - 20), ...rows.filter((_, i) => i % step === 0)];
      return [...new Set(picked.map(({ key }) => key))];
    }
    const stub = stubs[type];
    if (stub) return stub;
    const root = fieldsOf('Query').find((field) => isPage(field) && rowType(field) === type && !required(field));
    if (!root) return [];
    const { data } = await department.query(
      `{ ${root.name.value}(first: ${most}) { nodes { key: ${keys.get(type)!} } } }`,
      {},
      everything,
    );
    return (data[root.name.value] as Page).nodes.map(({ key }) => key);
  }

  function expected(caller: ScopeCaller, field: FieldDefinitionNode, below: Below): string[] {
    const type = rowType(field);
    return keysIn(below).filter((key) => caller.maySee(type, rowByKey.get(type)!.get(key) as ScopedRow));
  }

  function expectedOf(caller: ScopeCaller, { type, fields }: Parent, whole: NonNullable<Entity>): string[][] {
    const found = fields.map((field) => expected(caller, field, whole[field.name.value]!));
    return found.map((rows, f) => {
      const way = through[`${type}.${fields[f]!.name.value}`];
      const reached = way === undefined || found[fields.findIndex(({ name }) => name.value === way)]!.length > 0;
      return reached ? rows : [];
    });
  }

  return {
    fields: parents.flatMap(({ type, fields }) => fields.map(({ name }) => `${type}.${name.value}`)),
    async mistakes(caller) {
      const { subject, standing, scope, purpose } = caller;
      const mistakes: string[] = [];
      for (const parent of parents) {
        const { data } = await ask({ subject, standing, scope, purpose }, parent);
        parent.truth.forEach((whole, i) => {
          const shown = (data._entities as Entity[])[i] ?? null;
          const where = `${parent.type} ${parent.keys[i]!}`;
          const row = rowByKey.get(parent.type)?.get(parent.keys[i]!);
          const visible = whole !== null && (!row || caller.maySee(parent.type, row));
          const wanted = visible ? expectedOf(caller, parent, whole) : [];
          // A row that must be there and is out of sight takes what it is part of with it.
          const lost = parent.fields.some((field, f) => isNonNull(field) && wanted[f]?.length === 0);
          if (shown === null) {
            if (visible && !lost) mistakes.push(`${where} is hidden`);
            return;
          }
          if (!visible) return void mistakes.push(`${where} is shown`);
          parent.fields.forEach((field, f) => {
            const below = shown[field.name.value]!;
            const place = `${where} ${field.name.value}`;
            if (keysIn(below).join() !== wanted[f]!.join()) mistakes.push(`${place} shows ${keysIn(below).join()}`);
            const complete = below !== null && 'nodes' in below && (whole[field.name.value] as Page).totalCount <= 200;
            if (complete && below.totalCount !== wanted[f]!.length)
              mistakes.push(`${place} counts ${below.totalCount}`);
          });
        });
      }
      return mistakes;
    },
  };
}

/** Fields that lead to a row by way of another one, which says whose it is: out of sight, it leads nowhere. */
const through: Readonly<Record<string, string>> = { 'Household.dwelling': 'tenancy' };

const neighbours = [...households({ residents: 300, seed: defaultSeed })].slice(0, most);
/** Parents that other departments hold. */
const stubs: Readonly<Record<string, string[]>> = {
  Community: geography.communities.slice(0, most).map(({ code }) => code),
  Resident: neighbours.flatMap(({ members }) => members.map(({ id }) => id)).slice(0, most),
  Household: neighbours.map(({ id }) => id),
};
