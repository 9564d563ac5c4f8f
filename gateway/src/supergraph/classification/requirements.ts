import type { ConstDirectiveNode, ConstValueNode, SelectionSetNode } from 'graphql';
import { Kind } from 'graphql';
import type { FieldClass } from '../classification.js';
import { argumentOf } from '../linked-names.js';
import type { Shape, TypeShape } from './shape.js';
import { parseFieldSet } from './shape.js';

/** Coordinates, and whether what is read there is of the same row. */
type Reading = Map<string, boolean>;

/**
 * For each field, the coordinates that it is computed of: what its `@requires` and `@fromContext` select, and what those
 * fields require in turn. What a context gives may be of any row above.
 *
 * @param rows types that are rows: a field that leads to one leads to another row
 */
export function readRequirements(
  shape: Shape,
  rows: ReadonlyMap<string, unknown>,
): (coordinate: string) => Pick<FieldClass, 'requires' | 'requiresOfOthers'> {
  const direct = new Map<string, Reading>();
  const joinField = shape.names.directive('field', 'join');
  const contexts = readContexts(shape);
  for (const type of shape.types.values()) {
    for (const field of type.fields.values()) {
      const found: Reading = new Map();
      for (const directive of field.directives.filter(({ name }) => joinField.has(name.value))) {
        const requires = textOf(argumentOf(directive, 'requires'));
        if (requires !== undefined) collect(shape, rows, type.name, parseFieldSet(requires), true, found);
        for (const [context, selection] of contextSelections(directive)) {
          for (const name of contexts.get(context) ?? []) {
            collect(shape, rows, name, parseFieldSet(selection), false, found);
          }
        }
      }
      if (found.size > 0) direct.set(`${type.name}.${field.name}`, found);
    }
  }
  return (coordinate) => {
    const reached: Reading = new Map();
    const follow = (from: string, sameRow: boolean) => {
      for (const [next, ofSameRow] of direct.get(from) ?? []) {
        if (note(reached, next, sameRow && ofSameRow)) follow(next, sameRow && ofSameRow);
      }
    };
    follow(coordinate, true);
    if (reached.get(coordinate) === true) reached.delete(coordinate);
    return {
      requires: [...reached.keys()],
      requiresOfOthers: [...reached].flatMap(([each, sameRow]) => (sameRow ? [] : [each])),
    };
  };
}

/** The coordinates of every field of a selection. */
export function coordinatesOf(shape: Shape, on: string, selection: SelectionSetNode): string[] {
  const found: Reading = new Map();
  collect(shape, new Map(), on, selection, true, found);
  return [...found.keys()];
}

function collect(
  shape: Shape,
  rows: ReadonlyMap<string, unknown>,
  on: string,
  { selections }: SelectionSetNode,
  sameRow: boolean,
  into: Reading,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value;
      // Behind a condition of another type may be a row, where the type that leads there is none.
      const same = sameRow && (condition === undefined || rows.has(on) || !rows.has(condition));
      collect(shape, rows, condition ?? on, selection.selectionSet, same, into);
      continue;
    }
    const field = shape.types.get(on)?.fields.get(selection.name.value);
    if (!field) continue;
    note(into, `${on}.${field.name}`, sameRow);
    if (selection.selectionSet) {
      const same = sameRow && !leadsToRow(shape, rows, field.returns);
      collect(shape, rows, field.returns, selection.selectionSet, same, into);
    }
  }
}

/** Notes a coordinate; one that is read of another row, too, counts as such. Whether that is new. */
function note(into: Reading, coordinate: string, sameRow: boolean): boolean {
  const known = into.get(coordinate);
  if (known === false || known === sameRow) return false;
  into.set(coordinate, sameRow);
  return true;
}

function leadsToRow(shape: Shape, rows: ReadonlyMap<string, unknown>, name: string): boolean {
  const type = shape.types.get(name);
  const possible = type?.isInterface ? implementationsOf(shape, type) : (shape.unions.get(name) ?? []);
  return [name, ...possible].some((each) => rows.has(each));
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
