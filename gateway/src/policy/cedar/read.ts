import type {
  ActionConstraint,
  PolicyJson,
  PrincipalConstraint,
  ResourceConstraint,
} from '@cedar-policy/cedar-wasm/nodejs';
import { policySetTextToParts, policyToJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { Policy } from './policy.js';
import { entityOf, readsOf } from './reads.js';
import type { CedarAction } from './question.js';
import { cedarActions } from './question.js';
import { uidText } from './uid.js';

/** Policy files by their name. */
export type PolicyTexts = Readonly<Record<string, string>>;

const idForm = /^[a-z0-9-]+\.[a-z0-9-]+$/;

/**
 * Reads policy files. Each policy needs `@id` (the file's name, a full stop and a name in kebab case), `@why` and
 * `@owner`.
 *
 * @param owners who may own a policy
 * @returns the policies, and one line for each thing that is wrong; policies with problems are left out
 */
export function readPolicies(
  texts: PolicyTexts,
  owners: readonly string[],
): { policies: Policy[]; problems: string[] } {
  const policies: Policy[] = [];
  const problems: string[] = [];
  const seen = new Map<string, string>();
  for (const [file, text] of Object.entries(texts)) {
    const parts = policySetTextToParts(text);
    if (parts.type === 'failure') {
      for (const { message, sourceLocations } of parts.errors) {
        problems.push(`${file}${lineOf(text, sourceLocations?.[0]?.start)}: ${message}`);
      }
      continue;
    }
    if (parts.policy_templates.length > 0) problems.push(`${file}: policy templates are not used here.`);
    for (const policyText of parts.policies) {
      const answer = policyToJson(policyText);
      if (answer.type === 'failure') {
        problems.push(`${file}: ${answer.errors.map(({ message }) => message).join('; ')}`);
        continue;
      }
      const found = annotationProblems(answer.json, file, policyText, owners);
      const id = answer.json.annotations?.['id'];
      if (id !== undefined) {
        const other = seen.get(id);
        if (other !== undefined) found.push(`${file}: @id("${id}") is given twice, first in ${other}.`);
        else seen.set(id, file);
      }
      if (found.length > 0) problems.push(...found);
      else policies.push(policyOf(answer.json, file, policyText));
    }
  }
  return { policies: policies.sort((a, b) => (a.id < b.id ? -1 : 1)), problems };
}

function annotationProblems(json: PolicyJson, file: string, text: string, owners: readonly string[]): string[] {
  const { id, why, owner } = json.annotations ?? {};
  const stem = file.replace(/\.cedar$/, '');
  const name = id ?? text.trim().split('\n')[0]!.slice(0, 60);
  const problems: string[] = [];
  if (id === undefined) problems.push(`${file}: the policy "${name}" has no @id("${stem}.…").`);
  else if (!idForm.test(id) || !id.startsWith(`${stem}.`)) {
    problems.push(`${file}: @id("${id}") must be "${stem}." and a name in kebab case.`);
  }
  if (!why) problems.push(`${file}: ${name} has no @why("…"): say why it is so, and by which clause.`);
  if (owner === undefined || !owners.includes(owner)) {
    problems.push(`${file}: ${name} needs an @owner that is one of ${owners.join(', ')}.`);
  }
  if (json.principal.op === '==') problems.push(`${file}: ${name} names a person; policies are about roles.`);
  return problems;
}

function policyOf(json: PolicyJson, file: string, text: string): Policy {
  const { id = '', why = '', owner = '' } = json.annotations ?? {};
  return Object.freeze({
    id,
    why,
    owner,
    file,
    effect: json.effect,
    text,
    json,
    roles: rolesOf(json.principal),
    actions: actionsOf(json.action),
    resource: resourceOf(json.resource),
    reads: readsOf(json.conditions),
  });
}

function rolesOf(constraint: PrincipalConstraint): readonly string[] | undefined {
  const within = constraint.op === 'is' ? constraint.in : constraint.op === 'in' ? constraint : undefined;
  return within && 'entity' in within ? [entityOf(within.entity).id] : undefined;
}

function actionsOf(constraint: ActionConstraint): readonly CedarAction[] {
  if (constraint.op === 'All') return cedarActions;
  const named = 'entities' in constraint ? constraint.entities : 'entity' in constraint ? [constraint.entity] : [];
  const ids = named.map((each) => entityOf(each).id);
  return cedarActions.filter((action) => ids.includes(action));
}

function resourceOf(constraint: ResourceConstraint): string | undefined {
  const within = constraint.op === 'is' ? constraint.in : constraint.op === 'All' ? undefined : constraint;
  return within && 'entity' in within ? uidText(entityOf(within.entity)) : undefined;
}

/** `:12` for the line of a byte offset. */
export function lineOf(text: string, offset: number | undefined): string {
  if (offset === undefined) return '';
  return `:${Buffer.from(text).subarray(0, offset).toString().split('\n').length}`;
}
