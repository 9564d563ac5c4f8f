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

/** Tells of each row which relations its reader has to it. A fact that is missing gives no relation. */
export class Rows {
  readonly #household: ReadonlySet<string>;
  readonly #wards: ReadonlySet<string>;
  /** Longest first: the closest relation to a place is the one that holds. */
  readonly #places: readonly (readonly [prefix: string, bit: number])[];

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
        return bit === undefined ? [] : [[prefix, bit] as const];
      });
  }

  /** The relations to a row as bits (see `planning/guard.ts`). */
  bits(row: object, { subject, community, assigned, minor }: FactPaths): number {
    let bits = bitOf.none;
    for (const path of subject) bits |= collect(row, path, 0, (id) => this.#ofPerson(id));
    for (const path of community) bits |= collect(row, path, 0, (code) => this.#ofPlace(code));
    const { staffId } = this.subject;
    if (staffId !== undefined) {
      for (const path of assigned) bits |= collect(row, path, 0, (id) => (id === staffId ? bitOf.assigned : 0));
    }
    return minor.length ? bits << (partWidth * this.#part(row, minor)) : bits;
  }

  #ofPerson(id: string): number {
    let bits = 0;
    if (id === this.subject.residentId) bits |= bitOf.self;
    if (this.#wards.has(id)) bits |= bitOf.guardian;
    if (this.#household.has(id)) bits |= bitOf.household;
    return bits;
  }

  #ofPlace(code: string): number {
    for (const [prefix, bit] of this.#places) if (code.startsWith(prefix)) return bit;
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

/** The bits of every text at the end of a path, through objects and lists. */
function collect(value: unknown, path: FieldPath, at: number, bitsOf: (text: string) => number): number {
  if (typeof value === 'string') return at === path.length ? bitsOf(value) : 0;
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) {
    let bits = 0;
    for (const item of value) bits |= collect(item, path, at, bitsOf);
    return bits;
  }
  if (at === path.length) return 0;
  return collect((value as Record<string, unknown>)[path[at]!], path, at + 1, bitsOf);
}
