import type { DefinitionNode, FieldDefinitionNode, InputValueDefinitionNode, TypeNode } from 'graphql';
import { Kind } from 'graphql';
import type { Reach } from './reach.js';

/**
 * The definitions of a schema without the arguments and the fields of input objects that somebody can never use. What
 * needs one of these cannot be used either: an input object that must have such a field, an argument that takes that
 * object, a field that must have such an argument.
 */
export function visibleInputs(definitions: readonly DefinitionNode[], reach: Reach): readonly DefinitionNode[] {
  const unusable = unusableInputs(definitions, reach);
  const isUsable = ({ type }: InputValueDefinitionNode) => !unusable.has(nameOf(type));
  const withArguments = (owner: string, field: FieldDefinitionNode): FieldDefinitionNode[] => {
    const may = (argument: InputValueDefinitionNode) =>
      isUsable(argument) && reach.argument(owner, field.name.value, argument.name.value);
    const given = field.arguments ?? [];
    if (given.every(may)) return [field];
    return given.some((argument) => !may(argument) && isInsisting(argument))
      ? []
      : [{ ...field, arguments: given.filter(may) }];
  };
  return definitions.flatMap((definition): DefinitionNode[] => {
    switch (definition.kind) {
      case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
        if (unusable.has(definition.name.value)) return [];
        const may = (field: InputValueDefinitionNode) =>
          isUsable(field) && reach.inputField(definition.name.value, field.name.value);
        return definition.fields?.every(may)
          ? [definition]
          : [{ ...definition, fields: definition.fields?.filter(may) }];
      }
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        return [
          { ...definition, fields: definition.fields?.flatMap((field) => withArguments(definition.name.value, field)) },
        ];
      default:
        return [definition];
    }
  });
}

/** Names of the input objects that say nothing any more: what they must have, or all that they lead to, is not left. */
function unusableInputs(definitions: readonly DefinitionNode[], reach: Reach): ReadonlySet<string> {
  const inputs = definitions.filter((definition) => definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION);
  const unusable = new Set(inputs.map(({ name }) => name.value));
  for (let before = Infinity; unusable.size < before;) {
    before = unusable.size;
    for (const { name, fields = [] } of inputs) {
      const isLeft = (field: InputValueDefinitionNode) =>
        !unusable.has(nameOf(field.type)) && reach.inputField(name.value, field.name.value);
      if (fields.some(isLeft) && fields.every((field) => isLeft(field) || !isInsisting(field))) {
        unusable.delete(name.value);
      }
    }
  }
  return unusable;
}

/** Whether something is given even by who leaves it out, or cannot be left out. */
function isInsisting({ type, defaultValue }: InputValueDefinitionNode): boolean {
  if (defaultValue) return defaultValue.kind !== Kind.NULL;
  return type.kind === Kind.NON_NULL_TYPE;
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
