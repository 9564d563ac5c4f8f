import type { Subject } from '@linli/schema/subject';
import { anonymous } from '@linli/schema/subject';
import { invalidToken } from '../errors.js';

/** Turns the value of an Authorization header into a Subject; throws a Refusal (401 or 503) where it cannot. */
export type Authenticate = (authorization: string | undefined) => Promise<Subject>;

/** Nobody is asked who they are: for the insecure mode. */
export const nobody: Authenticate = async () => anonymous;

/**
 * Authenticates by bearer token (RFC 6750, section 2.1); no header at all is the anonymous subject.
 *
 * @param verify verifies a compact JWS
 */
export function bearerAuthentication(verify: (token: string) => Promise<Subject>): Authenticate {
  return async (authorization) => {
    if (authorization === undefined) return anonymous;
    const token = /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization)?.[1];
    if (!token) {
      throw invalidToken('malformed', 'the Authorization header must read Bearer, a space and the token');
    }
    return verify(token);
  };
}
