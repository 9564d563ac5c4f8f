import type { ConstDirectiveNode, ConstValueNode } from 'graphql';
import { Kind } from 'graphql';
import type { ClassificationLevel, MaskMethod, SharingClass } from '../classification.js';
import { levels, maskMethods, sharingClasses } from '../classification.js';
import { argumentOf } from '../linked-names.js';

/** What `@classified` says in one place; what it leaves open is undefined. */
export interface Statement {
  readonly level: ClassificationLevel;
  readonly sharing: SharingClass | undefined;
  readonly mask: MaskMethod | undefined;
  readonly sealed: boolean | undefined;
}

/**
 * Joins every `@classified` of one place: departments that share a type or field may have graded it differently, and the
 * strictest holds (就高从严). What is not understood counts as the strictest.
 *
 * @param names what `@classified` is called in the document
 */
export function readStatement(
  directives: readonly ConstDirectiveNode[],
  names: ReadonlySet<string>,
): Statement | undefined {
  return directives
    .filter(({ name }) => names.has(name.value))
    .map(readOne)
    .reduce<Statement | undefined>((sum, each) => (sum ? strictest(sum, each) : each), undefined);
}

/** Of two statements of one place the stricter, argument by argument. */
export function strictest(one: Statement, other: Statement): Statement {
  return {
    level: stricter(levels, one.level, other.level),
    sharing: either(one.sharing, other.sharing, (a, b) => stricter(sharingClasses, a, b)),
    mask: sameMask(one.mask, other.mask),
    sealed: either(one.sealed, other.sealed, (a, b) => a || b),
  };
}

/** The method that both name, or the only one named. Of two methods each may give away what the other hides. */
export function sameMask(one: MaskMethod | undefined, other: MaskMethod | undefined): MaskMethod | undefined {
  return either(one, other, (a, b) => (a === b ? a : 'WITHHOLD'));
}

/** How a field of a level is shared where nobody says it. */
export function defaultSharing(level: ClassificationLevel): SharingClass {
  return level === 'L1' || level === 'L2' ? 'UNCONDITIONAL' : 'CONDITIONAL';
}

/** Whichever comes later in an order from the least to the strictest. */
export function stricter<T>(order: readonly T[], one: T, other: T): T {
  return order.indexOf(one) < order.indexOf(other) ? other : one;
}

function readOne(directive: ConstDirectiveNode): Statement {
  const sealed = argumentOf(directive, 'sealed');
  return {
    level: oneOf(levels, argumentOf(directive, 'level'), 'L4') ?? 'L4',
    sharing: oneOf(sharingClasses, argumentOf(directive, 'sharing'), 'NONE'),
    mask: oneOf(maskMethods, argumentOf(directive, 'mask'), 'WITHHOLD'),
    sealed: sealed && sealed.kind !== Kind.NULL ? sealed.kind !== Kind.BOOLEAN || sealed.value : undefined,
  };
}

function oneOf<T extends string>(known: readonly T[], value: ConstValueNode | undefined, strict: T): T | undefined {
  if (!value || value.kind === Kind.NULL) return undefined;
  return known.find((each) => value.kind === Kind.ENUM && value.value === each) ?? strict;
}

function either<T>(one: T | undefined, other: T | undefined, join: (one: T, other: T) => T): T | undefined {
  if (one === undefined) return other;
  return other === undefined ? one : join(one, other);
}
