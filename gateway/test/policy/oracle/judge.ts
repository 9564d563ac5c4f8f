import type { AuthorizationCall } from '@cedar-policy/cedar-wasm/nodejs';
import {
  isAuthorized,
  policySetTextToParts,
  policyToJson,
  preparsePolicySet,
  statefulIsAuthorized,
} from '@cedar-policy/cedar-wasm/nodejs';
import type { Relation } from '@linli/schema/subject';
import type { Asker } from './askers.js';
import { toldBy } from './askers.js';
import type { Protection, Protections } from './protection.js';
import type { Related } from './related.js';

export type Effect = 'ALLOW' | 'MASK' | 'DENY';
type Action = 'read' | 'readMasked';

const order: readonly Effect[] = ['DENY', 'MASK', 'ALLOW'];
const best = (effects: readonly Effect[]): Effect => order.findLast((each) => effects.includes(each)) ?? 'DENY';
const worst = (effects: readonly Effect[]): Effect => order.find((each) => effects.includes(each)) ?? 'DENY';

const uid = (kind: string, id: string) => ({ type: `Linli::${kind}`, id });
let made = 0;

/** Cedar's word on whole sets of policies, one question at a time. */
export class Judge {
  readonly #name = `oracle ${made++}`;
  readonly #policies: Readonly<Record<string, string>>;
  readonly #transcript = new WeakMap<Asker, Map<string, Effect>>();

  /**
   * @param policies a file of policies
   * @param protections what the contracts say
   * @param transcript whether the answer to a question that the same asker asked before, word for word, is looked up
   */
  constructor(
    policies: string,
    readonly protections: Protections,
    readonly transcript: boolean,
  ) {
    this.#policies = byId(policies);
    const answer = preparsePolicySet(this.#name, { staticPolicies: { ...this.#policies } });
    if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors));
  }

  /** What an asker gets of a field in a row: the best that any relation gives, where the worse of what a row may be counts. */
  effect(asker: Asker, coordinate: string, { relations: held, minor }: Related): Effect {
    return best(
      held.map((relation) =>
        worst(
          (minor === undefined ? [false, true] : [minor]).map((each) =>
            this.#inRelation(asker, coordinate, relation, each, []),
          ),
        ),
      ),
    );
  }

  /** In a relation, or in that which always holds; and not where the field is computed of what may not be read. */
  #inRelation(asker: Asker, coordinate: string, relation: Relation, minor: boolean, asking: readonly string[]): Effect {
    if (asking.includes(coordinate)) return 'DENY';
    const protection = this.protections.of(coordinate);
    const effect = best((['none', relation] as const).map((each) => this.#decided(asker, protection, each, minor)));
    const inner = [...asking, coordinate];
    const readable = protection.computedOf.every(({ coordinate: other, sameRow }) =>
      sameRow
        ? this.#inRelation(asker, other, relation, minor, inner) === 'ALLOW'
        : [false, true].every((young) => this.#inRelation(asker, other, 'none', young, inner) === 'ALLOW'),
    );
    return readable ? effect : 'DENY';
  }

  #decided(asker: Asker, field: Protection, relation: Relation, minor: boolean): Effect {
    if (!this.transcript) return this.#decide(asker, field, relation, minor);
    let answers = this.#transcript.get(asker);
    if (!answers) this.#transcript.set(asker, (answers = new Map<string, Effect>()));
    const question = `${field.coordinate} ${relation} ${String(minor)}`;
    let answer = answers.get(question);
    if (answer === undefined) answers.set(question, (answer = this.#decide(asker, field, relation, minor)));
    return answer;
  }

  #decide(asker: Asker, field: Protection, relation: Relation, minor: boolean): Effect {
    const { subject } = asker;
    if (field.authenticated && subject.id === 'anonymous') return 'DENY';
    const hasScopes = (all: readonly string[]) => all.every((each) => subject.scopes.includes(each));
    if (!field.scopes.every((sets) => sets.some(hasScopes))) return 'DENY';
    const permitted = (action: Action) => {
      const applies = (id: string): boolean => {
        const policy = this.#policies[id];
        if (policy === undefined) return false;
        const matches = (on: Action) => this.#matches(id, this.#call(asker, field, relation, minor, on));
        if (policy.includes('\nforbid ')) return !matches(action);
        return matches(action) || (action === 'readMasked' && matches('read'));
      };
      const answer = ask(this.#name, this.#call(asker, field, relation, minor, action));
      if (!answer.allowed || answer.failed.some((id) => this.#policies[id]!.includes('\nforbid '))) return false;
      return field.policies.every((sets) => sets.some((all) => all.every(applies)));
    };
    if (permitted('read')) return 'ALLOW';
    return permitted('readMasked') ? 'MASK' : 'DENY';
  }

  #call(asker: Asker, field: Protection, relation: Relation, minor: boolean, action: Action): AuthorizationCallBody {
    const { subject } = asker;
    const { purpose, ...told } = toldBy(asker);
    const typeOf = (coordinate: string) => coordinate.split('.')[0]!;
    return {
      principal: uid('Subject', 'somebody'),
      action: uid('Action', action),
      resource: uid('Field', field.coordinate),
      context: {
        relation: { __entity: uid('Relation', relation) },
        minor,
        ...told,
        ...(purpose !== undefined && { purpose: { __entity: uid('Purpose', purpose) } }),
      },
      entities: [
        {
          uid: uid('Subject', 'somebody'),
          attrs: { ...(subject.department !== undefined && { department: subject.department }) },
          parents: subject.roles.map((role) => uid('Role', role)),
        },
        {
          uid: uid('Field', field.coordinate),
          attrs: {
            level: { __entity: uid('Level', field.level) },
            sharing: field.sharing,
            sealed: field.sealed,
            departments: [...field.departments],
          },
          parents: [
            uid('Type', typeOf(field.coordinate)),
            uid('Level', field.level),
            ...field.departments.map((each) => uid('Department', each)),
            ...field.interfaces.flatMap((each) => [uid('Field', each), uid('Type', typeOf(each))]),
          ],
        },
      ],
    };
  }

  /** Whether one policy by itself applies. A forbid in error does, a permit in error does not. */
  #matches(id: string, call: AuthorizationCallBody): boolean {
    const answer = isAuthorized({ ...call, policies: { staticPolicies: { [id]: this.#policies[id]! } } });
    if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors));
    const { reason, errors } = answer.response.diagnostics;
    return reason.includes(id) || (errors.length > 0 && this.#policies[id]!.includes('\nforbid '));
  }
}

type AuthorizationCallBody = Omit<AuthorizationCall, 'policies' | 'schema'>;

function ask(name: string, call: AuthorizationCallBody): { allowed: boolean; failed: string[] } {
  const answer = statefulIsAuthorized({ ...call, preparsedPolicySetId: name });
  if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors));
  const { decision, diagnostics } = answer.response;
  return { allowed: decision === 'allow', failed: diagnostics.errors.map(({ policyId }) => policyId) };
}

function byId(text: string): Record<string, string> {
  const parts = policySetTextToParts(text);
  if (parts.type === 'failure') throw new Error(JSON.stringify(parts.errors));
  return Object.fromEntries(
    parts.policies.map((policy) => {
      const json = policyToJson(policy);
      if (json.type === 'failure') throw new Error(JSON.stringify(json.errors));
      return [json.json.annotations!['id']!, policy];
    }),
  );
}
