import type { CedarValueJson } from '@cedar-policy/cedar-wasm/nodejs';
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { fieldEntity, subjectEntity } from './entities.js';
import type { ContextAttribute, Policy } from './policy.js';
import type { CedarAction, Question } from './question.js';
import { uid, uidText } from './uid.js';

const parsed = new Set<string>();

/**
 * Asks Cedar whether one policy matches a question. Cedar is told what the policy reads and no more, for most of the
 * cost of asking is in the telling. A forbid that cannot be evaluated counts as matching, a permit as not matching.
 *
 * @param roles those of the subject's roles that matter to the policy
 */
export function askCedar(policy: Policy, action: CedarAction, question: Question, roles: readonly string[]): boolean {
  const { text, effect, reads } = policy;
  // Cedar keeps what it has parsed under a name for good: the text itself is the name, so that none stands for two.
  if (!parsed.has(text)) {
    const answer = preparsePolicySet(text, { staticPolicies: { policy: text } });
    if (answer.type === 'failure') throw cannotEvaluate(policy, answer.errors);
    parsed.add(text);
  }
  const subject = subjectEntity(roles, question.department);
  const { uid: resource, attrs, parents } = fieldEntity(question.field);
  const field = {
    uid: resource,
    attrs: Object.fromEntries(attributesRead(policy).map((name) => [name, attrs[name]!])),
    parents: reads.wholeResource ? parents : parents.filter((parent) => isNamed(policy, uidText(entity(parent)))),
  };
  const answer = statefulIsAuthorized({
    principal: uid('Subject', 'subject'),
    action: uid('Action', action),
    resource: uid('Field', question.field.coordinate),
    context: contextOf(question, reads.context),
    preparsedPolicySetId: text,
    entities: [subject, field],
  });
  if (answer.type === 'failure') throw cannotEvaluate(policy, answer.errors);
  const { reason, errors } = answer.response.diagnostics;
  return errors.length > 0 ? effect === 'forbid' : reason.length > 0;
}

function attributesRead({ reads: { resource, ownDepartment } }: Policy): readonly string[] {
  return ownDepartment ? [...resource, 'departments'] : resource;
}

function isNamed({ reads, resource }: Policy, name: string): boolean {
  return name === resource || reads.named.includes(name);
}

function entity(parent: ReturnType<typeof fieldEntity>['parents'][number]) {
  return '__entity' in parent ? parent.__entity : parent;
}

function contextOf(question: Question, attributes: readonly ContextAttribute[]): Record<string, CedarValueJson> {
  const context: Record<string, CedarValueJson> = {};
  for (const attribute of attributes) {
    if (attribute === 'relation') context[attribute] = { __entity: uid('Relation', question.relation) };
    else if (attribute === 'purpose') {
      if (question.purpose !== undefined) context[attribute] = { __entity: uid('Purpose', question.purpose) };
    } else context[attribute] = question[attribute];
  }
  return context;
}

function cannotEvaluate({ id }: Policy, errors: readonly { readonly message: string }[]): Error {
  return new Error(`Cedar cannot evaluate ${id}: ${errors.map(({ message }) => message).join('; ')}`);
}
