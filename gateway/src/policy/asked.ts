import { roles } from '@linli/schema/roles';
import type { Actor } from './actor.js';

const known: ReadonlySet<string> = new Set(roles);

/** What the policies are asked of an actor: everything that a decision may depend on, but the field and the row. */
export interface Asked {
  readonly roles: readonly string[];
  readonly department?: string;
  readonly purpose?: string;
  /** Whether a legal basis was stated; which one is for the record. */
  readonly legalBasis: boolean;
  readonly caseNumber: boolean;
  /** Whether break-glass access is in force. */
  readonly emergency: boolean;
  readonly authenticated: boolean;
  readonly scopes: readonly string[];
}

/** Reads an actor as the policies see it. */
export function askedOf({ subject, declaration }: Actor, emergency: boolean): Asked {
  const { department, scopes } = subject;
  const { purpose, legalBasis, caseNumber } = declaration;
  return {
    // An issuer's own roles are no policy's: whoever differs in those alone is decided together.
    roles: subject.roles.filter((role) => known.has(role)),
    ...(department !== undefined && { department }),
    ...(purpose !== undefined && { purpose }),
    legalBasis: legalBasis !== undefined,
    caseNumber: caseNumber !== undefined,
    emergency,
    authenticated: subject.id !== 'anonymous',
    scopes,
  };
}

/** A name for everything that is asked: equal names, equal decisions. */
export function nameOf(asked: Asked, withScopes: boolean): string {
  const { roles, department = '', purpose = '', legalBasis, caseNumber, emergency, authenticated, scopes } = asked;
  return JSON.stringify([
    roles,
    department,
    purpose,
    legalBasis,
    caseNumber,
    emergency,
    authenticated,
    withScopes ? scopes : [],
  ]);
}
