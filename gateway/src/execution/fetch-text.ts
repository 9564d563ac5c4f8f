import type { FieldNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql';
import { Kind, parse } from 'graphql';

/** Response names at the root of a fetch's operation, and those below its `_entities`, by alias. */
export interface FetchFields {
  readonly root: readonly string[];
  readonly entities: ReadonlyMap<string, readonly string[]>;
}

/** Reads the fields that a fetch's answer may have, through its fragments. */
export function fetchFields(text: string): FetchFields {
  const document = parse(text, { noLocation: true });
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION)!;
  const fields = (set: SelectionSetNode | undefined): FieldNode[] =>
    (set?.selections ?? []).flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      return fields(inner?.selectionSet);
    });
  const root = fields('selectionSet' in operation ? operation.selectionSet : undefined);
  const names = (nodes: FieldNode[]) => [...new Set(nodes.map(({ alias, name }) => (alias ?? name).value))];
  return {
    root: names(root),
    entities: new Map(
      root
        .filter(({ name }) => name.value === '_entities')
        .map((node) => [(node.alias ?? node.name).value, names(fields(node.selectionSet))]),
    ),
  };
}
