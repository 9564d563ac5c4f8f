import { randomBytes } from 'node:crypto';
import { newestFirst } from '@linli/schema/newest-first';
import type { Operation } from '../operation/operation.js';
import type { Authority } from '../policy/authority.js';
import type { Emergency } from '../policy/emergency.js';
import type { ShownRows } from '../policy/shown.js';

/** Break-glass access, as its officer reviews it. */
export interface RecordedEmergency {
  readonly caseNumber: string;
  readonly until: Date;
  /** What its reader wrote about why. Text of a person: never logged. */
  readonly reason: string;
}

/**
 * What one answer, or one event of a subscription, disclosed: who was shown whose personal data (L3, L4), what for, and
 * which fields. It holds ids, codes and names of fields, and no value of a field.
 */
export interface DisclosureRecord {
  /** Opaque, at most 40 characters; in the order of ids the newest comes first. */
  readonly id: string;
  readonly at: Date;
  /** The issuer's `sub` of the reader. */
  readonly reader: string;
  readonly staffId?: string;
  readonly residentId?: string;
  readonly roles: readonly string[];
  readonly department?: string;
  readonly purpose?: string;
  readonly legalBasis?: string;
  readonly caseNumber?: string;
  readonly emergency?: RecordedEmergency;
  /** SHA-256 of the document, hex. */
  readonly operationHash: string;
  readonly operationName?: string;
  /** Version of the policies by which it was decided. */
  readonly policies: string;
  readonly entries: readonly ShownRows[];
}

/** Makes the record of what an authority was shown. */
export function recordOf(
  { subject, declaration }: Authority,
  operation: Operation,
  policies: string,
  entries: readonly ShownRows[],
  emergency: Emergency | undefined,
  at = new Date(),
): DisclosureRecord {
  const { purpose, legalBasis, caseNumber, emergencyReason = '' } = declaration;
  return {
    id: `${newestFirst(at)}${randomBytes(12).toString('hex')}`,
    at,
    reader: subject.id,
    ...(subject.staffId !== undefined && { staffId: subject.staffId }),
    ...(subject.residentId !== undefined && { residentId: subject.residentId }),
    roles: subject.roles,
    ...(subject.department !== undefined && { department: subject.department }),
    ...(purpose !== undefined && { purpose }),
    ...(legalBasis !== undefined && { legalBasis }),
    ...(caseNumber !== undefined && { caseNumber }),
    ...(emergency && {
      emergency: { caseNumber: emergency.caseNumber, until: emergency.until, reason: emergencyReason },
    }),
    operationHash: operation.hash,
    ...(operation.name !== undefined && { operationName: operation.name }),
    policies,
    entries,
  };
}
