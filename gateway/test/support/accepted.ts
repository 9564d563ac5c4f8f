import { GraphQLError, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';

/** How many operations each schema remembers: tests ask the same again with other data or variables. */
const remembered = 100;
const known = new WeakMap<GraphQLSchema, Map<string, DocumentNode | readonly GraphQLError[]>>();

/** An operation as a server with this schema takes it, or what it has against it. */
export function accepted(schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] {
  const before = known.get(schema) ?? new Map<string, DocumentNode | readonly GraphQLError[]>();
  known.set(schema, before);
  const found = before.get(query) ?? read(schema, query);
  before.delete(query);
  before.set(query, found);
  if (before.size > remembered) before.delete(before.keys().next().value!);
  return found;
}

function read(schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] {
  try {
    const document = parse(query);
    const problems = validate(schema, document);
    return problems.length > 0 ? problems : document;
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}
