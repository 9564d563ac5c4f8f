import type { DocumentNode, FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode } from 'graphql';
import { Kind } from 'graphql';
import { limitExceeded } from '../errors.js';

/** How large an operation may be. Counts are taken with every fragment spread out, as it would be executed. */
export interface OperationLimits {
  /** Lexical tokens of the document. */
  tokens: number;
  /** Fields inside fields; the usual introspection query needs 13. */
  depth: number;
  fields: number;
  aliases: number;
  rootFields: number;
  directives: number;
}

export const defaultLimits: Readonly<OperationLimits> = Object.freeze({
  tokens: 5000,
  depth: 20,
  fields: 1500,
  aliases: 100,
  rootFields: 30,
  directives: 100,
});

/**
 * Refuses a document with an operation over the limits. Works on unvalidated documents (it stops at the limit, so a
 * fragment cycle or a fragment that doubles itself costs no more than the limit), because validation itself can be
 * made slow by what it limits.
 */
export function enforceLimits(document: DocumentNode, limits: OperationLimits): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  // Fragments are measured by themselves too: validation walks those that no operation uses.
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION || definition.kind === Kind.FRAGMENT_DEFINITION) {
      new Measure(fragments, limits).definition(definition);
    }
  }
}

class Measure {
  readonly #spreading: string[] = [];
  #fields = 0;
  #aliases = 0;
  #rootFields = 0;
  #directives = 0;
  #spreads = 0;

  constructor(
    readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    readonly limits: OperationLimits,
  ) {}

  definition(definition: OperationDefinitionNode | FragmentDefinitionNode): void {
    this.#countDirectives(definition.directives?.length ?? 0);
    this.#selections(definition.selectionSet, 1, definition.kind === Kind.OPERATION_DEFINITION);
  }

  #selections(set: SelectionSetNode, depth: number, root: boolean): void {
    for (const selection of set.selections) {
      this.#countDirectives(selection.directives?.length ?? 0);
      switch (selection.kind) {
        case Kind.FIELD:
          this.#within('depth', depth, 'fields nested in fields');
          this.#within('fields', ++this.#fields, 'fields');
          if (selection.alias) this.#within('aliases', ++this.#aliases, 'aliases');
          if (root) this.#within('rootFields', ++this.#rootFields, 'fields at its root');
          if (selection.selectionSet) this.#selections(selection.selectionSet, depth + 1, false);
          break;
        case Kind.INLINE_FRAGMENT:
          this.#within('fields', ++this.#spreads, 'fields');
          this.#selections(selection.selectionSet, depth, root);
          break;
        case Kind.FRAGMENT_SPREAD: {
          this.#within('fields', ++this.#spreads, 'fields');
          const name = selection.name.value;
          const fragment = this.fragments.get(name);
          // Cycles and unknown fragments are told by validation, with their place.
          if (!fragment || this.#spreading.includes(name)) break;
          this.#spreading.push(name);
          this.#selections(fragment.selectionSet, depth, root);
          this.#spreading.pop();
        }
      }
    }
  }

  #countDirectives(count: number): void {
    this.#within('directives', (this.#directives += count), 'directives');
  }

  #within(limit: keyof OperationLimits, value: number, what: string): void {
    const maximum = this.limits[limit];
    if (value <= maximum) return;
    throw limitExceeded(
      limit,
      maximum,
      `The operation has more than ${maximum} ${what} (fragments spread out). Ask for less, or in several requests.`,
    );
  }
}
