import type { KoaContextWithOIDC } from 'oidc-provider';
import { readIdTokenHint } from './access-token.js';
import { logoutPatterns, redirectAllowed } from './clients.js';
import { readForm } from './form.js';
import { errorPage, sendPage, signedOutPage } from './pages.js';
import { realmClient, routes } from './provider.js';
import type { IssuerContext } from './provider.js';
import { endBrowserSession, endSignIn } from './sessions.js';

/**
 * Logout started by an application (OpenID Connect RP-Initiated Logout 1.0). With an ID token as a hint it ends that
 * sign-in at once, as Keycloak does; without one the library asks the person first.
 *
 * @returns whether the request was answered here
 */
export async function handleLogout(issuer: IssuerContext, ctx: KoaContextWithOIDC): Promise<boolean> {
  if (ctx.path !== routes.end_session) return false;
  const parameters = ctx.method === 'GET' ? new URLSearchParams(ctx.querystring) : undefined;
  const posted = ctx.method === 'POST' ? await readForm(ctx.req) : undefined;
  const given = parameters ?? posted;
  const token = given?.get('id_token_hint');
  if (!given || !token) return posted ? askForHint(ctx) : false;

  const hint = await readIdTokenHint(issuer, token);
  const clientId = typeof hint?.['azp'] === 'string' ? hint['azp'] : undefined;
  if (!hint || clientId === undefined || (given.get('client_id') ?? clientId) !== clientId) {
    return refuse(ctx, 'The ID token given as a hint is not one of this issuer and client.');
  }
  const target = given.get('post_logout_redirect_uri');
  if (target !== null && !redirectAllowed(logoutPatterns(realmClient(issuer.realm, clientId)), target)) {
    return refuse(ctx, 'The post_logout_redirect_uri is not one of the client.');
  }
  if (typeof hint['sid'] === 'string') {
    await endBrowserSession(issuer.provider, ctx, hint['sid']);
    await endSignIn(issuer.provider, hint['sid']);
  }
  if (target === null) {
    sendPage(ctx, signedOutPage());
    return true;
  }
  const location = new URL(target);
  const state = given.get('state');
  if (state !== null) location.searchParams.set('state', state);
  ctx.redirect(location.href);
  ctx.status = 302;
  return true;
}

/** A posted form was read here, so the library could not read it again; a person's way without a hint is by link. */
function askForHint(ctx: KoaContextWithOIDC): true {
  return refuse(ctx, 'A posted logout needs id_token_hint; without one, open this address in a browser.');
}

function refuse(ctx: KoaContextWithOIDC, description: string): true {
  ctx.status = 400;
  sendPage(ctx, errorPage('invalid_request', description));
  return true;
}
