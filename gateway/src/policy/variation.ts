import type { FieldGuard } from '../planning/guard.js';
import { partWidth } from '../planning/guard.js';

/** What decisions about fields depend on. */
export interface Variation {
  /** The relations, as bits of a guard's first part, by which something is decided otherwise than by none. */
  readonly relations: number;
  /** Whether rows about minors are decided otherwise than those about adults. */
  readonly minors: boolean;
}

const part = (1 << partWidth) - 1;

export const unvaried: Variation = Object.freeze({ relations: 0, minors: false });

export function variationOf({ allow, mask }: Pick<FieldGuard, 'allow' | 'mask'>): Variation {
  return together(ofSet(allow), ofSet(mask));
}

export function together(one: Variation, other: Variation): Variation {
  return { relations: one.relations | other.relations, minors: one.minors || other.minors };
}

function ofSet(bits: number): Variation {
  const [adults, minors] = [bits & part, (bits >> partWidth) & part];
  return { relations: differing(adults) | differing(minors), minors: adults !== minors };
}

/** The relations that are decided otherwise than none, which is the first bit. */
function differing(bits: number): number {
  return bits & 1 ? ~bits & part : bits;
}
