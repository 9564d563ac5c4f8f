import type { GraphQLLeafType } from 'graphql';
import { GraphQLError } from 'graphql';
import type { ResponseError } from '../errors.js';
import type { FactPaths, FieldGuard } from '../planning/guard.js';
import type { Account, Disclosure } from '../policy/disclosure.js';
import { maskOf } from '../policy/masks/masks.js';
import type { PersonalData } from '../policy/shown.js';

type Path = readonly (string | number)[];

/** Where in the response a piece of generated code writes: names, and for a list its depth, whose index is known at run time. */
export interface Site {
  /** `Type.field`, for messages. */
  readonly coordinate: string;
  /** A string is a response name; a number the depth of a list. */
  readonly template: readonly (string | number)[];
}

interface Noted {
  readonly errors: number;
  readonly disclosed: Account | undefined;
}

/**
 * What the generated projection calls when a value is not what the schema promises (GraphQL specification, 6.4.3 and
 * 6.4.4): it records the error and says what is left. Values that are as promised never come here.
 */
export class Completion {
  /** Index of the item that is written, for each list depth. */
  readonly indexes: number[] = [];

  constructor(
    readonly sites: readonly Site[],
    readonly errors: ResponseError[],
    readonly disclosure: Disclosure | undefined,
  ) {}

  /** The reader's relations to a row, as bits. */
  relate(row: object, facts: FactPaths): number {
    return this.disclosure!.relate(row, facts);
  }

  /** Notes a row of which personal data is written. */
  note(row: object, bits: number, selected: PersonalData): void {
    this.disclosure!.note(row, bits, selected);
  }

  /** What has been noted so far. */
  account(): Noted {
    return { errors: this.errors.length, disclosed: this.disclosure?.account() };
  }

  /** Takes back what was noted of an object that turned out to be hidden. */
  forgetSince({ errors, disclosed }: Noted): void {
    this.errors.length = errors;
    if (disclosed) this.disclosure!.returnTo(disclosed);
  }

  /** A value that its reader may not see; `row` are the bits of the row it is of. */
  deny(site: number, guard: FieldGuard, row: number): void {
    this.disclosure!.deny(guard, this.#path(site), row);
  }

  /** The text of a value that is shown masked; undefined where nothing of it is left. */
  mask(value: unknown, { method }: FieldGuard, site: number): string | undefined {
    if (method === undefined) return undefined;
    if (method === 'WITHHOLD') {
      // Neither whether there is a value nor how many are in a list: that would tell of what is withheld.
      this.disclosure!.mask(this.#path(site));
      return undefined;
    }
    if (value === null || value === undefined) return undefined;
    const masked = maskEach(value, maskOf(method));
    if (method !== 'KEEP') this.disclosure!.mask(this.#path(site));
    return masked === null ? undefined : JSON.stringify(masked);
  }

  /** A leaf that is not plainly of its type: coerced as graphql-js would, or undefined and an error. */
  leaf(value: unknown, type: GraphQLLeafType, site: number): string | undefined {
    try {
      const coerced: unknown = type.serialize(value);
      if (coerced !== undefined && coerced !== null) return JSON.stringify(coerced);
      this.#record(site, `Expected a value of ${type.name} for ${this.sites[site]!.coordinate}.`);
    } catch (error) {
      // Messages of scalars repeat the value, which may be personal.
      const reason =
        error instanceof GraphQLError ? `a value that is not of type ${type.name}` : 'a value that cannot be read';
      this.#record(site, `A department answered ${this.sites[site]!.coordinate} with ${reason}.`);
    }
    return undefined;
  }

  /** Null, where the schema promises a value. An error that explains it already is enough. */
  missing(site: number): void {
    const path = this.#path(site);
    const explained = this.errors.some(({ path: other }) => other && meets(other, path));
    if (!explained) this.#record(site, `Cannot return null for non-nullable field ${this.sites[site]!.coordinate}.`);
  }

  /** Not a list, or not an object, where the schema promises one. */
  misshapen(expected: 'a list' | 'an object', site: number): void {
    this.#record(site, `A department answered ${this.sites[site]!.coordinate} with something that is not ${expected}.`);
  }

  /** An object of an abstract type that does not say of which type it is, or says one that cannot be. */
  unknownType(site: number): void {
    this.#record(site, `A department answered ${this.sites[site]!.coordinate} with an object of no known type.`);
  }

  #path(site: number): Path {
    return this.sites[site]!.template.map((part) => (typeof part === 'number' ? this.indexes[part]! : part));
  }

  #record(site: number, message: string): void {
    this.errors.push({ message, path: this.#path(site), extensions: { code: 'INVALID_VALUE' } });
  }
}

/** True where one path leads to the other. */
function meets(a: Path, b: Path): boolean {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Masks a value, or each one in a list. */
function maskEach(value: unknown, mask: (value: unknown) => unknown): unknown {
  return Array.isArray(value) ? value.map((item) => maskEach(item, mask)) : mask(value);
}
