import type { FragmentDefinitionNode, GraphQLNamedType, GraphQLSchema, SelectionSetNode } from 'graphql';
import { Kind, getNamedType, isAbstractType, isCompositeType, isInterfaceType, isObjectType } from 'graphql';
import type { Operation } from '../operation/operation.js';

/** A field of the graph that an operation selects. */
export interface Coordinate {
  readonly type: string;
  readonly field: string;
}

const cache = new WeakMap<Operation, readonly Coordinate[]>();

/**
 * Every field an operation may read, in the order of the document: through aliases and fragments, skipped ones
 * included. A field selected on an interface counts for the interface and for each type that implements it, because
 * any of them may answer. Introspection is left out.
 */
export function coordinatesOf(operation: Operation, schema: GraphQLSchema): readonly Coordinate[] {
  let coordinates = cache.get(operation);
  if (!coordinates) {
    coordinates = collect(operation, schema);
    cache.set(operation, coordinates);
  }
  return coordinates;
}

function collect(operation: Operation, schema: GraphQLSchema): readonly Coordinate[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of operation.document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const found = new Map<string, Coordinate>();
  const spread = new Set<string>();

  const visit = (set: SelectionSetNode, parent: GraphQLNamedType): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        if (name.startsWith('__')) continue;
        for (const type of answering(parent, schema)) found.set(`${type}.${name}`, { type, field: name });
        const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
        if (selection.selectionSet && field) visit(selection.selectionSet, getNamedType(field.type));
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        visit(selection.selectionSet, conditioned(selection.typeCondition?.name.value, parent));
      } else if (!spread.has(selection.name.value)) {
        // A fragment's fields do not depend on where it is spread: its type condition says what they are read from.
        spread.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment) visit(fragment.selectionSet, conditioned(fragment.typeCondition.name.value, parent));
      }
    }
  };
  const conditioned = (name: string | undefined, parent: GraphQLNamedType): GraphQLNamedType => {
    const type = name === undefined ? undefined : schema.getType(name);
    return type && isCompositeType(type) ? type : parent;
  };

  const root = schema.getRootType(operation.type);
  if (root) visit(operation.definition.selectionSet, root);
  return Object.freeze([...found.values()]);
}

function answering(parent: GraphQLNamedType, schema: GraphQLSchema): string[] {
  if (!isAbstractType(parent)) return [parent.name];
  const interfaces = isInterfaceType(parent) ? schema.getImplementations(parent).interfaces : [];
  return [parent, ...interfaces, ...schema.getPossibleTypes(parent)].map(({ name }) => name);
}
