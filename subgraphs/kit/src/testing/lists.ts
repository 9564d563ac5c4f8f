import { Kind, type FieldDefinitionNode, type InputValueDefinitionNode, type TypeNode } from 'graphql';
import type { Department } from '@linli/schema/departments';
import { demoCommunity } from '../population/places.js';
import { contractOf, isPage } from './contract.js';

/** An operation that reads one list in one of the ways in which it can be asked for. */
export interface ListOperation {
  /** `residents(place, livesAlone)` */
  readonly name: string;
  readonly query: string;
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}

/** A value of an argument, as GraphQL writes it; undefined for types of which nothing is known. */
export function argumentValue(
  { type, name }: InputValueDefinitionNode,
  enums: ReadonlyMap<string, string>,
): string | undefined {
  const values: Readonly<Record<string, string>> = {
    Boolean: 'true',
    Int: '3',
    Float: '3',
    String: '"社区"',
    ID: '"x-1"',
    PlaceCode: JSON.stringify(demoCommunity.slice(0, 9)),
    CommunityCode: JSON.stringify(demoCommunity),
    Date: '"2025-01-01"',
    DateTime: '"2025-01-01T00:00:00Z"',
    Year: '2025',
  };
  const value = values[nameOf(type)] ?? enums.get(nameOf(type));
  if (name.value === 'place') return values['PlaceCode'];
  return value !== undefined && type.kind === Kind.LIST_TYPE ? `[${value}]` : value;
}

const rows = '{ totalCount nodes { __typename } }';

/** Every way of asking for a list: as it is, by each filter alone, and from the middle of it. */
function waysOf(field: FieldDefinitionNode, enums: ReadonlyMap<string, string>, cursor: string) {
  const given = (argument: InputValueDefinitionNode) => {
    const value = argumentValue(argument, enums);
    return value === undefined ? [] : [`${argument.name.value}: ${value}`];
  };
  const all = field.arguments ?? [];
  const needed = all.filter(({ type }) => type.kind === Kind.NON_NULL_TYPE).flatMap(given);
  const filters = all.filter(
    ({ name, type }) => type.kind !== Kind.NON_NULL_TYPE && !['first', 'after'].includes(name.value),
  );
  const sets = [[], ...filters.map((filter) => given(filter)), [`after: "${cursor}"`]];
  return sets.map((set) => ['first: 50', ...needed, ...set]);
}

/** Operations for all lists of a department: its own, and those below communities and residents. */
export function listOperations(department: Department, cursor: string): ListOperation[] {
  const { fieldsOf, enums, keys } = contractOf(department);
  const roots = fieldsOf('Query')
    .filter(isPage)
    .flatMap((field) =>
      waysOf(field, enums, cursor).map((args) => ({
        name: `${field.name.value}(${args.slice(1).join(', ')})`,
        query: `{ ${field.name.value}(${args.join(', ')}) ${rows} }`,
      })),
    );
  const parents = { Community: demoCommunity, Resident: 'demo-resident', Household: 'demo-household' };
  const below = Object.entries(parents).flatMap(([parent, key]) =>
    fieldsOf(parent)
      .filter(isPage)
      .flatMap((field) =>
        waysOf(field, enums, cursor).map((args) => ({
          name: `${parent}.${field.name.value}(${args.slice(1).join(', ')})`,
          query: `{ _entities(representations: [{ __typename: "${parent}", ${keys.get(parent)!}: "${key}" }]) {
            ... on ${parent} { ${field.name.value}(${args.join(', ')}) ${rows} } } }`,
        })),
      ),
  );
  return [...roots, ...below];
}
