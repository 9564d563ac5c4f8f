import type { Decision, Question } from '@linli/gateway/policy/cedar/question';
import type { Ground } from './ground.js';
import { fieldNamed, judge } from './judge.js';
import type { PolicyCase } from './case-file.js';
import { actionOf } from './writing.js';

export interface CaseResult {
  readonly case: PolicyCase;
  /** One line for each expectation that is not met. */
  readonly failures: readonly string[];
}

export interface Coverage {
  /** How many expectations each policy decided, or would have forbidden. */
  readonly hits: ReadonlyMap<string, number>;
  readonly missed: readonly string[];
}

/** Decides every case and compares; counts which policies had a say. */
export function runCases(ground: Ground, cases: readonly PolicyCase[]): { results: CaseResult[]; coverage: Coverage } {
  const hits = new Map(ground.policies.policies.map(({ id }) => [id, 0]));
  const results = cases.map((each): CaseResult => {
    const failures: string[] = [];
    for (const [coordinate, expected] of Object.entries(each.expect)) {
      const field = fieldNamed(ground, coordinate);
      if (!field) {
        failures.push(`${coordinate} is not in the graph.`);
        continue;
      }
      for (const relation of each.relations) {
        const question = questionOf(ground, each, relation, field);
        const decision = judge(ground, question);
        const applying = new Set([...decision.by, ...forbidsOn(ground, question)]);
        for (const id of applying) if (hits.has(id)) hits.set(id, hits.get(id)! + 1);
        const failure = compare(expected, decision, applying);
        if (failure) failures.push(`${coordinate} (row: ${relation}) ${failure}`);
      }
    }
    return { case: each, failures };
  });
  const missed = ground.policies.policies.flatMap(({ id }) => (hits.get(id) ? [] : [id]));
  return { results, coverage: { hits, missed } };
}

function questionOf(
  ground: Ground,
  each: PolicyCase,
  relation: Question['relation'],
  field: Question['field'],
): Question {
  const { roles, department, purpose, declares, minor, action = actionOf(ground, field) } = each;
  return {
    roles,
    ...(department !== undefined && { department }),
    ...(purpose !== undefined && { purpose }),
    legalBasis: declares.includes('legal-basis'),
    caseNumber: declares.includes('case-number'),
    emergency: declares.includes('emergency'),
    action,
    field,
    relation,
    minor,
  };
}

/** The policies that forbid a reading, also where nothing would permit it: such a policy is a second lock. */
function forbidsOn({ policies }: Ground, question: Question): string[] {
  const actions = question.action === 'write' ? (['write'] as const) : (['read', 'readMasked'] as const);
  return policies.policies
    .filter(({ effect, id }) => effect === 'forbid' && actions.some((action) => policies.matches(id, action, question)))
    .map(({ id }) => id);
}

function compare(expected: string, { effect, by }: Decision, applying: ReadonlySet<string>): string | undefined {
  const [wanted, ids] = expected.split(' by ');
  if (effect === wanted && (ids?.split(', ').every((id) => applying.has(id)) ?? true)) return undefined;
  return `should be ${expected}, and is ${effect} by ${by.join(', ')}.`;
}
