import { Kind } from 'graphql';
import type {
  DefinitionNode,
  FieldDefinitionNode,
  InterfaceTypeDefinitionNode,
  ObjectTypeDefinitionNode,
} from 'graphql';
import type { InterfaceTypeExtensionNode, ObjectTypeExtensionNode } from 'graphql';

/** A definition or extension of a type that a query selects fields of. */
export type OutputType =
  ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode | ObjectTypeExtensionNode | InterfaceTypeExtensionNode;

const outputKinds: readonly string[] = [
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.OBJECT_TYPE_EXTENSION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_EXTENSION,
];

export function isOutputType(definition: DefinitionNode): definition is OutputType {
  return outputKinds.includes(definition.kind);
}

/** `Type.field`, as in the GraphQL specification's schema coordinates. */
export function coordinate(type: OutputType, field: FieldDefinitionNode): string {
  return `${type.name.value}.${field.name.value}`;
}
