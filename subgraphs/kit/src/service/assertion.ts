import { jwtVerify, errors, type JWTVerifyGetKey } from 'jose';
import { assertionIssuer, assertionType, type Subject } from '@linli/schema/subject';
import type { Department } from '@linli/schema/departments';
import { z } from 'zod';
import { AssertionError } from '../errors.js';

const subject = z.object({
  id: z.string().min(1),
  roles: z.array(z.string()),
  department: z.string().optional(),
  jurisdiction: z.array(z.string().regex(/^\d{4,12}$/)),
  residentId: z.string().optional(),
  client: z.string().optional(),
  purposes: z.array(z.string()),
  scopes: z.array(z.string()).default([]),
});

/**
 * Verifies the gateway's signed statement of who is asking (a JWS as RFC 8725 wants it: one algorithm, own `typ`,
 * issuer, audience and a short life).
 * @throws AssertionError with a reason that is safe to answer with
 */
export async function verifyAssertion(
  assertion: string | undefined,
  keys: JWTVerifyGetKey,
  department: Department,
): Promise<Subject> {
  if (assertion === undefined) {
    throw new AssertionError('This service answers the gateway only: the assertion header is missing.');
  }
  try {
    const { payload } = await jwtVerify(assertion, keys, {
      algorithms: ['EdDSA'],
      typ: assertionType,
      issuer: assertionIssuer,
      audience: department,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: 5,
    });
    return Object.freeze(subject.parse(payload['subject']));
  } catch (error) {
    const reason = error instanceof errors.JOSEError ? error.code : 'malformed subject';
    throw new AssertionError(`The gateway's assertion is not accepted (${reason}).`);
  }
}
