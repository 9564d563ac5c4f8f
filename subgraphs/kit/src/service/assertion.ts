import { jwtVerify, errors, type JWTVerifyGetKey } from 'jose';
import { assertionIssuer, assertionType, relations, type Caller } from '@linli/schema/subject';
import type { SubgraphName } from '@linli/schema/platforms';
import { z } from 'zod';
import { AssertionError } from '../errors.js';

const texts = z.array(z.string());
const related = z.array(z.enum(relations));

/** What the gateway states of a request (see `Caller` in the contract). Anything it should not say is refused. */
const caller = z.strictObject({
  subject: z.strictObject({
    id: z.string().min(1),
    roles: texts,
    department: z.string().optional(),
    jurisdiction: z.array(z.string().regex(/^\d{4,12}$/)),
    residentId: z.string().min(1).optional(),
    client: z.string().optional(),
    purposes: texts,
    staffId: z.string().min(1).optional(),
    scopes: texts,
  }),
  standing: z.strictObject({ household: texts, wards: texts }),
  scope: z.record(z.string(), z.union([related, z.strictObject({ adults: related, minors: related })])),
  writes: z.record(z.string(), related).optional(),
  purpose: z.string().optional(),
  operation: z.string(),
});

/** Claims of the assertion itself (RFC 7519). */
const registered = new Set(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti']);

/**
 * Verifies the gateway's signed statement of who is asking and may see which rows (a JWS as RFC 8725 wants it: one algorithm, own `typ`,
 * issuer, audience and a short life).
 * @throws AssertionError with a reason that is safe to answer with
 */
export async function verifyAssertion(
  assertion: string | undefined,
  keys: JWTVerifyGetKey,
  subgraph: SubgraphName,
): Promise<Caller> {
  if (assertion === undefined) {
    throw new AssertionError('This service answers the gateway only: the assertion header is missing.');
  }
  try {
    const { payload } = await jwtVerify(assertion, keys, {
      algorithms: ['EdDSA'],
      typ: assertionType,
      issuer: assertionIssuer,
      audience: subgraph,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: 5,
    });
    const stated = Object.entries(payload).filter(([claim]) => !registered.has(claim));
    return Object.freeze(caller.parse(Object.fromEntries(stated)) as Caller);
  } catch (error) {
    const reason = error instanceof errors.JOSEError ? error.code : 'malformed statement';
    throw new AssertionError(`The gateway's assertion is not accepted (${reason}).`);
  }
}
