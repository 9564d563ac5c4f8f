import type { PlanNode } from '../planning/plan.js';
import type { Variables } from '../planning/conditions.js';
import { batchFetch, entityFetch, rootFetch } from './fetch-steps.js';
import type { Step } from './run.js';
import type { Subtypes } from './subtypes.js';

/** A plan as code: bodies prebuilt, paths and merges compiled, order as the plan says. */
export function compileProgram(node: PlanNode, subtypes: Subtypes): Step {
  switch (node.kind) {
    case 'Fetch':
      return rootFetch(node, subtypes);
    case 'BatchFetch':
      return batchFetch(node, subtypes);
    case 'Flatten':
      if (node.node.kind !== 'Fetch') throw new Error(`A plan flattens a ${node.node.kind}.`);
      return entityFetch(node.node, node.path, subtypes);
    case 'Sequence': {
      const steps = node.nodes.map((each) => compileProgram(each, subtypes));
      return async (run) => {
        for (const step of steps) await step(run);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map((each) => compileProgram(each, subtypes));
      return async (run) => {
        await Promise.all(steps.map((step) => step(run)));
      };
    }
    case 'Condition': {
      const then = node.ifClause && compileProgram(node.ifClause, subtypes);
      const otherwise = node.elseClause && compileProgram(node.elseClause, subtypes);
      return async (run) => {
        await (holds(node.condition, run.variables) ? then : otherwise)?.(run);
      };
    }
    case 'Defer': {
      // Without a client that takes parts, everything deferred is fetched before the answer.
      const parts = [node.primary.node, ...node.deferred.map((each) => each.node)].filter((each) => each != null);
      const steps = parts.map((each) => compileProgram(each, subtypes));
      return async (run) => {
        for (const step of steps) await step(run);
      };
    }
    case 'Subscription':
      return rootFetch(node.primary, subtypes);
  }
}

function holds(condition: string, variables: Variables): boolean {
  return variables[condition.replace(/^\$/, '')] === true;
}
