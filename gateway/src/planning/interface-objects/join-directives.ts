import type { ConstDirectiveNode, InterfaceTypeDefinitionNode, ObjectTypeDefinitionNode } from 'graphql';
import { Kind } from 'graphql';
import { directiveArguments } from '../directive-arguments.js';

/** The subgraphs that have a type: values of `join__Graph`. */
export function graphsOf({ directives }: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode): string[] {
  return [...new Set(directiveArguments(directives, 'join__type', 'graph'))];
}

/** The subgraph that a directive speaks of; empty where it names none. */
export function graphOf({ arguments: args = [] }: ConstDirectiveNode): string {
  const value = args.find(({ name }) => name.value === 'graph')?.value;
  return value?.kind === Kind.ENUM ? value.value : '';
}

export function joinField(graph: string): string {
  return `@join__field(graph: ${graph})`;
}

export function isJoinField({ name }: ConstDirectiveNode): boolean {
  return name.value === 'join__field';
}

export function isExternal(directive: ConstDirectiveNode): boolean {
  return isTrue(directive, 'external');
}

export function isInterfaceObject(directive: ConstDirectiveNode): boolean {
  return isTrue(directive, 'isInterfaceObject');
}

function isTrue({ arguments: args = [] }: ConstDirectiveNode, wanted: string): boolean {
  return args.some(({ name, value }) => name.value === wanted && value.kind === Kind.BOOLEAN && value.value);
}

/** The same `join__type` of an entity that is no interface object. */
export function asObject(directive: ConstDirectiveNode): ConstDirectiveNode {
  return {
    ...directive,
    arguments: directive.arguments?.filter(({ name }) => name.value !== 'isInterfaceObject') ?? [],
  };
}
