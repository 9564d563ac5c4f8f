import type { ConstDirectiveNode, ConstValueNode, SelectionSetNode } from 'graphql';
import { Kind } from 'graphql';
import { argumentOf } from '../linked-names.js';
import type { Shape, TypeShape } from './shape.js';
import { parseFieldSet } from './shape.js';

/**
 * For each field, the coordinates that it is computed of: what its `@requires` and `@fromContext` select, and what those
 * fields require in turn.
 */
export function readRequirements(shape: Shape): (coordinate: string) => readonly string[] {
  const direct = new Map<string, readonly string[]>();
  const joinField = shape.names.directive('field', 'join');
  const contexts = readContexts(shape);
  for (const type of shape.types.values()) {
    for (const field of type.fields.values()) {
      const found = new Set<string>();
      for (const directive of field.directives.filter(({ name }) => joinField.has(name.value))) {
        const requires = textOf(argumentOf(directive, 'requires'));
        if (requires !== undefined) collect(shape, type.name, parseFieldSet(requires), found);
        for (const [context, selection] of contextSelections(directive)) {
          for (const name of contexts.get(context) ?? []) collect(shape, name, parseFieldSet(selection), found);
        }
      }
      if (found.size > 0) direct.set(`${type.name}.${field.name}`, [...found]);
    }
  }
  return (coordinate) => {
    const reached = new Set<string>();
    const follow = (from: string) => {
      for (const next of direct.get(from) ?? []) {
        if (reached.has(next)) continue;
        reached.add(next);
        follow(next);
      }
    };
    follow(coordinate);
    reached.delete(coordinate);
    return [...reached];
  };
}

/** The coordinates of every field of a selection. */
export function coordinatesOf(shape: Shape, on: string, selection: SelectionSetNode): string[] {
  const found = new Set<string>();
  collect(shape, on, selection, found);
  return [...found];
}

function collect(shape: Shape, on: string, { selections }: SelectionSetNode, into: Set<string>): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      collect(shape, selection.typeCondition?.name.value ?? on, selection.selectionSet, into);
      continue;
    }
    const field = shape.types.get(on)?.fields.get(selection.name.value);
    if (!field) continue;
    into.add(`${on}.${field.name}`);
    if (selection.selectionSet) collect(shape, field.returns, selection.selectionSet, into);
  }
}

/** Object and interface types that set each context, by the context's name. */
function readContexts(shape: Shape): Map<string, readonly string[]> {
  const names = shape.names.directive('context', 'context', 'federation');
  const contexts = new Map<string, readonly string[]>();
  const note = (directives: readonly ConstDirectiveNode[], types: readonly string[]) => {
    for (const directive of directives.filter(({ name }) => names.has(name.value))) {
      const name = textOf(argumentOf(directive, 'name'));
      if (name !== undefined) contexts.set(name, [...(contexts.get(name) ?? []), ...types]);
    }
  };
  for (const type of shape.types.values()) note(type.directives, [type.name, ...implementationsOf(shape, type)]);
  for (const [union, members] of shape.unions) note(shape.directivesOf(union), members);
  return contexts;
}

function implementationsOf({ types }: Shape, { name, isInterface }: TypeShape): string[] {
  if (!isInterface) return [];
  return [...types.values()].filter(({ interfaces }) => interfaces.includes(name)).map((type) => type.name);
}

/** `contextArguments` of a `@join__field`: which context, and what is selected there. */
function contextSelections(directive: ConstDirectiveNode): [context: string, selection: string][] {
  const given = argumentOf(directive, 'contextArguments');
  if (given?.kind !== Kind.LIST) return [];
  return given.values.flatMap((value) => {
    if (value.kind !== Kind.OBJECT) return [];
    const member = (wanted: string) => textOf(value.fields.find(({ name }) => name.value === wanted)?.value);
    const [context, selection] = [member('context'), member('selection')];
    return context !== undefined && selection !== undefined ? [[context, selection]] : [];
  });
}

function textOf(value: ConstValueNode | undefined): string | undefined {
  return value?.kind === Kind.STRING ? value.value : undefined;
}
