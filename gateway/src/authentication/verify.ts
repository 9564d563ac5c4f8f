import { hash } from 'node:crypto';
import type { JWTPayload, ProtectedHeaderParameters } from 'jose';
import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { Subject } from '@linli/schema/subject';
import { identityUnavailable, invalidToken } from '../errors.js';
import { LRUCache } from '../lru.js';
import { subjectOf } from './claims.js';
import { IssuerFault } from './issuer.js';
import type { IssuerKeys } from './keys.js';
import { algorithms } from './keys.js';

export interface VerifierOptions {
  issuer: string;
  audience: string;
  keys: IssuerKeys;
  cache: TokenCache;
  now?: () => number;
}

/** Subjects of verified tokens by the token's SHA-256, until the token expires. */
export type TokenCache = LRUCache<string, { subject: Subject; expiresAt: number }>;

export const tokenCache = (): TokenCache => new LRUCache(10_000);

/** Seconds that the clocks of the issuer and the gateway may differ. */
export const clockTolerance = 5;

/**
 * Makes the verifier of access tokens (RFC 9068 in Keycloak's dress, RFC 8725): signature by a key of the issuer,
 * `iss`, `aud`, `exp`, `nbf`, `typ`. The verifier gives the frozen Subject or throws a Refusal.
 */
export function tokenVerifier(options: VerifierOptions): (token: string) => Promise<Subject> {
  const { issuer, audience, keys, cache, now = Date.now } = options;
  return async (token) => {
    // In one call: an object for it would be waited for by the garbage collector, once a request.
    const digest = hash('sha256', token, 'base64');
    const known = cache.get(digest);
    if (known && known.expiresAt > now()) return known.subject;

    const { kid, alg } = readHeader(token);
    let payload: JWTPayload;
    try {
      const key = await keys.find(kid, alg);
      if (!key) throw invalidToken('unknown_key', 'it is signed with a key that the identity provider does not have');
      ({ payload } = await jwtVerify(token, key, {
        issuer,
        audience,
        algorithms: [...algorithms],
        requiredClaims: ['exp', 'sub'],
        clockTolerance,
        currentDate: new Date(now()),
      }));
    } catch (error) {
      throw refusalOf(error);
    }
    const subject = subjectOf(payload);
    cache.set(digest, { subject, expiresAt: ((payload.exp ?? 0) + clockTolerance) * 1000 });
    return subject;
  };
}

function readHeader(token: string): { kid: string; alg: string } {
  let header: ProtectedHeaderParameters;
  try {
    header = decodeProtectedHeader(token);
  } catch {
    throw malformed();
  }
  const { alg, kid, crit } = header;
  if (typeof alg === 'string' && alg.toLowerCase() === 'none') {
    throw invalidToken('unsigned', 'it is not signed (alg none)');
  }
  if (crit !== undefined) throw invalidToken('critical_header', 'its header demands an extension (crit)');
  if (!algorithms.some((allowed) => allowed === alg)) {
    throw invalidToken('wrong_algorithm', `its signature algorithm is not one of ${algorithms.join(', ')}`);
  }
  if (token.split('.').length !== 3) throw malformed();
  if (typeof kid !== 'string' || kid === '') throw invalidToken('unknown_key', 'its header names no key (kid)');
  return { kid, alg: alg as string };
}

const malformed = () => invalidToken('malformed', 'it is not a signed JWT');

function refusalOf(error: unknown): unknown {
  if (error instanceof IssuerFault) return identityUnavailable(error.message);
  if (error instanceof errors.JWTExpired) return invalidToken('expired', 'it has expired, sign in again');
  if (error instanceof errors.JWTClaimValidationFailed) {
    const missing = error.reason === 'missing';
    if (error.claim === 'iss') return invalidToken('wrong_issuer', 'it is from another issuer (iss)');
    if (error.claim === 'aud') return invalidToken('wrong_audience', 'it is not meant for this gateway (aud)');
    if (error.claim === 'nbf' && !missing) return invalidToken('not_yet_valid', 'it is not valid yet (nbf)');
    return invalidToken('bad_claim', `its claim ${error.claim} is missing or not as agreed`);
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return invalidToken('bad_signature', 'its signature does not match');
  }
  if (error instanceof errors.JOSEError) return malformed();
  return error;
}
