import type { SelectionNode } from 'graphql';
import { Kind, parse, print, visit } from 'graphql';
import type { PathSegment, PlanNode, RequiresSelection, Rewrite } from './plan.js';

/**
 * Gives what a plan fetches for itself names of its own, so that plans that run upon the same entities do not meet: a
 * field with arguments that a requirement needs may be another value for another plan. Names of the client's fields
 * with arguments are their own already.
 *
 * @param takingArguments names of all fields of the graph that take arguments
 * @param prefix begins no other name
 */
export function withOwnNames(node: PlanNode, takingArguments: ReadonlySet<string>, prefix: string): PlanNode {
  const own = (name: string) =>
    takingArguments.has(name) || name.startsWith('_internal_qp_alias_') ? `${prefix}${name}` : name;
  const path = (segments: readonly PathSegment[]): PathSegment[] =>
    segments.map((each) => (typeof each === 'object' && 'Field' in each ? { Field: own(each.Field) } : each));
  const requires = (selections: readonly RequiresSelection[] = []): RequiresSelection[] =>
    selections.map((each) => {
      if (each.kind === 'FragmentSpread') return each;
      const below = each.selections && { selections: requires(each.selections) };
      if (each.kind === 'InlineFragment') return { ...each, ...below };
      const name = own(each.name);
      return { ...each, ...below, name, ...(name !== each.name && { alias: each.alias ?? each.name }) };
    });
  const rewrites = (all: readonly Rewrite[] | undefined | null) =>
    all?.map((each) =>
      'KeyRenamer' in each ? { KeyRenamer: { ...each.KeyRenamer, path: keys(each.KeyRenamer.path) } } : each,
    );
  const keys = <T extends object>(segments: T[]): T[] =>
    segments.map((each) => ('Key' in each ? { ...each, Key: own(String(each.Key)) } : each));
  const rename = (each: PlanNode): PlanNode => {
    switch (each.kind) {
      case 'Sequence':
      case 'Parallel':
        return { ...each, nodes: each.nodes.map(rename) };
      case 'Flatten':
        return { ...each, path: path(each.path), node: rename(each.node) };
      case 'Fetch':
        return {
          ...each,
          operation: renamedText(each.operation, own),
          ...(each.requires && { requires: requires(each.requires) }),
          ...(each.outputRewrites && { outputRewrites: rewrites(each.outputRewrites)! }),
        };
      case 'BatchFetch': {
        const aliases = each.entityBatch.aliases.map((alias) => ({
          ...alias,
          paths: alias.paths.map(path),
          requires: requires(alias.requires),
          ...(alias.outputRewrites && { outputRewrites: rewrites(alias.outputRewrites)! }),
        }));
        return { ...each, operation: renamedText(each.operation, own), entityBatch: { ...each.entityBatch, aliases } };
      }
      case 'Condition':
      case 'Defer':
      case 'Subscription':
        throw new Error(`A plan from an entity on has a ${each.kind}.`);
    }
  };
  return rename(node);
}

function renamedText(operation: string, own: (name: string) => string): string {
  const document = visit(parse(operation, { noLocation: true }), {
    Field(node): SelectionNode | undefined {
      const name = (node.alias ?? node.name).value;
      const renamed = node.name.value === '_entities' ? name : own(name);
      return renamed === name ? undefined : { ...node, alias: { kind: Kind.NAME, value: renamed } };
    },
  });
  return print(document);
}
