import type { DocumentNode, ConstDirectiveNode } from 'graphql';
import { Kind } from 'graphql';

/** L1 public, L2 internal, L3 personal, L4 sensitive personal. */
export type ClassificationLevel = 'L1' | 'L2' | 'L3' | 'L4';

const levels: readonly ClassificationLevel[] = ['L1', 'L2', 'L3', 'L4'];

/** Which level each field of the graph has. */
export interface Classification {
  /** The field's own level, else its type's, else L4: what nobody classified is treated as the most sensitive. */
  levelOf(typeName: string, fieldName: string): ClassificationLevel;
  /** How many types and fields carry a level. */
  readonly size: number;
}

/** Reads the `@classified` directives of a supergraph document into an index of coordinates. */
export function readClassification(supergraph: DocumentNode): Classification {
  const index = new Map<string, ClassificationLevel>();
  const note = (coordinate: string, directives: readonly ConstDirectiveNode[] | undefined) => {
    const level = strictest(directives ?? []);
    if (level) index.set(coordinate, level);
  };
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const type = definition.name.value;
    note(type, definition.directives);
    for (const field of definition.fields ?? []) note(`${type}.${field.name.value}`, field.directives);
  }
  return {
    size: index.size,
    levelOf: (type, field) => index.get(`${type}.${field}`) ?? index.get(type) ?? 'L4',
  };
}

/** Departments that share a type may grade it differently: the strictest grade holds (就高从严). */
function strictest(directives: readonly ConstDirectiveNode[]): ClassificationLevel | undefined {
  const found = directives
    .filter((directive) => directive.name.value === 'classified')
    .map(({ arguments: args }): ClassificationLevel => {
      const value = args?.find(({ name }) => name.value === 'level')?.value;
      return levels.find((level) => value?.kind === Kind.ENUM && value.value === level) ?? 'L4';
    });
  return levels.findLast((level) => found.includes(level));
}
