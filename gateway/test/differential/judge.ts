import {
  buildSchema,
  execute,
  getNullableType,
  isAbstractType,
  isListType,
  isObjectType,
  parse,
  printSchema,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { isThing, type World } from './world.js';

/** Changes of one request, which mutations see. */
export interface State {
  tick: number;
}

/** The graph as one executable schema over the whole world, told apart from nothing: graphql-js decides what is right. */
export function judgeSchema(api: GraphQLSchema): GraphQLSchema {
  const schema = buildSchema(printSchema(api));
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isAbstractType(type)) type.resolveType = (value: unknown) => typeName(value);
    // Without this, graphql-js takes anything for an object.
    if (isObjectType(type))
      type.isTypeOf = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
  }
  return schema;
}

/** Answers an operation over the judge's schema. */
export async function judgement(
  world: World,
  schema: GraphQLSchema,
  query: string,
  variables: Record<string, unknown>,
) {
  const state: State = { tick: 0 };
  const fieldResolver: GraphQLFieldResolver<unknown, State> = async (
    source,
    args,
    _,
    { parentType, fieldName, returnType },
  ) => {
    if (parentType === schema.getQueryType()) return later(world.value(root('Query'), fieldName, args), returnType);
    if (parentType === schema.getMutationType())
      return later(world.value(await step(state), fieldName, args), returnType);
    return isThing(source) ? later(world.value(source, fieldName, args), returnType) : undefined;
  };
  const rootValue = root('Query');
  return execute({
    schema,
    document: parse(query),
    variableValues: variables,
    contextValue: state,
    rootValue,
    fieldResolver,
  });
}

/** Items of lists as promises: beside one that is wrong at once, graphql-js forgets others that turn out wrong later. */
function later(value: unknown, type: GraphQLOutputType): unknown {
  const list = getNullableType(type);
  if (!isListType(list) || !Array.isArray(value)) return value;
  return value.map((item) => Promise.resolve(later(item, list.ofType)));
}

export function root(type: string, identity = type) {
  return { type, identity, index: undefined };
}

/** One change more: whoever changes things at the same time is seen. */
export async function step(state: State) {
  const before = state.tick;
  await new Promise(setImmediate);
  state.tick = before + 1;
  return root('Mutation', `Mutation ${state.tick}`);
}

export function typeName(value: unknown): string | undefined {
  if (isThing(value)) return value.type;
  return (value as { __typename?: string } | null)?.__typename;
}
