import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';

/** The one resource that tokens are for; the library wants a URI, the token's `aud` says the realm's own name of it. */
export const gatewayResource = 'urn:linli:gateway';
/** The only scope that changes an answer; a client's default scopes apply whether it names them or not. */
export const knownScope = 'openid';

/**
 * A sign-in of one user at one client is a grant of the library, and the grant's id is the `sid` of its tokens: whoever
 * holds a token can ask whether the sign-in behind it still stands.
 */
export async function signInStands(provider: Provider, sid: string): Promise<boolean> {
  const grant = await provider.Grant.find(sid);
  return grant !== undefined;
}

/** Ends a sign-in: its refresh tokens and codes go with the grant (the store sees to it), and its access tokens fail at userinfo and introspection. */
export async function endSignIn(provider: Provider, sid: string): Promise<void> {
  const grant = await provider.Grant.find(sid);
  await grant?.destroy();
}

/**
 * Makes the grant for an account at a client, with everything the realm gives that client. Nobody is asked for consent:
 * the realm's clients are the city's own.
 */
export async function grantAll(provider: Provider, accountId: string, clientId: string): Promise<string> {
  const grant = new provider.Grant({ accountId, clientId });
  grant.addOIDCScope(knownScope);
  grant.addResourceScope(gatewayResource, knownScope);
  return grant.save();
}

/** Ends the browser's session where the sign-in belongs to it, with the sign-ins at other clients it holds. */
export async function endBrowserSession(provider: Provider, ctx: KoaContextWithOIDC, sid: string): Promise<void> {
  const session = await provider.Session.get(ctx);
  const grants = Object.values(session.authorizations ?? {}).map((one) => one.grantId);
  if (!grants.includes(sid)) return;
  for (const id of grants) if (id) await endSignIn(provider, id);
  await session.destroy();
  ctx.cookies.set(provider.cookieName('session'), null);
}
