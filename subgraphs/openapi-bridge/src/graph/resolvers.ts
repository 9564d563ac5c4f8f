import {
  getNamedType,
  GraphQLScalarType,
  isEnumType,
  isObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { inputError } from '@linli/kit/errors';
import { scalarResolvers } from '@linli/kit/scalars';
import type { Caller } from '@linli/schema/subject';
import type { Description } from '../description/read.js';
import { askerOf, type Ask, type Values } from '../rest/ask.js';
import type { Asking, RestClient } from '../rest/client.js';
import { libraryField } from '../rest/library.js';
import { Rows } from './rows.js';

/** What every resolver finds in its context. */
export interface BridgeContext extends Asking {
  readonly caller: Caller;
}

type Resolver = (parent: Values, args: Values, context: BridgeContext, info: GraphQLResolveInfo) => unknown;
type Resolvers = Record<string, Record<string, unknown>>;

/** Resolvers of a platform's contract: fields ask operations, references look up entities, the rest is in the answers. */
export function resolversOf(description: Description, library: GraphQLSchema, client: RestClient): object {
  const resolvers: Resolvers = {};
  const put = (type: string, field: string, resolver: unknown) => ((resolvers[type] ??= {})[field] = resolver);
  const rows = new Rows(description.objects.values());
  const asks = new Map<string, Ask>();
  for (const operation of description.operations.values()) {
    const field = libraryField(library, operation.id);
    const ask = askerOf(operation, field, client);
    asks.set(operation.id, ask);
    const answered = getNamedType(field.type).name;
    for (const { type, name, from = {} } of operation.fields) {
      const resolver: Resolver = async (parent, args, context, info) => {
        const answer = await ask({ ...args, ...taken(from, parent) }, context, info);
        return rows.visible(answered, answer, context.caller);
      };
      put(type, name, resolver);
    }
  }
  for (const [name, { key }] of Object.entries(description.entities)) {
    put(name, '__resolveReference', (reference: Values) => ({ [key.name]: reference[key.name] }));
  }
  for (const { name, linli } of description.objects.values()) {
    for (const [field, reference] of Object.entries(linli.references ?? {})) {
      const { key } = description.entities[reference.type]!;
      const resolver: Resolver = (parent) => {
        const value = parent[reference.from];
        return value === null || value === undefined ? null : { [key.name]: value };
      };
      put(name, field, resolver);
    }
    if (linli.lookup) {
      const { operation, from } = linli.lookup;
      const lookup = async (reference: Values, context: BridgeContext, info: GraphQLResolveInfo) => {
        const answer = await asks.get(operation)!(taken(from, reference), context, info);
        return rows.visible(name, answer, context.caller);
      };
      put(name, '__resolveReference', lookup);
    }
    const type = library.getType(name);
    // A field whose property has another name on the wire has a resolver of the library's.
    for (const field of Object.values(isObjectType(type) ? type.getFields() : {})) {
      if (field.resolve) put(name, field.name, field.resolve);
    }
  }
  for (const name of description.enums.keys()) {
    const type = library.getType(name);
    for (const value of isEnumType(type) ? type.getValues() : []) put(name, value.name, value.value);
  }
  return { ...scalarsOf(client), ...resolvers };
}

/** The shared scalars; that the system answers what is none of them is told without the value. */
function scalarsOf(client: RestClient): Record<string, GraphQLScalarType> {
  const scalars = Object.entries(scalarResolvers).map(([name, scalar]) => {
    const serialize = (value: unknown): unknown => {
      try {
        return scalar.serialize(value);
      } catch {
        throw client.badAnswer(`no ${name}`);
      }
    };
    return [name, new GraphQLScalarType({ ...scalar.toConfig(), serialize })] as const;
  });
  return Object.fromEntries(scalars);
}

/** The parameters that an object gives. */
function taken(from: Readonly<Record<string, string>>, object: Values): Values {
  return Object.fromEntries(
    Object.entries(from).map(([parameter, field]) => {
      const value = object[field];
      if (value === undefined || value === null) throw inputError(`The field ${field} is needed and was not given.`);
      return [parameter, value];
    }),
  );
}
