import type { CedarValueJson, Expr, PolicyJson } from '@cedar-policy/cedar-wasm/nodejs';
import { isAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { relations } from '@linli/schema/subject';
import { purposes } from '@linli/schema/purposes';
import { fieldEntity, subjectEntity } from './entities.js';
import type { ContextAttribute, Policy } from './policy.js';
import type { CedarAction, Question } from './question.js';
import { uid, uidText } from './uid.js';

/** Stands for every relation or purpose that a policy does not name: it cannot tell these apart. */
const other = '*';
const absent = '';

/** One thing of the context that a policy reads, with the values that it can tell apart. */
interface Dimension {
  readonly attribute: ContextAttribute;
  readonly values: readonly string[];
  readonly indexOf: (question: Question) => number;
}

/** The values of the context that a policy can tell apart, as a table's dimensions. */
export function dimensionsOf({ reads }: Policy): readonly Dimension[] {
  return reads.context.map((attribute) => {
    if (attribute === 'relation') {
      const named = relations.filter((each) => reads.named.includes(uidText(uid('Relation', each))));
      return dimension(attribute, [other, ...named], ({ relation }) => relation);
    }
    if (attribute === 'purpose') {
      const named = purposes.filter((each) => reads.named.includes(uidText(uid('Purpose', each))));
      return dimension(attribute, [other, absent, ...named], ({ purpose }) => purpose ?? absent);
    }
    return dimension(attribute, ['false', 'true'], (question) => String(question[attribute]));
  });
}

function dimension(
  attribute: ContextAttribute,
  values: readonly string[],
  valueOf: (question: Question) => string,
): Dimension {
  const places = new Map(values.map((value, place) => [value, place]));
  return { attribute, values, indexOf: (question) => places.get(valueOf(question)) ?? 0 };
}

/** The place of a question's context in a table over these dimensions. */
export function placeOf(dimensions: readonly Dimension[], question: Question): number {
  let place = 0;
  for (const { values, indexOf } of dimensions) place = place * values.length + indexOf(question);
  return place;
}

/**
 * Asks Cedar, once, whether a policy matches a field and a subject in every context that it can tell apart. The policy is
 * put before Cedar as often as there are such contexts, each time with one of them written into its conditions, because
 * asking costs far more than deciding. A forbid that cannot be evaluated counts as matching, a permit as not matching.
 *
 * @param roles those of the subject's roles that matter to the policy
 */
export function tabulate(
  policy: Policy,
  dimensions: readonly Dimension[],
  action: CedarAction,
  question: Question,
  roles: readonly string[],
): Uint8Array {
  const contexts = product(dimensions);
  const staticPolicies: Record<string, PolicyJson> = {};
  contexts.forEach((context, place) => {
    const conditions = policy.json.conditions.map(({ kind, body }) => ({ kind, body: withContext(body, context) }));
    staticPolicies[String(place)] = { ...policy.json, annotations: {}, conditions };
  });
  const subject = subjectEntity(roles, question.department);
  const field = fieldEntity(question.field);
  const answer = isAuthorized({
    principal: uid('Subject', 'subject'),
    action: uid('Action', action),
    resource: uid('Field', question.field.coordinate),
    context: {},
    policies: { staticPolicies },
    entities: [subject, field],
  });
  if (answer.type === 'failure') {
    throw new Error(`Cedar cannot evaluate ${policy.id}: ${answer.errors.map(({ message }) => message).join('; ')}`);
  }
  const table = new Uint8Array(contexts.length);
  const { reason, errors } = answer.response.diagnostics;
  for (const place of reason) table[Number(place)] = 1;
  for (const { policyId } of errors) table[Number(policyId)] = policy.effect === 'forbid' ? 1 : 0;
  return table;
}

/** Every combination of values, in the order of `placeOf`. */
function product(dimensions: readonly Dimension[]): Record<string, Expr>[] {
  let contexts: Record<string, Expr>[] = [{}];
  for (const { attribute, values } of dimensions) {
    contexts = contexts.flatMap((context) =>
      values.map((value) => {
        const literal = literalOf(attribute, value);
        return literal === undefined ? context : { ...context, [attribute]: { Value: literal } };
      }),
    );
  }
  return contexts;
}

function literalOf(attribute: ContextAttribute, value: string): CedarValueJson | undefined {
  if (attribute === 'relation') return { __entity: uid('Relation', value) };
  if (attribute === 'purpose') return value === absent ? undefined : { __entity: uid('Purpose', value) };
  return value === 'true';
}

/** An expression with the variable `context` replaced by a record. */
function withContext<T>(node: T, context: Record<string, Expr>): T {
  if (Array.isArray(node)) return node.map((item: unknown) => withContext(item, context)) as T;
  if (typeof node !== 'object' || node === null) return node;
  if ('Var' in node && node.Var === 'context') return { Record: context } as T;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, withContext<unknown>(value, context)]),
  ) as T;
}
