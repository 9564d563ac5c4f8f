import { Kind } from 'graphql';
import type { ConstDirectiveNode } from 'graphql';
import { argumentOf } from '../linked-names.js';
import type { FieldShape, Shape, TypeShape } from './shape.js';
import { graphOf, unique } from './shape.js';

/** Tells which subgraphs resolve a field: all that know its type, unless the supergraph names those that do. */
export function ownersReader(shape: Shape): (type: TypeShape, field: FieldShape) => readonly string[] {
  const joinField = shape.names.directive('field', 'join');
  return (type, { directives }) => {
    const resolving = directives
      .filter(({ name }) => joinField.has(name.value))
      .filter((directive) => !isTrue(directive, 'external') && !isTrue(directive, 'usedOverridden'))
      .flatMap((directive) => graphOf(directive) ?? [])
      .map((graph) => shape.departmentOf(graph));
    return resolving.length > 0 ? unique(resolving) : type.departments;
  };
}

function isTrue(directive: ConstDirectiveNode, argument: string): boolean {
  const value = argumentOf(directive, argument);
  return value?.kind === Kind.BOOLEAN && value.value;
}
