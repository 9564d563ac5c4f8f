import type { DetailedError, TypeAndId } from '@cedar-policy/cedar-wasm/nodejs';
import { validate } from '@cedar-policy/cedar-wasm/nodejs';
import { departments } from '@linli/schema/departments';
import { purposes } from '@linli/schema/purposes';
import { roles } from '@linli/schema/roles';
import { relations } from '@linli/schema/subject';
import type { Classification } from '../../supergraph/classification.js';
import { levels, sharingClasses } from '../../supergraph/classification.js';
import { nearest } from './nearest.js';
import type { Policy } from './policy.js';
import { cedarSchema, namesOf } from './schema.js';
import { cedarActions } from './question.js';
import { namespace } from './uid.js';

/**
 * Checks policies against the graph: Cedar's validator, its warnings included, for a policy that can never apply is a
 * mistake; and that everything a policy names exists.
 *
 * @returns one line for each thing that is wrong
 */
export function policyProblems(policies: readonly Policy[], classification: Classification): string[] {
  const names = knownNames(classification);
  const unknown = policies.flatMap((policy) => unknownNames(policy, names));
  // Where a name does not exist, Cedar would say so again, less clearly.
  const sound = policies.filter(({ id }) => !unknown.some((problem) => problem.id === id));
  const staticPolicies = Object.fromEntries(sound.map(({ id, text }) => [id, text]));
  const answer = validate({ schema: cedarSchema(classification), policies: { staticPolicies } });
  if (answer.type === 'failure') return answer.errors.map(({ message }) => `The Cedar schema: ${message}`);
  const fileOf = new Map(policies.map(({ id, file }) => [id, file]));
  const found = [...answer.validationErrors, ...answer.validationWarnings].map(
    ({ policyId, error }) => `${fileOf.get(policyId)}: ${policyId}: ${sentence(error)}`,
  );
  const conditions = [...new Set(classification.fields.flatMap((field) => field.policies.flat()))]
    .filter((id) => !policies.some((policy) => policy.id === id))
    .map(
      (id) =>
        `@policy("${id}") on a field names no policy${hint(
          id,
          policies.map((policy) => policy.id),
        )}.`,
    );
  return [...unknown.map(({ problem }) => problem), ...found, ...conditions];
}

/** What policies may name. */
interface KnownNames {
  /** By kind of entity. */
  readonly entities: Readonly<Record<string, readonly string[]>>;
  /** Coordinates of fields of interfaces that some type implements. */
  readonly implemented: ReadonlySet<string>;
}

function knownNames(classification: Classification): KnownNames {
  const { types, departments: resolving } = namesOf(classification);
  const entities = {
    Role: roles,
    Type: types,
    Level: levels,
    Department: resolving,
    Relation: relations,
    Purpose: purposes,
    Action: cedarActions,
    Field: classification.fields.map(({ coordinate }) => coordinate),
    Subject: [],
  };
  return { entities, implemented: new Set(classification.fields.flatMap((field) => field.interfaces)) };
}

function unknownNames({ id, file, json }: Policy, { entities: known, implemented }: KnownNames) {
  const problems: string[] = [];
  for (const { type, id: name } of entitiesIn(json)) {
    const kind = type.startsWith(`${namespace}::`) ? type.slice(namespace.length + 2) : type;
    const names = known[kind];
    if (!names) problems.push(`there is no kind of entity ${type}${hint(kind, Object.keys(known))}`);
    else if (kind === 'Subject') problems.push(`it names the person "${name}"; policies are about roles`);
    else if (!names.includes(name)) problems.push(`there is no ${kind} "${name}"${hint(name, names)}`);
  }
  const compared: Record<string, readonly string[]> = { sharing: sharingClasses, department: departments };
  for (const { attribute, value } of comparisonsIn(json.conditions)) {
    const values = compared[attribute];
    if (values && !values.includes(value)) problems.push(`${attribute} is never "${value}"${hint(value, values)}`);
  }
  const scope = json.resource.op === '==' ? json.resource : {};
  for (const { type, id: name } of entitiesIn([scope, withoutIn(json.conditions)])) {
    if (type !== `${namespace}::Field` || !implemented.has(name)) continue;
    problems.push(
      `${name} is a field of an interface: write "in" before it, or the fields that implement it are left out`,
    );
  }
  return problems.map((problem) => ({ id, problem: `${file}: ${id}: ${problem}.` }));
}

/** Conditions without what is said by `in`, which holds for what is inside something as for the thing itself. */
function withoutIn(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutIn);
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(([operator]) => operator !== 'in');
  return Object.fromEntries(kept.map(([operator, operands]) => [operator, withoutIn(operands)]));
}

/** Every entity that a policy names, in its scope and in its conditions. */
function entitiesIn(node: unknown): TypeAndId[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('type' in node && 'id' in node && typeof node.type === 'string' && typeof node.id === 'string') {
    return [{ type: node.type, id: node.id }];
  }
  return Object.values(node).flatMap(entitiesIn);
}

/** Texts that an attribute is compared with by `==` or `!=`. */
function comparisonsIn(node: unknown): { attribute: string; value: string }[] {
  if (typeof node !== 'object' || node === null) return [];
  const found = Object.values(node).flatMap(comparisonsIn);
  const { '==': equal, '!=': unequal } = node as Record<string, { left: unknown; right: unknown } | undefined>;
  const operands = equal ?? unequal;
  if (!operands) return found;
  const sides = [operands.left, operands.right] as { '.'?: { attr: string }; Value?: unknown }[];
  const attribute = sides.map((side) => side['.']?.attr).find((attr) => attr !== undefined);
  const value = sides.map((side) => side.Value).find((each) => typeof each === 'string');
  if (attribute !== undefined && value !== undefined) found.push({ attribute, value: value });
  return found;
}

function hint(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined ? '' : `; did you mean "${near}"?`;
}

function sentence({ message, help }: DetailedError): string {
  const text = message.replace(/^for policy `[^`]*`[:,] /, '');
  return help === null ? text : `${text}: ${help.replace(/^for policy `[^`]*`[:,] /, '')}`;
}
