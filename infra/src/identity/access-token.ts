import { compactVerify, createLocalJWKSet, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import type { IssuerContext } from './provider.js';
import { signInStands } from './sessions.js';

/**
 * The claims of an access token of this issuer, or undefined where it is forged, expired, or its sign-in has ended. The
 * gateway checks the same by the published keys, except the last.
 */
export async function verifyAccessToken(issuer: IssuerContext, token: string): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(token, publicKeys(issuer), {
      issuer: issuer.issuer,
      algorithms: ['RS256'],
      requiredClaims: ['exp', 'sub'],
    });
    if (payload['typ'] !== 'Bearer') return undefined;
    const sid = payload['sid'];
    return typeof sid !== 'string' || (await signInStands(issuer.provider, sid)) ? payload : undefined;
  } catch {
    return undefined;
  }
}

/** The claims of an ID token of this issuer, expired or not: as a hint at logout, age does not matter. */
export async function readIdTokenHint(issuer: IssuerContext, token: string): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await compactVerify(token, publicKeys(issuer), { algorithms: ['RS256'] });
    const claims = JSON.parse(Buffer.from(payload).toString('utf8')) as JWTPayload;
    return claims['typ'] === 'ID' && claims.iss === issuer.issuer ? claims : undefined;
  } catch {
    return undefined;
  }
}

function publicKeys({ keys }: IssuerContext) {
  const { kty, kid, alg, use, n, e } = keys.signing;
  return createLocalJWKSet({ keys: [{ kty, kid, alg, use, n, e }] });
}
