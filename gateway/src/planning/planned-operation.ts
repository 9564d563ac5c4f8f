import type { FieldNode, GraphQLSchema } from 'graphql';
import { LRUCache } from '../lru.js';
import type { Operation } from '../operation/operation.js';
import { conditionVariables, type Variables } from './conditions.js';
import type { Guard } from './guard.js';
import { internalNames } from './internal-names.js';
import { normalize } from './normalize.js';
import type { PlanNode } from './plan.js';
import { noOverride, type OverrideContext, type Planner } from './planner.js';
import type { Shape } from './shape.js';

/** An operation with its conditions decided, planned. Immutable, shared by all requests for it. */
export interface PlannedOperation {
  readonly operation: Operation;
  /** Plans to run one after the other: one for a query, one for each root field of a mutation. */
  readonly plans: readonly PlanNode[];
  readonly shape: Shape;
  /** Root fields that the schema itself answers. */
  readonly introspection: readonly FieldNode[];
  /** The schema that answers them: as much of it as the asker may know of. */
  readonly schema: GraphQLSchema;
}

export type PlanOperation = (
  operation: Operation,
  variables: Variables,
  override?: OverrideContext,
  guard?: Guard,
) => PlannedOperation;

/** Plans kept for one supergraph. */
const cachedPlans = 2000;

/**
 * Makes the planning room for one supergraph: normalised, planned once for each set of conditions,
 * overrides and decisions, kept.
 * @throws what the planner throws, for an operation that no combination of subgraphs answers
 */
export function operationPlanner(planner: Planner, schema: GraphQLSchema): PlanOperation {
  const plans = new LRUCache<string, PlannedOperation>(cachedPlans);
  const names = internalNames(schema, planner.schema);
  const conditions = new WeakMap<object, readonly string[]>();
  return (operation, variables, override = noOverride, guard) => {
    let deciding = conditions.get(operation.document);
    if (!deciding) conditions.set(operation.document, (deciding = conditionVariables(operation.document)));
    let key = `${operation.hash} ${operation.name ?? ''} `;
    for (const name of deciding) key += variables[name] === true ? '1' : '0';
    if (planner.labels.length) key += ` ${[...override.labels].sort().join()}`;
    for (const percentage of planner.percentages) key += override.percentage < percentage ? '<' : '>';
    if (guard) key += ` ${guard.id}`;
    const known = plans.get(key);
    if (known) return known;
    const { texts, shape, introspection } = normalize(operation, schema, variables, names, guard);
    const planned: PlannedOperation = {
      operation,
      shape,
      introspection,
      schema: guard?.schema ?? schema,
      plans: texts.map((text) => planner.plan(text, override)).filter((node) => node !== undefined),
    };
    plans.set(key, planned);
    return planned;
  };
}
