import type { GraphQLSchema } from 'graphql';
import type { FieldPath, MaskMethod } from '../supergraph/classification.js';

/*
 * Rows and decisions meet as bits. A row is the set of relations that its reader has to it, one bit each in the order of
 * `relations`; a decision is the set of relations that it holds for. Both come in three parts: for rows about adults (or
 * about nobody), about minors, and about somebody of whom it is not known.
 */

/** How many relations there are, and so how far apart the parts are. */
export const partWidth = 9;
/** The relation `none`, which always holds, in all three parts. */
export const everyone = 1 | (1 << partWidth) | (1 << (2 * partWidth));

/** What was decided of one field, for all rows at once. */
export interface FieldGuard {
  /** `Type.field`. */
  readonly coordinate: string;
  /** Relations by which the value is read as it is. */
  readonly allow: number;
  /** Relations by which it is read masked; disjoint from `allow`. */
  readonly mask: number;
  /** How it is masked; undefined for fields with fields below them, which are masked one by one. */
  readonly method: MaskMethod | undefined;
  /** True where nothing may tell that there is a value: neither an error nor a count. */
  readonly sealed: boolean;
  /** Whether a value of it is somebody's personal data (L3 or L4). */
  readonly personal: boolean;
}

/** Where the merged data says whose a row is, and where. */
export interface FactPaths {
  readonly subject: readonly FieldPath[];
  readonly community: readonly FieldPath[];
  readonly assigned: readonly FieldPath[];
  readonly minor: readonly FieldPath[];
}

/** What one kind of reader may see of the graph, decided before anything is planned. */
export interface Guard {
  /** Guards of one id decide alike. */
  readonly id: string;
  /** The part of the graph that the reader may know of. */
  readonly schema: GraphQLSchema;
  field(type: string, name: string): FieldGuard;
  /** The facts that decide a row of a type, as far as any decision depends on them; undefined for a part of another row. */
  facts(type: string): FactPaths | undefined;
  /** Where rows of a type say whom they are about; empty where they are about nobody, or part of another row. */
  subject(type: string): readonly FieldPath[];
  /** Relations by which anything of a row is read at all. */
  visible(type: string): number;
}

/** True where every row's value is read as it is. */
export function isOpen({ allow }: FieldGuard): boolean {
  return (allow & everyone) === everyone;
}

/** True where no row's value is read. */
export function isClosed({ allow, mask }: FieldGuard): boolean {
  return (allow | mask) === 0;
}
