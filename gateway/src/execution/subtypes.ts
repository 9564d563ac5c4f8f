import type { DocumentNode } from 'graphql';
import { Kind } from 'graphql';

/** Tells whether an object of one type fits a type condition, over the whole supergraph, hidden types included. */
export interface Subtypes {
  /** Names of object types that fit the condition; an object type fits itself, an interface's own name fits it too. */
  fitting(condition: string): readonly string[];
}

/** Reads interfaces and unions of a supergraph document. */
export function readSubtypes(supergraph: DocumentNode): Subtypes {
  const fitting = new Map<string, string[]>();
  const add = (condition: string, type: string) => {
    const known = fitting.get(condition);
    if (known) known.push(type);
    else fitting.set(condition, [condition, type]);
  };
  for (const definition of supergraph.definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      for (const { name } of definition.interfaces ?? []) add(name.value, definition.name.value);
    } else if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      for (const { name } of definition.types ?? []) add(definition.name.value, name.value);
    }
  }
  return { fitting: (condition) => fitting.get(condition) ?? [condition] };
}
