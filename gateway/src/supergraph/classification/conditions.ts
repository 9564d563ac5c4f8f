import type { ConstDirectiveNode, ConstValueNode } from 'graphql';
import { Kind } from 'graphql';
import { argumentOf } from '../linked-names.js';
import type { Shape } from './shape.js';

/** Any one of these sets, complete; nothing is required where there are none. */
export type Alternatives = readonly (readonly string[])[];

/** What Federation's own directives require of whoever reads a field. */
export interface Conditions {
  readonly authenticated: boolean;
  readonly scopes: Alternatives;
  readonly policies: Alternatives;
}

const nothing: Conditions = { authenticated: false, scopes: [], policies: [] };

/** What nobody has: the meaning of a requirement that lists no alternative. */
const unobtainable: Alternatives = [['']];

/** Reads `@authenticated`, `@requiresScopes` and `@policy`; every directive that is stated must be met. */
export function conditionsReader({
  names,
}: Pick<Shape, 'names'>): (directives: readonly ConstDirectiveNode[]) => Conditions {
  const authenticated = names.directive('authenticated', 'authenticated', 'federation');
  const requiresScopes = names.directive('requiresScopes', 'requiresScopes', 'federation');
  const policy = names.directive('policy', 'policy', 'federation');
  return (directives) =>
    all(
      directives.map((directive): Conditions => {
        const name = directive.name.value;
        if (authenticated.has(name)) return { ...nothing, authenticated: true };
        if (requiresScopes.has(name)) return { ...nothing, scopes: alternatives(argumentOf(directive, 'scopes')) };
        if (policy.has(name)) return { ...nothing, policies: alternatives(argumentOf(directive, 'policies')) };
        return nothing;
      }),
    );
}

/** All of several conditions at once. */
export function all(conditions: readonly Conditions[]): Conditions {
  return conditions.reduce(
    (sum, each) => ({
      authenticated: sum.authenticated || each.authenticated,
      scopes: both(sum.scopes, each.scopes),
      policies: both(sum.policies, each.policies),
    }),
    nothing,
  );
}

/** (a or b) and (c or d) is (ac or ad or bc or bd); a set that another one is part of adds nothing. */
function both(one: Alternatives, other: Alternatives): Alternatives {
  if (one.length === 0) return other;
  if (other.length === 0 || one === other) return one;
  const joined = one.flatMap((left) => other.map((right) => [...new Set([...left, ...right])].sort()));
  const byText = [...new Map(joined.map((set) => [JSON.stringify(set), set])).values()];
  return byText.filter((set) => !byText.some((part) => part.length < set.length && part.every((x) => set.includes(x))));
}

function alternatives(value: ConstValueNode | undefined): Alternatives {
  const sets = listOf(value).map((set) =>
    listOf(set).flatMap((item) => (item.kind === Kind.STRING ? [item.value] : [''])),
  );
  return sets.length > 0 ? sets : unobtainable;
}

/** A list, or a single value where a list is expected, as input coercion has it. */
function listOf(value: ConstValueNode | undefined): readonly ConstValueNode[] {
  if (value?.kind === Kind.LIST) return value.values;
  return value ? [value] : [];
}
