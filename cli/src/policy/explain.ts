import type { Action, Effect, Question } from '@linli/gateway/policy/cedar/question';
import type { FieldClass } from '@linli/gateway/supergraph/classification';
import type { Relation } from '@linli/schema/subject';
import type { Ground } from './ground.js';
import { judge, possibleRelations } from './judge.js';
import type { Change } from './remedy.js';
import { nearestChange } from './remedy.js';
import type { Viewer } from './viewer.js';

/** What a request declares about itself, and the row it is about. */
export interface Circumstances {
  readonly purpose?: string;
  readonly legalBasis: boolean;
  readonly caseNumber: boolean;
  readonly emergency: boolean;
  readonly minor: boolean;
  /** Only this relation; otherwise all. */
  readonly relation?: Relation;
}

/** One effect on a field, with the relations that have it. */
export interface Outcome {
  readonly effect: Effect;
  readonly relations: readonly Relation[];
  readonly policies: readonly { readonly id: string; readonly why: string; readonly owner: string }[];
}

/** What happens to a field. */
export interface Explanation {
  readonly field: FieldClass;
  readonly action: Action;
  readonly outcomes: readonly Outcome[];
  /** What would have to change; absent where it is shown in full, null where nothing would do. */
  readonly nearest?: readonly Change[] | null;
}

/** Explains a field to a viewer: each effect, by which policies and why, and what would have to change. */
export function explain(
  ground: Ground,
  field: FieldClass,
  action: Action,
  { roles, department }: Viewer,
  circumstances: Circumstances,
): Explanation {
  const { relation: only, ...declared } = circumstances;
  const ask = (relation: Relation): Question => ({
    roles,
    ...(department !== undefined && { department }),
    ...declared,
    action,
    field,
    relation,
  });
  const considered = only === undefined ? possibleRelations(ground, field) : [only];
  const outcomes = new Map<string, { effect: Effect; relations: Relation[]; by: readonly string[] }>();
  for (const relation of considered) {
    const { effect, by } = judge(ground, ask(relation));
    const key = [effect, ...by].join(' ');
    const outcome = outcomes.get(key);
    if (outcome) outcome.relations.push(relation);
    else outcomes.set(key, { effect, relations: [relation], by });
  }
  const explained = [...outcomes.values()].map(({ by, ...outcome }): Outcome => ({
    ...outcome,
    policies: by.map((id) => {
      const policy = ground.policies.policies.find((each) => each.id === id);
      return { id, why: policy?.why ?? rules[id] ?? '', owner: policy?.owner ?? 'hub' };
    }),
  }));
  if (explained.some(({ effect }) => effect === 'ALLOW')) return { field, action, outcomes: explained };
  return { field, action, outcomes: explained, nearest: nearestChange(ground, ask(only ?? considered[0]!)) ?? null };
}

/** Decisions that no policy makes. */
const rules: Readonly<Record<string, string>> = {
  'default-deny': '没有任何策略许可，即为拒绝',
  'no-mask-method': '只可脱敏读取，而该字段没有脱敏方式',
};
