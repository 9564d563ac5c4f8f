import { QueryPlanner } from '@graphql-hive/router-query-planner';
import { buildASTSchema, parse } from 'graphql';
import { withAnchors } from './anchors.js';
import { graft } from './graft.js';
import { internalNames } from './internal-names.js';
import { withOwnNames } from './own-names.js';
import type { PlanNode } from './plan.js';
import { separate } from './separate.js';

/** Plans one operation with a planner; throws where it cannot. */
export type PlanWith = (planner: QueryPlanner, text: string) => PlanNode | undefined;

/**
 * Plans in parts what cannot be planned at once: fields with requirements each by themselves, from their entity on. The
 * planner loses its way where an entity that one subgraph found needs something of a subgraph that was asked before, and
 * where requirements of one field with different arguments meet.
 *
 * @throws Error where there is nothing to take apart, or a part cannot be planned either
 */
export function planApart(supergraphSdl: string): (text: string, plan: PlanWith) => PlanNode | undefined {
  let made: ReturnType<typeof prepare> | undefined;
  return (operation, plan) => {
    const { planner, schema, anchors, taking } = (made ??= prepare(supergraphSdl));
    let parts = 0;
    const inParts = (text: string): PlanNode | undefined => {
      const separation = separate(text, schema, anchors);
      if (!separation) throw new Error('No field of the operation can be planned by itself.');
      const main = plan(planner, separation.text);
      const nodes = separation.separated.flatMap(({ path, text: part }) => {
        const node = whole(part);
        const grafted = node && graft(node, path);
        return grafted ? [withOwnNames(grafted, taking, `_part_${parts++}_`)] : [];
      });
      return main && { kind: 'Sequence', nodes: [main, { kind: 'Parallel', nodes }] };
    };
    const whole = (text: string): PlanNode | undefined => {
      try {
        return plan(planner, text);
      } catch {
        return inParts(text);
      }
    };
    return inParts(operation);
  };
}

function prepare(supergraphSdl: string) {
  const anchors = withAnchors(parse(supergraphSdl, { noLocation: true }));
  const schema = buildASTSchema(parse(anchors.sdl, { noLocation: true }), { assumeValid: true });
  return { planner: new QueryPlanner(anchors.sdl), schema, anchors, taking: internalNames(schema).takingArguments };
}
