import type { FieldNode, GraphQLCompositeType, GraphQLSchema, SelectionNode, SelectionSetNode } from 'graphql';
import { Kind, getNamedType, isAbstractType, isInterfaceType, isObjectType, parse, print } from 'graphql';
import { concreteField, type PlainSupergraph } from './supergraph.js';

/**
 * Makes the rewriting of operations for a supergraph without interface objects: what is asked of the object's own type
 * stands below `_concrete`, and a field that only interface objects have is asked of each object type.
 *
 * @param schema of that supergraph
 */
export function plainOperation({ interfaces }: PlainSupergraph, schema: GraphQLSchema): (text: string) => string {
  const rewrite = (set: SelectionSetNode, type: GraphQLCompositeType): string => {
    const known = interfaces.get(type.name);
    if (known !== undefined) return ofObject(set, type, known);
    return `{${set.selections.map((each) => ofType(each, type)).join('')}}`;
  };
  const ofType = (selection: SelectionNode, type: GraphQLCompositeType): string => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return '';
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return fragment(selection.typeCondition?.name.value ?? type.name, selection.selectionSet);
    const { value: name } = selection.name;
    if (name === '__typename' || fieldOf(type, name) || !isAbstractType(type)) return field(selection, type);
    const types = schema.getPossibleTypes(type);
    return `__typename ${types.map((each) => `...on ${each.name}{${field(selection, each)}} `).join('')}`;
  };
  const ofObject = (set: SelectionSetNode, type: GraphQLCompositeType, known: string): string => {
    let kept = '';
    let concrete = '';
    const visitSet = ({ selections }: SelectionSetNode): void => {
      for (const each of selections) {
        if (each.kind === Kind.FRAGMENT_SPREAD) continue;
        if (each.kind === Kind.INLINE_FRAGMENT) {
          const condition = each.typeCondition?.name.value ?? known;
          if (condition === known) visitSet(each.selectionSet);
          else concrete += fragment(condition, each.selectionSet);
        } else if (each.name.value === '__typename') concrete += `${print(each)} `;
        else kept += field(each, type);
      }
    };
    visitSet(set);
    return `{${kept}${concrete && `${concreteField}{__typename ${concrete}}`}}`;
  };
  const fragment = (condition: string, set: SelectionSetNode): string =>
    `...on ${condition}${rewrite(set, schema.getType(condition) as GraphQLCompositeType)} `;
  const field = (node: FieldNode, parent: GraphQLCompositeType): string => {
    const type = fieldOf(parent, node.name.value)?.type;
    if (!type || !node.selectionSet) return `${print(node)} `;
    const inner = rewrite(node.selectionSet, getNamedType(type) as GraphQLCompositeType);
    return `${print({ ...node, selectionSet: undefined })}${inner} `;
  };
  const fieldOf = (type: GraphQLCompositeType, name: string) =>
    isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  return (text) => {
    const [operation] = parse(text, { noLocation: true }).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) return text;
    const root = schema.getRootType(operation.operation);
    if (!root) return text;
    const variables = operation.variableDefinitions ?? [];
    const head = variables.length ? `(${variables.map((each) => print(each)).join(', ')})` : '';
    return `${operation.operation}${head}${rewrite(operation.selectionSet, root)}`;
  };
}
