import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { departments } from '@linli/schema/departments';
import { StartError } from '../../errors.js';
import type { Classification, FieldClass } from '../../supergraph/classification.js';
import { Evaluator } from './evaluate.js';
import type { Hearing } from './hearing.js';
import type { Policy } from './policy.js';
import type { CedarAction, Decision, Question } from './question.js';
import type { PolicyTexts } from './read.js';
import { readPolicies } from './read.js';
import { policyProblems } from './validate.js';

export type { Action, Case, Cases, CedarAction, Decision, Effect, Question } from './question.js';
export type { Policy } from './policy.js';

// Cedar is WebAssembly. Node 20 was seen to end with "unreachable code" in V8's deoptimizer after calls into it had been
// inlined; it is asked so seldom that inlining gains nothing.
setFlagsFromString('--no-turbo-inline-js-wasm-calls');

/** The policies of one graph, read, validated and ready to decide. */
export interface Policies {
  /** SHA-256 over the names and texts of the files, hex. */
  readonly version: string;
  /** In the order of their ids. */
  readonly policies: readonly Policy[];
  decide(question: Question): Decision;
  /** The same for many cases of one question: the effect alone, which costs less than to say by which policies. */
  hear(question: Question): Hearing;
  /** Asks Cedar ahead whatever it may be asked about subjects of one role: a case at each step. */
  askAhead(): Iterable<void>;
  /** Whether one policy applies to a question, whatever its effect. */
  matches(id: string, action: CedarAction, question: Question): boolean;
  /** Why a policy is, in Chinese; undefined for an id that is no policy's. */
  why(id: string): string | undefined;
  /** A number for what the policies see of a field: fields of the same one are decided equally, whatever the question. */
  likeness(field: FieldClass): number;
}

/** Who may own a policy. */
export const policyOwners = ['hub', ...departments] as const;

export interface OpenOptions {
  /**
   * Whether Cedar answers about every policy ahead of the first question, which is then answered at once; what asks about
   * little does without.
   */
  readonly prepared?: boolean;
}

/**
 * Reads and validates policies.
 *
 * @param source a folder of `*.cedar` files, or their texts by name
 * @throws StartError that lists, a line each, everything that is wrong; there is no set of some of the policies
 */
export function openPolicies(
  classification: Classification,
  source: string | PolicyTexts,
  { prepared = true }: OpenOptions = {},
): Policies {
  const texts = typeof source === 'string' ? readPolicyTexts(source) : source;
  const { policies, problems } = readPolicies(texts, policyOwners);
  const all = [...problems, ...policyProblems(policies, classification)];
  if (all.length > 0) {
    throw new StartError(`The policies are refused:\n${all.map((problem) => `  ${problem}`).join('\n')}`);
  }
  const evaluator = new Evaluator(policies);
  if (prepared) evaluator.prepare(classification.fields);
  const byId = new Map(policies.map((policy) => [policy.id, policy]));
  return Object.freeze({
    version: versionOf(texts),
    policies,
    decide: (question) => evaluator.decide(question),
    hear: (question) => evaluator.hear(question),
    askAhead: () => evaluator.askAhead(classification.fields),
    matches: (id, action, question) => evaluator.matches(id, action, question),
    why: (id) => byId.get(id)?.why,
    likeness: (field) => evaluator.likeness(field).id,
  } satisfies Policies);
}

/** The texts of a folder's `*.cedar` files by name. Throws a StartError where there are none. */
export function readPolicyTexts(folder: string): PolicyTexts {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.cedar'));
  } catch {
    throw new StartError(`The folder of policies ${folder} cannot be read. Name one that has *.cedar files.`);
  }
  if (names.length === 0)
    throw new StartError(`The folder ${folder} has no *.cedar files: without policies, nothing is decided.`);
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

function versionOf(texts: PolicyTexts): string {
  const hash = createHash('sha256');
  for (const [name, text] of Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(JSON.stringify([name, text]));
  }
  return hash.digest('hex');
}
