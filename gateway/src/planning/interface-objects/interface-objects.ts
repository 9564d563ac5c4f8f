import { buildASTSchema, parse } from 'graphql';
import type { PlanNode } from '../plan.js';
import { plainOperation } from './operation.js';
import { interfaceObjectPlan } from './plan.js';
import { withoutInterfaceObjects } from './supergraph.js';

/** A supergraph for a planner that does not understand interface objects, and the ways there and back. */
export interface PlainInterfaces {
  readonly sdl: string;
  /** The same operation over it. */
  readonly operation: (text: string) => string;
  /** What a plan over it means to the subgraphs; @throws Error where it means nothing to them. */
  readonly plan: (node: PlanNode | undefined) => PlanNode | undefined;
}

/**
 * Keeps interface objects from the native planner, which takes what is asked of one object type for asked of another,
 * or finds no way, where one is asked for its own fields below an interface object.
 */
export function plainInterfaces(supergraphSdl: string): PlainInterfaces {
  const document = parse(supergraphSdl, { noLocation: true });
  const plain = withoutInterfaceObjects(document);
  if (!plain) return { sdl: supergraphSdl, operation: (text) => text, plan: (node) => node };
  const schema = buildASTSchema(parse(plain.sdl, { noLocation: true }), { assumeValid: true });
  const restore = interfaceObjectPlan(plain);
  return { sdl: plain.sdl, operation: plainOperation(plain, schema), plan: (node) => node && restore(node) };
}
