import { createHash } from 'node:crypto';
import type { KoaContextWithOIDC } from 'oidc-provider';

/** A page's body, and the origins its forms may end up at: a browser checks redirects after a form as well. */
export interface Page {
  title: string;
  body: string;
  formTargets?: readonly string[];
}

const style = `
body{margin:0;font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;background:#f2f4f7;color:#1b2430}
main{max-width:22rem;margin:12vh auto 0;padding:2rem;background:#fff;border-radius:.75rem;box-shadow:0 1px 4px #0002}
h1{margin:0 0 1rem;font-size:1.25rem}
label{display:block;margin:.75rem 0 .25rem}
input{width:100%;box-sizing:border-box;padding:.55rem .65rem;font:inherit;border:1px solid #9aa5b1;border-radius:.4rem}
button{width:100%;margin-top:1.25rem;padding:.65rem;font:inherit;color:#fff;background:#0b63ce;border:0;border-radius:.4rem;cursor:pointer}
input:focus,button:focus{outline:3px solid #8ec1ff}
.error{padding:.5rem .75rem;color:#8c1d18;background:#fdecea;border-radius:.4rem}
.note{margin:1.25rem 0 0;font-size:.85rem;color:#52606d}
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** The login page: a plain form in Chinese and English, without script or any file besides. */
export function loginPage(login: {
  clientName: string;
  username: string;
  failed: boolean;
  formTargets: readonly string[];
}): Page {
  const error = login.failed
    ? '<p class="error" role="alert">用户名或密码不正确，或尝试过多，请稍后再试。<br>Wrong user name or password, or too many attempts; try again later.</p>'
    : '';
  return {
    title: '登录 Sign in',
    formTargets: login.formTargets,
    body: `<h1>登录 Sign in · ${escape(login.clientName)}</h1>${error}
<form method="post" autocomplete="on">
<label for="username">用户名 User name</label>
<input id="username" name="username" value="${escape(login.username)}" autocomplete="username" autocapitalize="none" required${login.failed ? '' : ' autofocus'}>
<label for="password">密码 Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${login.failed ? ' autofocus' : ''}>
<button type="submit">登录 Sign in</button>
</form>
<p class="note">本机演示用的登录服务，请勿输入真实密码。<br>A sign-in service for local use: do not type a real password.</p>`,
  };
}

/**
 * Asks before signing out; `form` is the library's form, to which the button belongs by its id.
 *
 * @param next where the person is led afterwards, if anywhere
 */
export function logoutPage(form: string, next: string | undefined): Page {
  return {
    title: '退出登录 Sign out',
    formTargets: next === undefined ? [] : [new URL(next).origin],
    body: `<h1>确定退出登录？ Sign out?</h1>${form}
<button type="submit" form="op.logoutForm" name="logout" value="yes">退出 Sign out</button>`,
  };
}

export function signedOutPage(): Page {
  return { title: '已退出 Signed out', body: '<h1>已退出登录。 You are signed out.</h1>' };
}

export function errorPage(code: string, description: string): Page {
  return {
    title: '无法登录 Cannot sign in',
    body: `<h1>无法登录 Cannot sign in</h1><p class="error" role="alert">${escape(description || code)} (${escape(code)})</p>`,
  };
}

/** Sends a page with the headers that keep it from being framed, cached, or made to load anything. */
export function sendPage(ctx: Pick<KoaContextWithOIDC, 'set' | 'type' | 'body'>, page: Page): void {
  const targets = ["'self'", ...(page.formTargets ?? [])].join(' ');
  ctx.set({
    'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action ${targets}; base-uri 'none'; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  });
  ctx.type = 'html';
  ctx.body = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(page.title)} · 邻里 Linli</title><style>${style}</style></head><body><main>${page.body}</main></body></html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}
