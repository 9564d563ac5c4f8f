import type { FieldNode, GraphQLCompositeType, GraphQLOutputType, GraphQLSchema, SelectionSetNode } from 'graphql';
import {
  Kind,
  OperationTypeNode,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  print,
} from 'graphql';
import { anchorField, type Anchors } from './anchors.js';
import type { PathSegment } from './plan.js';

/** A field that is planned by itself, from the entities at the end of a path on. */
export interface Separated {
  readonly path: readonly PathSegment[];
  /** An operation that begins at the entity. */
  readonly text: string;
}

export interface Separation {
  /** The operation without the separated fields, with the keys that these need. */
  readonly text: string;
  readonly separated: readonly Separated[];
}

/**
 * Takes the fields that have requirements out of an operation, each to be planned by itself from its entity on.
 * Undefined where there are none, and for subscriptions.
 *
 * @param schema of the supergraph with anchors
 */
export function separate(text: string, schema: GraphQLSchema, anchors: Anchors): Separation | undefined {
  const [operation] = parse(text, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return undefined;
  // The rest of a subscription's plan belongs inside it, once for each event.
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) return undefined;
  const separated = new Map<string, Separated>();
  const head = (kind: string, selections: string): string => {
    const used = (operation.variableDefinitions ?? []).filter(({ variable }) =>
      new RegExp(`\\$${variable.name.value}\\b`).test(selections),
    );
    return `${kind}${used.length ? `(${used.map((it) => print(it)).join(', ')})` : ''}${selections}`;
  };
  const takeOut = (field: FieldNode, type: string, path: readonly PathSegment[]): string => {
    const part = { path, text: head('query', `{${anchorField(type)}{${print(field)}}}`) };
    separated.set(JSON.stringify(part), part);
    return `__typename ${anchors.keys.get(type)!} `;
  };
  const isTakenOut = (type: string, name: string, path: readonly PathSegment[]): boolean => {
    const [first] = path;
    // What stands right below its anchor was taken out before.
    const anchored =
      path.length === 1 && typeof first === 'object' && 'Field' in first && first.Field === anchorField(type);
    return !anchored && anchors.requiring.has(`${type}.${name}`) && anchors.keys.has(type);
  };
  const rest = (set: SelectionSetNode, parent: GraphQLCompositeType, path: readonly PathSegment[]): string => {
    let kept = '';
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const name = selection.typeCondition?.name.value ?? parent.name;
        const type = schema.getType(name) as GraphQLCompositeType;
        const inner = type === parent ? path : [...path, { TypeCondition: [name] }];
        kept += `...on ${name}${rest(selection.selectionSet, type, inner)} `;
      } else kept += restOfField(selection, parent, path);
    }
    return `{${kept}}`;
  };
  const restOfField = (node: FieldNode, parent: GraphQLCompositeType, path: readonly PathSegment[]): string => {
    const name = node.name.value;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (!field) return `${print(node)} `;
    if (isTakenOut(parent.name, name, path)) return takeOut(node, parent.name, path);
    const possible = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [];
    if (possible.some((type) => isTakenOut(type.name, name, path))) {
      const each = possible.map((type) => {
        return `...on ${type.name}{${restOfField(node, type, [...path, { TypeCondition: [type.name] }])}} `;
      });
      return `__typename ${each.join('')}`;
    }
    if (!node.selectionSet) return `${print(node)} `;
    const below = [
      ...path,
      { Field: (node.alias ?? node.name).value },
      ...(hasList(field.type) ? (['@'] as const) : []),
    ];
    const inner = rest(node.selectionSet, getNamedType(field.type) as GraphQLCompositeType, below);
    return `${print({ ...node, selectionSet: undefined })}${inner} `;
  };
  const kept = rest(operation.selectionSet, schema.getRootType(operation.operation)!, []);
  return separated.size ? { text: head(operation.operation, kept), separated: [...separated.values()] } : undefined;
}

function hasList(type: GraphQLOutputType): boolean {
  return isListType(type) || (isNonNullType(type) && isListType(type.ofType));
}
