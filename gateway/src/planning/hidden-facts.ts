import type { GraphQLCompositeType, GraphQLObjectType, GraphQLSchema, SelectionSetNode } from 'graphql';
import { Kind, getNamedType, isAbstractType, isCompositeType, isInterfaceType, isObjectType } from 'graphql';
import type { FieldPath } from '../supergraph/classification.js';
import type { FactPaths, Guard } from './guard.js';
import { everyone, isClosed, isOpen } from './guard.js';
import type { InternalNames } from './internal-names.js';
import type { RowShape } from './shape.js';

/**
 * Selections that nobody asked for: the facts by which it is decided, row by row, who sees what. They are fetched with
 * the rows and never written.
 */
export class HiddenFacts {
  readonly #rows = new Map<string, RowShape | undefined>();

  constructor(
    readonly guard: Guard,
    readonly schema: GraphQLSchema,
    readonly names: InternalNames,
  ) {}

  /** Where the facts of a type's rows are in the merged data; undefined for a part of another row. */
  rowOf(type: GraphQLObjectType): RowShape | undefined {
    if (!this.#rows.has(type.name)) {
      const facts = this.guard.facts(type.name);
      const named = facts && mapPaths(facts, (path) => path.map((name) => this.#source(name)));
      this.#rows.set(type.name, named && { facts: named, visible: this.guard.visible(type.name) });
    }
    return this.#rows.get(type.name);
  }

  /** The facts that decide what a selection set shows, as GraphQL text; empty where all of it is for everybody. */
  textFor(parent: GraphQLCompositeType, set: SelectionSetNode): string {
    if (!isAbstractType(parent)) return this.#isDecided(parent, set) ? this.#facts(parent) : '';
    return this.schema
      .getPossibleTypes(parent)
      .map((type) => (this.#isDecided(type, set, parent) ? this.#facts(type) : ''))
      .map((text, i) => (text === '' ? '' : `...on ${this.schema.getPossibleTypes(parent)[i]!.name}{${text}} `))
      .join('');
  }

  #facts(type: GraphQLObjectType): string {
    const facts = this.guard.facts(type.name);
    if (!facts) return '';
    const paths = [...facts.subject, ...facts.community, ...facts.assigned, ...facts.minor];
    return paths.map((path) => this.#print(path)).join('');
  }

  #print([name = '', ...rest]: FieldPath): string {
    const source = this.#source(name);
    const below = rest.length ? `{${this.#print(rest)}}` : '';
    return `${source === name ? '' : `${source}: `}${name}${below} `;
  }

  /** A name that types of one interface declare differently is made one that nobody else uses. */
  #source(name: string): string {
    return this.names.differing.has(name) ? `${this.names.prefix}${name}` : name;
  }

  /** True where something that is selected on a type, directly or in a part of it, is not for everybody. */
  #isDecided(type: GraphQLObjectType, set: SelectionSetNode, parent: GraphQLCompositeType = type): boolean {
    const row = this.rowOf(type);
    return row !== undefined && (!isVisibleToAll(row) || this.#selects(type, set, parent));
  }

  #selects(type: GraphQLObjectType, set: SelectionSetNode, parent: GraphQLCompositeType): boolean {
    return set.selections.some((selection) => {
      // Fragments are printed, and looked at, by themselves.
      if (selection.kind !== Kind.FIELD || selection.name.value.startsWith('__')) return false;
      const name = selection.name.value;
      const guard = this.guard.field(type.name, name);
      if (isClosed(guard)) return false;
      if (!isOpen(guard)) return true;
      const definition = isInterfaceType(parent) || isObjectType(parent) ? parent.getFields()[name] : undefined;
      const below = definition && getNamedType(definition.type);
      return isCompositeType(below) && this.#leadsToPart(below, new Set());
    });
  }

  /** True where objects of a type are parts of the row above them, and something of them is decided by it. */
  #leadsToPart(type: GraphQLCompositeType, seen: Set<string>): boolean {
    if (isAbstractType(type)) return this.schema.getPossibleTypes(type).some((each) => this.#leadsToPart(each, seen));
    if (seen.has(type.name) || this.guard.facts(type.name)) return false;
    seen.add(type.name);
    return Object.values(type.getFields()).some((field) => {
      const guard = this.guard.field(type.name, field.name);
      if (!isOpen(guard) && !isClosed(guard)) return true;
      const below = getNamedType(field.type);
      return isCompositeType(below) && this.#leadsToPart(below, seen);
    });
  }
}

function isVisibleToAll({ visible }: RowShape): boolean {
  return (visible & everyone) === everyone;
}

function mapPaths(facts: FactPaths, map: (path: FieldPath) => FieldPath): FactPaths {
  return {
    subject: facts.subject.map(map),
    community: facts.community.map(map),
    assigned: facts.assigned.map(map),
    minor: facts.minor.map(map),
  };
}
