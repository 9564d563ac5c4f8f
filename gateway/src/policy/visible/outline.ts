import type {
  GraphQLArgument,
  GraphQLField,
  GraphQLInputField,
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  GraphQLNamedType,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLUnionType,
} from 'graphql';
import { getNamedType, isInputObjectType, isInterfaceType, isNonNullType, isObjectType, isUnionType } from 'graphql';

/** A field with what decides whether it stays. */
export interface Member {
  readonly owner: Owner;
  readonly name: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly type: GraphQLNamedType;
  readonly inputs: readonly Input[];
}

/** An object or interface type. */
export interface Owner {
  readonly type: GraphQLObjectType | GraphQLInterfaceType;
  readonly members: readonly Member[];
  /** Fields of which one must stay for the type to lead anywhere; none for most types. */
  readonly leading: readonly Member[];
}

/** An argument, or a field of an input object. */
export interface Input {
  readonly name: string;
  readonly input: GraphQLArgument | GraphQLInputField;
  readonly type: GraphQLNamedType;
  /** Whether it is given even by who leaves it out, or cannot be left out. */
  readonly insists: boolean;
}

/** An input object. */
export interface InputOwner {
  readonly type: GraphQLInputObjectType;
  readonly inputs: readonly Input[];
}

/** What leads to what in a schema. */
export interface Outline {
  readonly owners: readonly Owner[];
  readonly inputOwners: readonly InputOwner[];
  readonly byType: ReadonlyMap<GraphQLNamedType, Owner>;
  readonly byInputType: ReadonlyMap<GraphQLNamedType, InputOwner>;
  /** Fields that give a type. */
  readonly givers: ReadonlyMap<GraphQLNamedType, readonly Member[]>;
  /** Unions that a type belongs to. */
  readonly unions: ReadonlyMap<GraphQLNamedType, readonly GraphQLUnionType[]>;
}

const outlines = new WeakMap<GraphQLSchema, Outline>();

/** The outline of a schema, read once for all who see parts of it. */
export function outlineOf(schema: GraphQLSchema): Outline {
  let outline = outlines.get(schema);
  if (!outline) outlines.set(schema, (outline = readOutline(schema)));
  return outline;
}

function readOutline(schema: GraphQLSchema): Outline {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const owners = types.filter((type) => isObjectType(type) || isInterfaceType(type)).map(ownerOf);
  const inputOwners = types.filter(isInputObjectType).map((type): InputOwner => {
    return { type, inputs: Object.values(type.getFields()).map(inputOf) };
  });
  const givers = new Map<GraphQLNamedType, Member[]>();
  for (const member of owners.flatMap(({ members }) => members)) push(givers, member.type, member);
  const unions = new Map<GraphQLNamedType, GraphQLUnionType[]>();
  for (const union of types.filter(isUnionType)) for (const type of union.getTypes()) push(unions, type, union);
  return {
    owners,
    inputOwners,
    byType: new Map(owners.map((owner) => [owner.type, owner])),
    byInputType: new Map(inputOwners.map((owner) => [owner.type, owner])),
    givers,
    unions,
  };
}

function ownerOf(type: GraphQLObjectType | GraphQLInterfaceType): Owner {
  const members: Member[] = [];
  const leading: Member[] = [];
  const owner: Owner = { type, members, leading };
  for (const field of Object.values(type.getFields())) {
    members.push({
      owner,
      name: field.name,
      field,
      type: getNamedType(field.type),
      inputs: field.args.map(inputOf),
    });
  }
  const leads = leadingFields.find(({ suffix }) => type.name.endsWith(suffix))?.names ?? [];
  leading.push(...members.filter(({ name }) => leads.includes(name)));
  return owner;
}

/** What Relay's plumbing is there for (GraphQL Cursor Connections Specification, 2.1 and 3.1). */
const leadingFields: readonly { readonly suffix: string; readonly names: readonly string[] }[] = [
  { suffix: 'Edge', names: ['node'] },
  { suffix: 'Connection', names: ['edges', 'nodes'] },
];

function inputOf(input: GraphQLArgument | GraphQLInputField): Input {
  const { name, type, defaultValue } = input;
  const insists = defaultValue === undefined ? isNonNullType(type) : defaultValue !== null;
  return { name, input, type: getNamedType(type), insists };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
