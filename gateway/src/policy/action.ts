import type { GraphQLSchema } from 'graphql';
import type { Action } from './cedar/policies.js';

/** What is done with the fields of a type: those at the root of mutations write, all that is below them is read. */
export function actionOn(type: string, schema: GraphQLSchema): Action {
  return type === schema.getMutationType()?.name ? 'write' : 'read';
}

/**
 * Whether a type is a root of the graph at which one reads. It is no row of anybody: only the relation `none` holds there.
 * A mutation is asked about with every relation, which is then that of its caller to the row that it writes.
 */
export function isReadRoot(type: string, schema: GraphQLSchema): boolean {
  const roots = [schema.getQueryType(), schema.getSubscriptionType()];
  return roots.some((root) => root?.name === type);
}
