import type { SelectionSetNode } from 'graphql';
import { GraphQLError, Kind } from 'graphql';
import type { FieldPath, RowFacts } from '../classification.js';
import { argumentOf } from '../linked-names.js';
import type { Shape, TypeShape } from './shape.js';
import { parseFieldSet } from './shape.js';

/** Where the rows of each `@scoped` type say whom they are about: an implementation has its interfaces' facts too. */
export function readRowFacts(shape: Shape): Map<string, RowFacts> {
  const found = new Map<string, RowFacts>();
  for (const type of shape.types.values()) {
    const stating = [type, ...type.interfaces.flatMap((name) => shape.types.get(name) ?? [])];
    const statements = stating.flatMap(({ directives }) => scopedAmong(shape, directives));
    if (statements.length === 0) continue;
    const pathsOf = (fact: keyof RowFacts): FieldPath[] => {
      const paths = statements
        .map((statement) => argumentOf(statement, fact))
        .flatMap((value) => (value?.kind === Kind.STRING ? pathsIn(value.value) : []))
        .filter((path) => leadsToLeaf(shape, type, path));
      return [...new Map(paths.map((path) => [path.join('.'), path])).values()];
    };
    found.set(type.name, {
      subject: pathsOf('subject'),
      community: pathsOf('community'),
      assigned: pathsOf('assigned'),
      minor: pathsOf('minor'),
    });
  }
  return found;
}

function scopedAmong({ names }: Shape, directives: TypeShape['directives']) {
  const scoped = names.directive('scoped', 'classified');
  return directives.filter(({ name }) => scoped.has(name.value));
}

/** Text that is no selection tells nothing, as a path that leads nowhere. */
function pathsIn(fieldSet: string): FieldPath[] {
  try {
    return pathsThrough(parseFieldSet(fieldSet));
  } catch (error) {
    if (error instanceof GraphQLError) return [];
    throw error;
  }
}

function pathsThrough({ selections }: SelectionSetNode): FieldPath[] {
  return selections.flatMap((selection): FieldPath[] => {
    if (selection.kind !== Kind.FIELD) return [];
    if (!selection.selectionSet) return [[selection.name.value]];
    return pathsThrough(selection.selectionSet).map((path) => [selection.name.value, ...path]);
  });
}

/** A path that leads nowhere gives a row no relation. */
function leadsToLeaf({ types }: Shape, from: TypeShape, path: FieldPath): boolean {
  let type: TypeShape | undefined = from;
  for (const name of path) {
    const field: { returns: string } | undefined = type?.fields.get(name);
    if (!field) return false;
    type = types.get(field.returns);
  }
  return type === undefined;
}
