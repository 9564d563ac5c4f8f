import type { GraphQLCompositeType, GraphQLObjectType, GraphQLSchema, SelectionSetNode } from 'graphql';
import { Kind, getNamedType, isAbstractType, isCompositeType, isInterfaceType, isObjectType } from 'graphql';
import type { FieldPath } from '../supergraph/classification.js';
import type { FieldGuard, Guard } from './guard.js';
import { everyone, isClosed, isOpen } from './guard.js';
import type { InternalNames } from './internal-names.js';
import type { RowShape } from './shape.js';

/** Whether a field is one of those looked for, by what was decided of it. */
type Matters = (guard: FieldGuard) => boolean;

/**
 * Selections that nobody asked for: the facts by which it is decided, row by row, who sees what, and whom a row with
 * personal data is about. They are fetched with the rows and never written.
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
      const named = facts && {
        subject: this.#named(facts.subject),
        community: this.#named(facts.community),
        assigned: this.#named(facts.assigned),
        minor: this.#named(facts.minor),
      };
      const subject = this.#named(this.guard.subject(type.name));
      this.#rows.set(type.name, named && { facts: named, subject, visible: this.guard.visible(type.name) });
    }
    return this.#rows.get(type.name);
  }

  /**
   * The facts that decide what a selection set shows, and whom its personal data is about, as GraphQL text; empty where
   * all of it is for everybody, and about nobody.
   */
  textFor(parent: GraphQLCompositeType, set: SelectionSetNode): string {
    if (!isAbstractType(parent)) return this.#facts(parent, set);
    return this.schema
      .getPossibleTypes(parent)
      .map((type) => this.#facts(type, set, parent))
      .map((text, i) => (text === '' ? '' : `...on ${this.schema.getPossibleTypes(parent)[i]!.name}{${text}} `))
      .join('');
  }

  #facts(type: GraphQLObjectType, set: SelectionSetNode, parent: GraphQLCompositeType = type): string {
    const facts = this.guard.facts(type.name);
    if (!facts) return '';
    const personal = this.#selects(type, set, parent, ({ personal }) => personal);
    const decided = this.#isDecided(type, set, parent);
    const subject = personal ? this.guard.subject(type.name) : decided ? facts.subject : [];
    const others = decided ? [...facts.community, ...facts.assigned, ...facts.minor] : [];
    return [...subject, ...others].map((path) => this.#print(path)).join('');
  }

  #named(paths: readonly FieldPath[]): FieldPath[] {
    return paths.map((path) => path.map((name) => this.#source(name)));
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
  #isDecided(type: GraphQLObjectType, set: SelectionSetNode, parent: GraphQLCompositeType): boolean {
    const row = this.rowOf(type);
    return row !== undefined && (!isVisibleToAll(row) || this.#selects(type, set, parent, (guard) => !isOpen(guard)));
  }

  /** True where a field is selected, directly or maybe in a part of the row, of which something is read and `matters`. */
  #selects(type: GraphQLObjectType, set: SelectionSetNode, parent: GraphQLCompositeType, matters: Matters): boolean {
    return set.selections.some((selection) => {
      // Fragments are printed, and looked at, by themselves.
      if (selection.kind !== Kind.FIELD || selection.name.value.startsWith('__')) return false;
      const name = selection.name.value;
      const guard = this.guard.field(type.name, name);
      if (isClosed(guard)) return false;
      if (matters(guard)) return true;
      const definition = isInterfaceType(parent) || isObjectType(parent) ? parent.getFields()[name] : undefined;
      const below = definition && getNamedType(definition.type);
      return isCompositeType(below) && this.#leadsToPart(below, matters, new Set());
    });
  }

  /** True where objects of a type are parts of the row above them, and something of them is read and `matters`. */
  #leadsToPart(type: GraphQLCompositeType, matters: Matters, seen: Set<string>): boolean {
    if (isAbstractType(type)) {
      return this.schema.getPossibleTypes(type).some((each) => this.#leadsToPart(each, matters, seen));
    }
    if (seen.has(type.name) || this.guard.facts(type.name)) return false;
    seen.add(type.name);
    return Object.values(type.getFields()).some((field) => {
      const guard = this.guard.field(type.name, field.name);
      if (!isClosed(guard) && matters(guard)) return true;
      const below = getNamedType(field.type);
      return isCompositeType(below) && this.#leadsToPart(below, matters, seen);
    });
  }
}

function isVisibleToAll({ visible }: RowShape): boolean {
  return (visible & everyone) === everyone;
}
