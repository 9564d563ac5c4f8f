import type {
  DocumentNode,
  FieldNode,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
  SelectionSetNode,
} from 'graphql';
import { Kind, getNamedType, isAbstractType, isCompositeType, isLeafType, isListType, isNonNullType } from 'graphql';
import { maskOf } from '../../../src/policy/masks/masks.js';
import type { Asker } from './askers.js';
import type { Judge } from './judge.js';
import type { Related } from './related.js';
import { relate, unrelated } from './related.js';
import type { Thing } from './rows.js';

/** What an answer says: the data, where something was masked, and what was denied how often. */
export interface Said {
  readonly data: unknown;
  readonly masked: readonly string[];
  readonly denied: readonly Denied[];
}

export interface Denied {
  readonly path: readonly (string | number)[];
  readonly coordinate: string;
  readonly count: number;
}

type Path = readonly (string | number)[];

/** There is nothing as far as the asker may know. */
const hidden = Symbol('hidden');
/** A null where there must not be one: whatever encloses it is null. */
class Lost extends Error {}

/** Answers an operation over the truth, field by field, row by row, asking the judge about each. */
export function expected(schema: GraphQLSchema, document: DocumentNode, root: Thing, asker: Asker, judge: Judge): Said {
  const denied = new Map<string, { path: Path; coordinate: string; count: number }>();
  const masked = new Set<string>();
  const patternOf = (path: Path) => path.map((part) => (typeof part === 'number' ? '*' : part)).join('.');

  /** What was noted of an object that turns out to be hidden is forgotten by what this gives. */
  const account = () => {
    const [ofDenied, ofMasked] = [[...denied].map(([key, each]) => [key, { ...each }] as const), [...masked]];
    return () => {
      denied.clear();
      masked.clear();
      for (const [key, each] of ofDenied) denied.set(key, each);
      for (const each of ofMasked) masked.add(each);
    };
  };

  const write = (
    thing: Thing,
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    above: Related,
    path: Path,
  ) => {
    const facts = judge.protections.factsOf(type.name);
    const related = facts ? relate(asker, thing, facts) : above;
    const shows = (name: string) => effectOf(type, name, related) !== 'DENY';
    if (facts && !Object.keys(type.getFields()).some(shows)) return hidden;
    const data: Record<string, unknown> = {};
    const before = account();
    for (const [key, nodes] of collect(schema, document, type, sets)) {
      const value = field(thing, type, nodes, related, [...path, key]);
      if (value === hidden) {
        before();
        return hidden;
      }
      data[key] = value;
    }
    return data;
  };

  /** A leaf without a method is not shown masked. */
  const effectOf = (type: GraphQLObjectType, name: string, related: Related) => {
    const effect = judge.effect(asker, `${type.name}.${name}`, related);
    const unmaskable =
      isLeafType(getNamedType(type.getFields()[name]!.type)) &&
      judge.protections.of(`${type.name}.${name}`).mask === undefined;
    return effect === 'MASK' && unmaskable ? 'DENY' : effect;
  };

  const field = (
    thing: Thing,
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
    related: Related,
    path: Path,
  ): unknown => {
    const name = nodes[0]!.name.value;
    if (name === '__typename') return type.name;
    const declared = type.getFields()[name]!;
    const protection = judge.protections.of(`${type.name}.${name}`);
    const effect = effectOf(type, name, related);
    const nothing = () => {
      if (isNonNullType(declared.type)) throw new Lost();
      return null;
    };
    if (effect === 'DENY') {
      if (protection.sealed) return isNonNullType(declared.type) ? hidden : null;
      const known = denied.get(patternOf(path));
      if (known) known.count += 1;
      else denied.set(patternOf(path), { path, coordinate: protection.coordinate, count: 1 });
      return nothing();
    }
    const value = thing[name];
    if (effect === 'MASK' && isLeafType(getNamedType(declared.type))) {
      if (protection.mask === 'WITHHOLD') {
        masked.add(patternOf(path));
        return nothing();
      }
      if (value === null || value === undefined) return nothing();
      const mask = maskOf(protection.mask!);
      const shown = Array.isArray(value) ? value.map((each) => mask(each)) : mask(value);
      if (protection.mask !== 'KEEP') masked.add(patternOf(path));
      return shown ?? nothing();
    }
    const shown = complete(value, declared.type, nodes, related, path);
    return shown === hidden && !isNonNullType(declared.type) ? null : shown;
  };

  const complete = (
    value: unknown,
    type: GraphQLOutputType,
    nodes: readonly FieldNode[],
    related: Related,
    path: Path,
  ): unknown => {
    if (isNonNullType(type)) {
      const inner = complete(value, type.ofType, nodes, related, path);
      if (inner === null) throw new Lost();
      return inner;
    }
    try {
      if (value === null || value === undefined) return null;
      if (isListType(type)) {
        const items: unknown[] = [];
        for (const each of value as unknown[]) {
          const item = complete(each, type.ofType, nodes, related, [...path, items.length]);
          if (item !== hidden) items.push(item);
        }
        return items;
      }
      if (!isCompositeType(type)) return value;
      const thing = value as Thing;
      const concrete = isAbstractType(type) ? (schema.getType(thing.__typename) as GraphQLObjectType) : type;
      return write(
        thing,
        concrete,
        nodes.map(({ selectionSet }) => selectionSet!),
        related,
        path,
      );
    } catch (error) {
      if (error instanceof Lost) return null;
      throw error;
    }
  };

  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)!;
  let data: unknown;
  try {
    data = write(root, schema.getQueryType()!, [operation.selectionSet], unrelated, []);
  } catch (error) {
    if (!(error instanceof Lost)) throw error;
    data = null;
  }
  return { data: data === hidden ? null : data, masked: [...masked], denied: [...denied.values()] };
}

/** CollectFields of the GraphQL specification (6.3.2); the oracle's operations have no conditions. */
function collect(
  schema: GraphQLSchema,
  document: DocumentNode,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
) {
  const found = new Map<string, FieldNode[]>();
  const visit = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        found.set(key, [...(found.get(key) ?? []), selection]);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : document.definitions.find(
              (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value,
            );
      if (fragment?.kind !== Kind.FRAGMENT_DEFINITION && fragment?.kind !== Kind.INLINE_FRAGMENT) continue;
      const on = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
      if (!on || on === type || (isAbstractType(on) && schema.isSubType(on, type))) visit(fragment.selectionSet);
    }
  };
  sets.forEach(visit);
  return found;
}
