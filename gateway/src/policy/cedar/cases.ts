import { relations } from '@linli/schema/subject';
import { purposes } from '@linli/schema/purposes';
import type { ContextAttribute, Policy } from './policy.js';
import type { Question } from './question.js';
import { uid, uidText } from './uid.js';

/** One thing of the context that a policy reads, with the values that it can tell apart. */
interface Dimension {
  readonly attribute: ContextAttribute;
  /** How many values can be told apart. */
  readonly size: number;
  readonly indexOf: (question: Question) => number;
}

/**
 * The cases of the context that a policy can tell apart: it names some relations and purposes, and all others are one
 * to it. Cedar needs to be asked once for each.
 */
export function dimensionsOf({ reads }: Policy): readonly Dimension[] {
  return reads.context.map((attribute) => {
    if (attribute === 'relation') {
      const named = relations.filter((each) => reads.named.includes(uidText(uid('Relation', each))));
      return dimension(attribute, named, ({ relation }) => relation);
    }
    if (attribute === 'purpose') {
      const named = purposes.filter((each) => reads.named.includes(uidText(uid('Purpose', each))));
      return dimension(attribute, ['', ...named], ({ purpose }) => purpose ?? '');
    }
    return { attribute, size: 2, indexOf: (question) => Number(question[attribute]) };
  });
}

function dimension(
  attribute: ContextAttribute,
  values: readonly string[],
  valueOf: (question: Question) => string,
): Dimension {
  const places = new Map(values.map((value, index) => [value, index + 1]));
  return { attribute, size: values.length + 1, indexOf: (question) => places.get(valueOf(question)) ?? 0 };
}

/** The number of cases that dimensions make. */
export function caseCount(dimensions: readonly Dimension[]): number {
  return dimensions.reduce((count, { size }) => count * size, 1);
}

/** The case that a question is, below `caseCount`. */
export function caseOf(dimensions: readonly Dimension[], question: Question): number {
  let place = 0;
  for (const { size, indexOf } of dimensions) place = place * size + indexOf(question);
  return place;
}
