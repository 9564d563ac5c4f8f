import type { KoaContextWithOIDC } from 'oidc-provider';
import { verifyAccessToken } from './access-token.js';
import { mappedClaims } from './claims.js';
import { originAllowed } from './clients.js';
import { passwordAcr, realmClient, routes } from './provider.js';
import type { IssuerContext } from './provider.js';

/**
 * The userinfo endpoint (OpenID Connect Core, 5.3). The library's own refuses tokens that are meant for a service, and
 * Keycloak's takes them; its errors are RFC 6750's.
 *
 * @returns whether the request was for this endpoint; a CORS preflight is left to the library
 */
export async function handleUserinfo(issuer: IssuerContext, ctx: KoaContextWithOIDC): Promise<boolean> {
  if (ctx.path !== routes.userinfo || (ctx.method !== 'GET' && ctx.method !== 'POST')) return false;
  ctx.set('Cache-Control', 'no-store');
  ctx.vary('Origin');
  const token = /^Bearer ([\w.~+/=-]+)$/i.exec(ctx.get('authorization'))?.[1];
  if (token === undefined) return refuse(issuer, ctx, 401);
  const claims = await verifyAccessToken(issuer, token);
  const user = issuer.realm.users.find((one) => one.id === claims?.sub && one.enabled);
  if (!claims || !user) return refuse(issuer, ctx, 401, 'invalid_token', 'Token verification failed');
  if (!String(claims['scope']).split(' ').includes('openid')) {
    return refuse(issuer, ctx, 403, 'insufficient_scope', 'Missing openid scope');
  }
  const client = realmClient(issuer.realm, String(claims['azp']));
  const origin = ctx.get('origin');
  if (origin && originAllowed(client, origin)) ctx.set('Access-Control-Allow-Origin', origin);
  ctx.body = { sub: user.id, ...mappedClaims(issuer.realm, client, user, 'userinfo', { acr: passwordAcr }) };
  return true;
}

function refuse(
  { realm }: IssuerContext,
  ctx: KoaContextWithOIDC,
  status: number,
  code?: string,
  description?: string,
): true {
  ctx.status = status;
  const details = code ? `, error="${code}", error_description="${description ?? ''}"` : '';
  ctx.set('WWW-Authenticate', `Bearer realm="${realm.realm}"${details}`);
  ctx.body = code ? { error: code, error_description: description } : { error: 'invalid_request' };
  return true;
}
