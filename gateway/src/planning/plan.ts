/**
 * Query plans as `@graphql-hive/router-query-planner` writes them: the nodes of Apollo Federation's plans, with paths
 * and rewrites of its own form.
 */
export type { PlanNode, QueryPlan } from '@graphql-hive/router-query-planner';
import type {
  BatchFetchNode,
  FetchNode,
  FetchRewrite,
  FlattenNode,
  FlattenNodePathSegment,
  RequiresSelection,
} from '@graphql-hive/router-query-planner';

export type { BatchFetchNode, FetchNode, FlattenNode, RequiresSelection };
export type PathSegment = FlattenNodePathSegment;
/** The same for representations (input) and answers (output). */
export type Rewrite = FetchRewrite;
