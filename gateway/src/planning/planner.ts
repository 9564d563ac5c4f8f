import { QueryPlanner } from '@graphql-hive/router-query-planner';
import { buildASTSchema, parse, type GraphQLSchema } from 'graphql';
import { planApart } from './apart.js';
import { formSeparation } from './forms.js';
import { plainInterfaces } from './interface-objects/interface-objects.js';
import type { PlanNode } from './plan.js';
import { withoutAmbiguousProvisions } from './provisions.js';
import { requirementCheck } from './requirements.js';

/** Which progressive overrides (`@override(label:)`) hold for a request. */
export interface OverrideContext {
  /** Labels that are on. */
  readonly labels: ReadonlySet<string>;
  /** From 0 to 100: `percent(n)` holds where this is below n. */
  readonly percentage: number;
}

export const noOverride: OverrideContext = { labels: new Set(), percentage: 100 };

/** Plans operations over one supergraph. */
export interface Planner {
  /** The whole graph, what clients do not see included. */
  readonly schema: GraphQLSchema;
  /** Labels of progressive overrides that the supergraph names. */
  readonly labels: readonly string[];
  /** Percentages of progressive overrides that the supergraph names. */
  readonly percentages: readonly number[];
  /**
   * @param text an operation that is valid against the API schema and asks for something
   * @throws Error where no combination of subgraphs answers it
   */
  plan(text: string, override: OverrideContext): PlanNode | undefined;
}

/** The native planner over a supergraph; @throws Error where it cannot read the supergraph. */
export function nativePlanner(supergraphSdl: string): Planner {
  const { sdl, operation, plan: restore } = plainInterfaces(withoutAmbiguousProvisions(supergraphSdl));
  const planner = new QueryPlanner(sdl);
  const apart = planApart(sdl);
  const schema = buildASTSchema(parse(supergraphSdl, { noLocation: true }), { assumeValid: true });
  const separated = formSeparation(schema);
  const finished = (node: PlanNode | undefined) => {
    const restored = restore(node);
    return restored && separated(restored);
  };
  const check = requirementCheck(parse(sdl, { noLocation: true }));
  return {
    schema,
    labels: planner.overrideLabels,
    percentages: planner.overridePercentages,
    plan(asked, { labels, percentage }) {
      const text = operation(asked);
      const planWith = (chosen: QueryPlanner, part: string) => {
        const { node } = chosen.plan(part, undefined, labels as Set<string>, percentage);
        if (node) check(node);
        return node;
      };
      try {
        return finished(planWith(planner, text));
      } catch (error) {
        try {
          return finished(apart(text, planWith));
        } catch {
          throw error;
        }
      }
    },
  };
}
