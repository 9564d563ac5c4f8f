import { anchorGraph } from './anchors.js';
import type { PathSegment, PlanNode } from './plan.js';

/** Sets a plan that begins at an anchor upon the entities at the end of a path. Undefined where nothing is to be fetched. */
export function graft(node: PlanNode, path: readonly PathSegment[]): PlanNode | undefined {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel': {
      const nodes = node.nodes.map((each) => graft(each, path)).filter((each) => each !== undefined);
      return nodes.length ? { ...node, nodes } : undefined;
    }
    case 'Fetch':
      if (node.serviceName === anchorGraph) return undefined;
      break;
    case 'Flatten':
      return { ...node, path: moved(node.path, path) };
    case 'BatchFetch': {
      const aliases = node.entityBatch.aliases.map((each) => ({
        ...each,
        paths: each.paths.map((inner) => moved(inner, path)),
      }));
      return { ...node, entityBatch: { ...node.entityBatch, aliases } };
    }
    case 'Condition':
    case 'Defer':
    case 'Subscription':
      break;
  }
  throw new Error(`A plan from an entity on has a ${node.kind}.`);
}

/** The same path with the anchor's own name replaced by where the entity stands. */
function moved(inner: readonly PathSegment[], path: readonly PathSegment[]): PathSegment[] {
  return [...path, ...inner.slice(1)];
}
