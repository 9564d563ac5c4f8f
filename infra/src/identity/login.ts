import { errors } from 'oidc-provider';
import type { InteractionResults, KoaContextWithOIDC } from 'oidc-provider';
import { readForm } from './form.js';
import { errorPage, loginPage, sendPage } from './pages.js';
import type { Passwords } from './passwords.js';
import { loginPath, passwordAcr, realmClient } from './provider.js';
import type { IssuerContext } from './provider.js';

/**
 * The login page. Its address and its cookie name one authorization request, so a form posted from elsewhere has no
 * request to finish (the cookie is `SameSite=Lax`).
 *
 * @returns whether the request was for the login page
 */
export async function handleLogin(
  issuer: IssuerContext,
  passwords: Passwords,
  ctx: KoaContextWithOIDC,
): Promise<boolean> {
  if (!ctx.path.startsWith(`${loginPath}/`)) return false;
  if (ctx.method !== 'GET' && ctx.method !== 'POST') {
    ctx.status = 405;
    ctx.set('Allow', 'GET, POST');
    return true;
  }
  try {
    await logIn(issuer, passwords, ctx);
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error;
    ctx.status = 400;
    sendPage(
      ctx,
      errorPage(error.error, '登录已过期，请回到应用重新开始。 This sign-in has expired: go back and start again.'),
    );
  }
  return true;
}

async function logIn({ provider, realm }: IssuerContext, passwords: Passwords, ctx: KoaContextWithOIDC): Promise<void> {
  const { params, uid } = await provider.interactionDetails(ctx.req, ctx.res);
  if (uid !== ctx.path.slice(loginPath.length + 1)) throw new errors.SessionNotFound('another sign-in has begun since');
  const form = ctx.method === 'POST' ? await readForm(ctx.req) : undefined;
  const username = form?.get('username') ?? '';
  const user = form && passwords.check(username, form.get('password') ?? '');
  if (user) {
    const result: InteractionResults = { login: { accountId: user.id, acr: passwordAcr, remember: false } };
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
    ctx.status = 303;
    return;
  }
  ctx.status = ctx.method === 'POST' ? 401 : 200;
  sendPage(
    ctx,
    loginPage({
      clientName: realmClient(realm, String(params['client_id'])).name,
      username: username || (typeof params['login_hint'] === 'string' ? params['login_hint'] : ''),
      failed: ctx.method === 'POST',
      formTargets: [new URL(String(params['redirect_uri'])).origin],
    }),
  );
}
