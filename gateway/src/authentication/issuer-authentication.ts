import type { Authenticate } from './authenticate.js';
import { bearerAuthentication } from './authenticate.js';
import type { IssuerKeys } from './keys.js';
import { issuerKeys } from './keys.js';
import { tokenCache, tokenVerifier } from './verify.js';

/** What a token's `aud` contains where nothing else is said. */
const defaultAudience = 'linli-gateway';

/**
 * Authenticates by the access tokens of one OpenID Connect issuer. Its keys are fetched when the first token comes.
 *
 * @param issuer URL, exactly as in the tokens' `iss`
 * @param audience what their `aud` must contain; default `linli-gateway`
 */
export function issuerAuthentication(
  issuer: string,
  audience: string = defaultAudience,
): { authenticate: Authenticate; keys: IssuerKeys } {
  const cache = tokenCache();
  const keys = issuerKeys(issuer, () => cache.clear());
  return { keys, authenticate: bearerAuthentication(tokenVerifier({ issuer, audience, keys, cache })) };
}
