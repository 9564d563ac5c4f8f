import type { Relation } from '@linli/schema/subject';
import type { FieldClass } from '../../supergraph/classification.js';

/** What somebody wants to do with a field. Whether a reading is masked is the answer, not the question. */
export type Action = 'read' | 'write';

/** The actions that policies speak of. */
export const cedarActions = ['read', 'readMasked', 'write'] as const;
export type CedarAction = (typeof cedarActions)[number];

/** May somebody of these roles, related so to a row, do this to a field of it, for this purpose? */
export interface Question {
  readonly roles: readonly string[];
  /** The department of a member of staff. */
  readonly department?: string | undefined;
  readonly action: Action;
  readonly field: FieldClass;
  readonly relation: Relation;
  /** Whether the row is about somebody under 14. */
  readonly minor: boolean;
  readonly purpose?: string | undefined;
  /** Whether a statutory duty was stated. */
  readonly legalBasis: boolean;
  readonly caseNumber: boolean;
  /** Whether break-glass access is in force. */
  readonly emergency: boolean;
}

/** A question that is changed from case to case: they are thousands. */
export type Asking = { -readonly [Name in keyof Question]: Question[Name] };

export type Effect = 'ALLOW' | 'MASK' | 'DENY';

/** What the policies say, and which of them by id. */
export interface Decision {
  readonly effect: Effect;
  /** The policies that permitted it, or those that forbade what others would permit, or the rule `default-deny`. */
  readonly by: readonly string[];
}

/** Stands for the absence of any policy that permits. */
export const defaultDeny = 'default-deny';

/** What may differ between two questions of one subject about one field. */
export type Case = Pick<Question, 'emergency' | 'purpose' | 'relation' | 'minor'>;

/** Cases with a name that no other list of them has. */
export interface Cases {
  readonly name: string;
  readonly list: readonly Case[];
}
