import type { GraphQLCompositeType, GraphQLSchema, SelectionSetNode } from 'graphql';
import { Kind, getNamedType, isInterfaceType, isObjectType } from 'graphql';
import { responseForm } from './internal-names.js';
import type { PlanNode } from './plan.js';
import { inParallel, splitByType, type AskedOfTypes } from './split.js';

/**
 * Makes the splitting of fetches that ask for one name in different forms (GraphQL specification, 5.3.2), which every
 * subgraph refuses. Fields of the client have names of their own for each form; these are keys and requirements, which
 * the planner adds for several types at once.
 *
 * @param schema of the whole supergraph
 */
export function formSeparation(schema: GraphQLSchema): (node: PlanNode) => PlanNode {
  const group = (asked: AskedOfTypes): string[][] => {
    const groups: { types: string[]; forms: Map<string, string> }[] = [];
    for (const [type, set] of asked) {
      const forms = new Map<string, string>();
      note(set, schema.getType(type) as GraphQLCompositeType | undefined, '', forms);
      const fitting = groups.find((each) =>
        [...forms].every(([name, form]) => (each.forms.get(name) ?? form) === form),
      );
      if (!fitting) groups.push({ types: [type], forms });
      else {
        fitting.types.push(type);
        for (const [name, form] of forms) fitting.forms.set(name, form);
      }
    }
    return groups.map(({ types }) => types);
  };
  /** Notes the form of each name, by the way to it. */
  const note = (
    { selections }: SelectionSetNode,
    type: GraphQLCompositeType | undefined,
    way: string,
    forms: Map<string, string>,
  ): void => {
    for (const each of selections) {
      if (each.kind === Kind.FRAGMENT_SPREAD) continue;
      if (each.kind === Kind.INLINE_FRAGMENT) {
        const condition = each.typeCondition && schema.getType(each.typeCondition.name.value);
        note(each.selectionSet, (condition ?? type) as GraphQLCompositeType | undefined, way, forms);
        continue;
      }
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[each.name.value] : undefined;
      if (!field) continue;
      const name = `${way}.${(each.alias ?? each.name).value}`;
      forms.set(name, responseForm(field.type));
      if (each.selectionSet) note(each.selectionSet, getNamedType(field.type) as GraphQLCompositeType, name, forms);
    }
  };
  const separated = (node: PlanNode): PlanNode => {
    switch (node.kind) {
      case 'Sequence':
      case 'Parallel':
        return { ...node, nodes: node.nodes.map(separated) };
      case 'Flatten':
      case 'BatchFetch':
        return inParallel(splitByType(node, group));
      default:
        return node;
    }
  };
  return separated;
}
