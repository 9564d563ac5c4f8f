import { relations } from '@linli/schema/subject';
import { purposes } from '@linli/schema/purposes';
import type { ContextAttribute, Policy } from './policy.js';
import type { Question } from './question.js';
import { uid, uidText } from './uid.js';

type Context = Pick<Question, ContextAttribute>;

/** One thing of the context that a policy reads, with the values that it can tell apart. */
interface Dimension {
  readonly indexOf: (question: Question) => number;
  /** A value for each index; undefined for an index that no value has. */
  readonly examples: readonly (Partial<Context> | undefined)[];
}

/**
 * The cases of the context that a policy can tell apart: it names some relations and purposes, and all others are one
 * to it. Cedar needs to be asked once for each.
 */
export function dimensionsOf({ reads }: Policy): readonly Dimension[] {
  return reads.context.map((attribute): Dimension => {
    if (attribute === 'relation') {
      const isNamed = (each: string) => reads.named.includes(uidText(uid('Relation', each)));
      const [named, other] = [relations.filter(isNamed), relations.find((each) => !isNamed(each))];
      const places = placesOf(named);
      return {
        indexOf: ({ relation }) => places.get(relation) ?? 0,
        examples: [other && { relation: other }, ...named.map((relation) => ({ relation }))],
      };
    }
    if (attribute === 'purpose') {
      const isNamed = (each: string) => reads.named.includes(uidText(uid('Purpose', each)));
      const [named, other] = [purposes.filter(isNamed), purposes.find((each) => !isNamed(each))];
      const places = placesOf(['', ...named]);
      return {
        indexOf: ({ purpose }) => places.get(purpose ?? '') ?? 0,
        examples: [other && { purpose: other }, { purpose: undefined }, ...named.map((purpose) => ({ purpose }))],
      };
    }
    return {
      indexOf: (question) => Number(question[attribute]),
      examples: [{ [attribute]: false }, { [attribute]: true }],
    };
  });
}

function placesOf(values: readonly string[]): ReadonlyMap<string, number> {
  return new Map(values.map((value, index) => [value, index + 1]));
}

/** The number of cases that dimensions make. */
export function caseCount(dimensions: readonly Dimension[]): number {
  return dimensions.reduce((count, { examples }) => count * examples.length, 1);
}

/** The case that a question is, below `caseCount`. */
export function caseOf(dimensions: readonly Dimension[], question: Question): number {
  let place = 0;
  for (const { examples, indexOf } of dimensions) place = place * examples.length + indexOf(question);
  return place;
}

/** A context for every case that there can be. */
export function examplesOf(dimensions: readonly Dimension[]): readonly Partial<Context>[] {
  return dimensions.reduce<readonly Partial<Context>[]>(
    (cases, { examples }) => cases.flatMap((each) => examples.flatMap((value) => (value ? { ...each, ...value } : []))),
    [{}],
  );
}
