import type { PolicyJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { CedarAction } from './question.js';

/** Attributes of a request's context that a policy may read. */
export const contextAttributes = ['relation', 'minor', 'purpose', 'legalBasis', 'caseNumber', 'emergency'] as const;
export type ContextAttribute = (typeof contextAttributes)[number];

/** What a policy's conditions look at: whatever they do not, cannot change their answer. */
export interface Reads {
  readonly context: readonly ContextAttribute[];
  /** Relations, purposes and roles that are named, as Cedar entities: `Linli::Relation::"self"`. */
  readonly named: readonly string[];
  /** Attributes of the field. */
  readonly resource: readonly string[];
  /** Attributes of the subject. */
  readonly principal: readonly string[];
  /** Whether it looks if the subject's department is one of the field's: `resource.departments.contains(principal.department)`. */
  readonly ownDepartment: boolean;
  /** True where the field itself is handled in a way that is not understood here: then each field is its own case. */
  readonly wholeResource: boolean;
}

/** One Cedar policy, as an officer wrote it and as Cedar reads it. */
export interface Policy {
  readonly id: string;
  /** Why it is so, in Chinese, with the clause it rests on. */
  readonly why: string;
  /** The department that answers for it, or `hub`. */
  readonly owner: string;
  readonly file: string;
  readonly effect: 'permit' | 'forbid';
  readonly text: string;
  readonly json: PolicyJson;
  /** The roles of its scope; undefined where it is about everybody. */
  readonly roles: readonly string[] | undefined;
  readonly actions: readonly CedarAction[];
  /** What the field of its scope is or is in, as a Cedar entity; undefined where it is about every field. */
  readonly resource: string | undefined;
  readonly reads: Reads;
}
