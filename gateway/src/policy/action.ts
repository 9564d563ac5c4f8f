import type { GraphQLSchema } from 'graphql';
import type { Action } from './cedar/policies.js';

/** What is done with the fields of a type: those at the root of mutations write, all that is below them is read. */
export function actionOn(type: string, schema: GraphQLSchema): Action {
  return type === schema.getMutationType()?.name ? 'write' : 'read';
}

/** Whether a type is a root of the graph. A root is no row of anybody: only the relation `none` holds there. */
export function isRoot(type: string, schema: GraphQLSchema): boolean {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.some((root) => root?.name === type);
}
