import type { KoaContextWithOIDC } from 'oidc-provider';
import { tokenScope } from './claims.js';
import { realmClient, routes } from './provider.js';
import type { IssuerContext } from './provider.js';

/** Adds to an answer of the token endpoint what Keycloak says besides the standard's fields. */
export function completeTokenResponse({ realm }: IssuerContext, ctx: KoaContextWithOIDC): void {
  if (ctx.path !== routes.token || ctx.method !== 'POST' || ctx.status !== 200) return;
  const { Client, AccessToken, ClientCredentials } = ctx.oidc.entities;
  const token = AccessToken ?? ClientCredentials;
  if (!Client || !token) return;
  const body = ctx.body as Record<string, unknown>;
  const withOpenId = token.scope?.split(' ').includes('openid') ?? false;
  ctx.body = {
    ...body,
    refresh_expires_in: body['refresh_token'] ? realm.ssoSessionIdleTimeout : 0,
    'not-before-policy': 0,
    scope: tokenScope(realm, realmClient(realm, Client.clientId), withOpenId),
    ...(AccessToken ? { session_state: AccessToken.grantId } : {}),
  };
}
