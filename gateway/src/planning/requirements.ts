import type { PlanNode, RequiresSelection } from './plan.js';

/**
 * Throws for a plan that sends two values of one field in one representation: two `@requires` of a field with different
 * arguments, which the planner put into one fetch. One of them would be computed from the other's value.
 */
export function checkRequirements(node: PlanNode): void {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.forEach(checkRequirements);
    case 'Flatten':
      return checkRequirements(node.node);
    case 'Fetch':
      return checkSelections(node.requires ?? []);
    case 'BatchFetch':
      return node.entityBatch.aliases.forEach(({ requires }) => checkSelections(requires));
    case 'Condition':
      for (const clause of [node.ifClause, node.elseClause]) if (clause) checkRequirements(clause);
      return;
    case 'Subscription':
      return checkRequirements(node.primary);
    case 'Defer':
      for (const part of [node.primary, ...node.deferred]) if (part.node) checkRequirements(part.node);
  }
}

function checkSelections(selections: readonly RequiresSelection[]): void {
  const sources = new Map<string, string>();
  for (const selection of selections) {
    if (selection.kind === 'FragmentSpread') continue;
    checkSelections(selection.selections ?? []);
    if (selection.kind !== 'Field') continue;
    const sent = selection.alias ?? selection.name;
    const source = sources.get(sent);
    if (source !== undefined && source !== selection.name) {
      throw new Error(`The plan requires ${sent} with different arguments in one fetch.`);
    }
    sources.set(sent, selection.name);
  }
}
