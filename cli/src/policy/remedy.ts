import type { Question } from '@linli/gateway/policy/cedar/question';
import { purposes } from '@linli/schema/purposes';
import { roles } from '@linli/schema/roles';
import { relations } from '@linli/schema/subject';
import type { Ground } from './ground.js';
import { effectOf } from './judge.js';

/** Something that would have to be otherwise for a field to be shown in full. */
export type Change =
  | { readonly kind: 'purpose'; readonly to: string }
  | { readonly kind: 'declaration'; readonly to: 'legal basis and case number' | 'break-glass' }
  | { readonly kind: 'relation'; readonly to: string }
  | { readonly kind: 'role'; readonly to: string };

type Step = readonly [change: Change, apply: (question: Question) => Question];

/** What is not advised as long as anything else would do: to be another person. */
const lastPurposes = ['own-affairs'];
const lastRelations = ['household', 'guardian', 'self'];
const lastRoles = ['resident', 'guardian', 'kiosk'];

function inOrder<T extends string>(all: readonly T[], last: readonly string[]): readonly T[] {
  return [...all].sort((a, b) => last.indexOf(a) - last.indexOf(b));
}

/** The order in which changes are tried: what the asker can do at once goes before what others decide. */
function steps(question: Question): readonly (readonly Step[])[] {
  const purpose = inOrder(purposes, lastPurposes)
    .filter((to) => to !== question.purpose && to !== 'emergency')
    .map((to): Step => [{ kind: 'purpose', to }, (asked) => ({ ...asked, purpose: to })]);
  const declaration: Step[] = [
    [
      { kind: 'declaration', to: 'legal basis and case number' },
      (asked) => ({ ...asked, legalBasis: true, caseNumber: true }),
    ],
  ];
  const relation = inOrder(relations, lastRelations)
    .filter((to) => to !== question.relation && to !== 'none')
    .map((to): Step => [{ kind: 'relation', to }, (asked) => ({ ...asked, relation: to })]);
  const role = inOrder(roles, lastRoles)
    .filter((to) => !question.roles.includes(to) && to !== 'open-data')
    .map((to): Step => [{ kind: 'role', to }, (asked) => ({ ...asked, roles: [to] })]);
  return [question.legalBasis && question.caseNumber ? [] : declaration, purpose, relation, role];
}

/** What is advised only where nothing else would do. */
const breakGlass: Step = [
  { kind: 'declaration', to: 'break-glass' },
  (asked) => ({ ...asked, purpose: 'emergency', caseNumber: true, emergency: true }),
];

/**
 * The fewest changes of declaration, purpose, relation or role after which a field would be shown in full; undefined
 * where there are none: then nobody at all may see it.
 */
export function nearestChange(ground: Ground, question: Question): readonly Change[] | undefined {
  const kinds = steps(question);
  const allowed = (asked: Question) => effectOf(ground, asked) === 'ALLOW';
  for (let count = 1; count <= kinds.length; count++) {
    for (const chosen of combinations(kinds, count)) {
      const found = search(chosen, question, allowed);
      if (found) return found;
    }
  }
  return search([[breakGlass]], question, allowed);
}

function search(
  kinds: readonly (readonly Step[])[],
  question: Question,
  allowed: (question: Question) => boolean,
): readonly Change[] | undefined {
  const [first, ...rest] = kinds;
  if (!first) return allowed(question) ? [] : undefined;
  for (const [change, apply] of first) {
    const found = search(rest, apply(question), allowed);
    if (found) return [change, ...found];
  }
  return undefined;
}

/** Every choice of so many items, in their order. */
function combinations<T>(items: readonly T[], count: number): T[][] {
  if (count === 0) return [[]];
  return items.flatMap((item, index) => combinations(items.slice(index + 1), count - 1).map((rest) => [item, ...rest]));
}
