import type { GraphQLSchema } from 'graphql';
import type { Classification } from '../supergraph/classification.js';
import type { Policies } from './cedar/policies.js';

/** What is decided over: the graph, how it is classified, and the policies. */
export interface Ground {
  /** The whole API: what is not in it is not asked about. */
  readonly schema: GraphQLSchema;
  readonly classification: Classification;
  readonly policies: Policies;
}
