import type { Standing, Subject } from '@linli/schema/subject';
import { relations } from '@linli/schema/subject';
import type { FactPaths } from '../planning/guard.js';
import { partWidth } from '../planning/guard.js';
import type { FieldPath } from '../supergraph/classification.js';

const bitOf = Object.fromEntries(relations.map((relation, i) => [relation, 1 << i])) as Record<
  (typeof relations)[number],
  number
>;
const ofPlace: Readonly<Record<number, number>> = {
  12: bitOf.community,
  9: bitOf.street,
  6: bitOf.district,
  4: bitOf.city,
};

/** What the texts at the end of a path name. */
type Named = 'person' | 'place' | 'handler';

/** Tells of each row which relations its reader has to it. A fact that is missing gives no relation. */
export class Rows {
  readonly #household: ReadonlySet<string>;
  readonly #wards: ReadonlySet<string>;
  /** Longest first: the closest relation to a place is the one that holds. */
  readonly #places: readonly { readonly prefix: string; readonly bit: number }[];

  constructor(
    readonly subject: Subject,
    standing: Standing,
  ) {
    this.#household = new Set(standing.household);
    this.#wards = new Set(standing.wards);
    this.#places = [...subject.jurisdiction]
      .sort((a, b) => b.length - a.length)
      .flatMap((prefix) => {
        const bit = ofPlace[prefix.length];
        return bit === undefined ? [] : [{ prefix, bit }];
      });
  }

  /** The relations to a row as bits (see `planning/guard.ts`). */
  bits(row: object, { subject, community, assigned, minor }: FactPaths): number {
    let bits = bitOf.none;
    for (let i = 0; i < subject.length; i++) bits |= this.#collect(row, subject[i]!, 0, 'person');
    for (let i = 0; i < community.length; i++) bits |= this.#collect(row, community[i]!, 0, 'place');
    if (this.subject.staffId !== undefined) {
      for (let i = 0; i < assigned.length; i++) bits |= this.#collect(row, assigned[i]!, 0, 'handler');
    }
    return minor.length ? bits << (partWidth * this.#part(row, minor)) : bits;
  }

  /** The bits of every text at the end of a path, through objects and lists. Nothing is made for it: rows are many. */
  #collect(value: unknown, path: FieldPath, at: number, named: Named): number {
    for (;;) {
      if (typeof value === 'string') return at === path.length ? this.#bitsOf(value, named) : 0;
      if (typeof value !== 'object' || value === null) return 0;
      if (Array.isArray(value)) break;
      if (at === path.length) return 0;
      value = (value as Record<string, unknown>)[path[at++]!];
    }
    let bits = 0;
    for (let i = 0; i < value.length; i++) bits |= this.#collect(value[i], path, at, named);
    return bits;
  }

  #bitsOf(text: string, named: Named): number {
    if (named === 'place') return this.#ofPlace(text);
    if (named === 'person') return this.#ofPerson(text);
    return text === this.subject.staffId ? bitOf.assigned : 0;
  }

  #ofPerson(id: string): number {
    let bits = 0;
    if (id === this.subject.residentId) bits |= bitOf.self;
    if (this.#wards.has(id)) bits |= bitOf.guardian;
    if (this.#household.has(id)) bits |= bitOf.household;
    return bits;
  }

  #ofPlace(code: string): number {
    for (let i = 0; i < this.#places.length; i++) {
      const { prefix, bit } = this.#places[i]!;
      if (code.startsWith(prefix)) return bit;
    }
    return 0;
  }

  /** 0 about an adult, 1 about a minor, 2 where that is not known. */
  #part(row: object, paths: readonly FieldPath[]): number {
    let part = 0;
    for (const path of paths) {
      const value = path.reduce<unknown>((at, name) => (at as Record<string, unknown> | null | undefined)?.[name], row);
      if (value === true) return 1;
      if (value !== false) part = 2;
    }
    return part;
  }
}
