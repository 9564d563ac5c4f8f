import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Browser } from '../../src/identity/contract/browser.js';
import {
  authorization,
  callback,
  endpoint,
  exchange,
  returned,
  signInByPage,
} from '../../src/identity/contract/party.js';
import type { Party } from '../../src/identity/contract/party.js';
import type { RunningIssuer } from '../../src/identity/issuer.js';
import { start, temporaryFolder } from './support.js';

const folder = temporaryFolder();
let party: RunningIssuer & Party;
beforeAll(async () => {
  party = await start(folder.path);
});
afterAll(async () => {
  await party.close();
  folder.remove();
});

describe('the login page', () => {
  test('is plain HTML that needs nothing from elsewhere and cannot be framed or kept', async () => {
    const page = await new Browser().open(authorization(party).url);
    expect(page.status).toBe(200);
    expect(page.text).toMatch(/登录 Sign in · 邻里查询台/);
    expect(page.text).not.toMatch(/<script|<link|<img|\bsrc=|url\(/i);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).toMatch(/frame-ancestors 'none'/);
    expect(policy).not.toMatch(/unsafe/);
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  test('may send its form on to the client, which browsers check as well', async () => {
    const page = await new Browser().open(authorization(party, { redirect_uri: 'http://localhost:5173/back' }).url);
    expect(page.headers.get('content-security-policy')).toMatch(/form-action 'self' http:\/\/localhost:5173;/);
  });

  test('fills in a login hint as text, whatever is in it', async () => {
    const hint = `"><script>alert('x')</script>`;
    const page = await new Browser().open(authorization(party, { login_hint: hint }).url);
    expect(page.text).not.toContain('<script>');
    expect(page.text).toContain('&#34;&#62;&#60;script&#62;');
  });

  test('after a wrong password keeps the name, and never the password', async () => {
    const page = await signInByPage(new Browser(), authorization(party).url, 'operator', 'a-guess-to-remember');
    expect(page.status).toBe(401);
    expect(page.text).toContain('value="operator"');
    expect(page.text).toContain('role="alert"');
    expect(page.text).not.toContain('a-guess-to-remember');
  });

  test('of another browser’s request is of no use', async () => {
    const page = await new Browser().open(authorization(party).url);
    const stranger = await new Browser().submit(page, { username: 'teacher', password: 'linli-demo' });
    expect(stranger.status).toBe(400);
    expect(stranger.location).toBeUndefined();
    expect(stranger.text).toMatch(/登录已过期/);
  });

  test('belongs to one request: the cookie of another does not open it', async () => {
    const [mine, other] = [
      await new Browser().request(authorization(party).url),
      await new Browser().request(authorization(party).url),
    ];
    const cookie = mine.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const ask = (page: string | undefined) => fetch(page ?? '', { headers: { cookie } });
    expect((await ask(mine.location)).status).toBe(200);
    expect((await ask(other.location)).status).toBe(400);
  });

  test('takes a form and nothing else', async () => {
    const browser = new Browser();
    const first = await browser.request(authorization(party).url);
    const page = first.location ?? '';
    const fields = { username: 'teacher', password: 'linli-demo' };
    const headers = { 'content-type': 'application/json' };
    const json = await browser.request(page, { method: 'POST', headers, body: JSON.stringify(fields) });
    expect([json.status, json.location]).toEqual([401, undefined]);
    expect((await browser.request(page, { method: 'DELETE' })).status).toBe(405);
    const huge = new URLSearchParams({ ...fields, filler: 'x'.repeat(40_000) });
    expect((await browser.request(page, { method: 'POST', body: huge })).location).toBeUndefined();
    expect((await browser.request(page, { method: 'POST', body: new URLSearchParams(fields) })).status).toBe(303);
  });
});

describe('a sign-in by the page', () => {
  test('asks again when the application says so', async () => {
    const browser = new Browser();
    returned(await signInByPage(browser, authorization(party).url, 'teacher', 'linli-demo'));
    const again = await browser.open(authorization(party, { prompt: 'login' }).url);
    expect(again.text).toMatch(/type="password"/);
  });

  test('says login_required where nobody may be asked', async () => {
    const back = returned(await new Browser().open(authorization(party, { prompt: 'none' }).url));
    expect(back.get('error')).toBe('login_required');
  });

  test('refuses the plain PKCE method', async () => {
    const back = returned(await new Browser().open(authorization(party, { code_challenge_method: 'plain' }).url));
    expect(back.get('error')).toBe('invalid_request');
  });

  test('gives no code to a client that has no page flow', async () => {
    const page = await new Browser().open(authorization(party, { client_id: 'linli-cli' }).url);
    expect(page.status).toBe(400);
    expect(page.location).toBeUndefined();
  });

  test('binds the code to the address it went to', async () => {
    const flow = authorization(party);
    const code = returned(await signInByPage(new Browser(), flow.url, 'teacher', 'linli-demo')).get('code') ?? '';
    const { body } = await exchange(party, code, flow.verifier, 'http://127.0.0.1:4000/elsewhere');
    expect(body['error']).toBe('invalid_grant');
  });
});

describe('logout without a hint', () => {
  test('asks first, then ends the session', async () => {
    const browser = new Browser();
    returned(await signInByPage(browser, authorization(party).url, 'auditor', 'linli-demo'));
    const question = await browser.open(endpoint(party, 'logout'));
    expect(question.text).toMatch(/确定退出登录/);
    expect(returned(await browser.open(authorization(party).url)).get('code')).not.toBeNull();

    const done = await browser.submit(await browser.open(endpoint(party, 'logout')), { logout: 'yes' });
    expect(done.text).toMatch(/已退出登录/);
    expect((await browser.open(authorization(party).url)).text).toMatch(/type="password"/);
  });

  test('leads on to the client’s own address, and tells the browser that it will', async () => {
    const browser = new Browser();
    returned(await signInByPage(browser, authorization(party).url, 'auditor', 'linli-demo'));
    const query = (next: string) =>
      new URLSearchParams({ client_id: 'linli-explorer', post_logout_redirect_uri: next });
    const refused = await browser.open(`${endpoint(party, 'logout')}?${query('https://example.org/').toString()}`);
    expect(refused.status).toBe(400);
    const question = await browser.open(`${endpoint(party, 'logout')}?${query(callback).toString()}`);
    expect(question.headers.get('content-security-policy')).toMatch(/form-action 'self' http:\/\/127\.0\.0\.1:4000;/);
    expect((await browser.submit(question, { logout: 'yes' })).location).toBe(callback);
  });
});
