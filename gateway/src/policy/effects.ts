import type { Relation } from '@linli/schema/subject';
import { relations } from '@linli/schema/subject';
import { partWidth } from '../planning/guard.js';
import type { Effect } from './cedar/policies.js';

/** The relations by which a field is read as it is, and those by which it is read masked, as bits of a guard's first two parts. */
export interface Effects {
  readonly allow: number;
  readonly mask: number;
}

/** A row's kinds, in the order of a guard's parts. Rows that say nothing of minors are of the first. */
const minors = [false, true] as const;
const everyRelation = (1 << partWidth) - 1;

/** Collects the effect of every relation, for adults and for minors. What holds for `none` holds for every row. */
export function effectsOf(aboutMinors: boolean, effectOf: (relation: Relation, minor: boolean) => Effect): Effects {
  let allow = 0;
  let mask = 0;
  for (const minor of minors) {
    if (minor && !aboutMinors) return { allow: allow | (allow << partWidth), mask: mask | (mask << partWidth) };
    const shift = minor ? partWidth : 0;
    const always = effectOf('none', minor);
    if (always === 'ALLOW') allow |= everyRelation << shift;
    else {
      if (always === 'MASK') mask |= everyRelation << shift;
      relations.forEach((relation, i) => {
        const effect = effectOf(relation, minor);
        if (effect === 'ALLOW') allow |= (1 << i) << shift;
        else if (effect === 'MASK') mask |= (1 << i) << shift;
      });
    }
  }
  return { allow, mask };
}
