import assert from 'node:assert/strict';
import { Browser } from './browser.js';
import { assertClaims, userOf } from './check.js';
import type { Check } from './check.js';
import { askToken, authorization, callback, endpoint, exchange, passwordOf } from './party.js';
import { returned, signIn, signInByPage, verify, verifyId } from './party.js';

/** What happens in a browser: the login page, the way back to the client, single sign-on and logout. */
export const signInChecks: readonly Check[] = [
  {
    name: 'the code flow leads through the login page, and a wrong password shows it again',
    run: async (party, note) => {
      const browser = new Browser();
      const flow = authorization(party);
      const again = await signInByPage(browser, flow.url, 'auditor', 'wrong');
      assert.equal(again.location, undefined, 'a wrong password led on');
      const page = await browser.submit(again, { username: 'auditor', password: passwordOf(party, 'auditor') });
      const back = returned(page);
      assert.equal(back.get('state'), flow.state);
      assert.equal(back.get('iss'), party.issuer);
      const answer = await exchange(party, back.get('code') ?? '', flow.verifier);
      assert.equal(answer.status, 200, String(answer.body['error_description']));
      const claims = await verify(party, answer.body['access_token']);
      assertClaims(party, userOf(party, 'auditor'), claims);
      const id = await verifyId(party, answer.body['id_token'], 'linli-explorer');
      assert.equal(id['nonce'], flow.nonce);
      assert.equal(id['sid'], claims['sid']);
      assert.equal(typeof claims['auth_time'], 'number');
      note('code: answer', answer.body);
      note('code: access token', claims);
      note('code: ID token', id);
    },
  },
  {
    name: 'a code is of use once, and only with its verifier',
    run: async (party) => {
      const take = async () => {
        const flow = authorization(party);
        const page = await signInByPage(new Browser(), flow.url, 'teacher', passwordOf(party, 'teacher'));
        return { ...flow, code: returned(page).get('code') ?? '' };
      };
      const one = await take();
      const wrong = await exchange(party, one.code, 'x'.repeat(43));
      assert.equal(wrong.body['error'], 'invalid_grant');
      const other = await take();
      assert.equal((await exchange(party, other.code, other.verifier)).status, 200);
      assert.equal((await exchange(party, other.code, other.verifier)).body['error'], 'invalid_grant');
    },
  },
  {
    name: 'a request without PKCE is refused',
    run: async (party) => {
      const { url } = authorization(party, { code_challenge: undefined, code_challenge_method: undefined });
      const back = returned(await new Browser().open(url));
      assert.equal(back.get('error'), 'invalid_request');
      assert.equal(back.get('code'), null);
    },
  },
  {
    name: 'a redirect address that is not the client’s is refused on the spot',
    run: async (party) => {
      for (const redirect_uri of [
        'https://example.org/callback',
        'http://127.0.0.1.example.org/callback',
        'http://user@127.0.0.1/x',
      ]) {
        const page = await new Browser().open(authorization(party, { redirect_uri }).url);
        assert.equal(page.location, undefined, `led to ${page.location}`);
        assert.equal(page.status, 400);
      }
    },
  },
  {
    name: 'a sign-in serves a second application request, and logout ends it everywhere',
    run: async (party) => {
      const browser = new Browser();
      const first = authorization(party);
      const page = await signInByPage(browser, first.url, 'operator', passwordOf(party, 'operator'));
      const { body } = await exchange(party, returned(page).get('code') ?? '', first.verifier);
      assert.ok(returned(await browser.open(authorization(party).url)).get('code'), 'asked for the password again');

      const thief = browser.copy();
      const hint = { id_token_hint: String(body['id_token']), post_logout_redirect_uri: callback, state: 'bye' };
      const left = await browser.open(`${endpoint(party, 'logout')}?${new URLSearchParams(hint).toString()}`);
      assert.equal(left.location, `${callback}?state=bye`);
      const userinfo = await fetch(endpoint(party, 'userinfo'), {
        headers: { authorization: `Bearer ${String(body['access_token'])}` },
      });
      assert.equal(userinfo.status, 401);
      const refresh = {
        grant_type: 'refresh_token',
        client_id: 'linli-explorer',
        refresh_token: String(body['refresh_token']),
      };
      assert.equal((await askToken(party, refresh)).body['error'], 'invalid_grant');
      for (const one of [browser, thief]) {
        assert.match((await one.open(authorization(party).url)).text, /type="password"/);
      }
    },
  },
  {
    name: 'logout leads nowhere but to the client’s own addresses',
    run: async (party) => {
      const { body } = await signIn(party, 'street-supervisor');
      const hint = { id_token_hint: String(body['id_token']), post_logout_redirect_uri: 'https://example.org/' };
      const page = await new Browser().open(`${endpoint(party, 'logout')}?${new URLSearchParams(hint).toString()}`);
      assert.equal(page.location, undefined);
      assert.equal(page.status, 400);
    },
  },
  {
    name: 'pages of the explorer’s origin may read tokens, pages of others may not',
    run: async (party) => {
      const flow = async (origin: string) => {
        const { verifier, url } = authorization(party);
        const page = await signInByPage(new Browser(), url, 'security-officer', passwordOf(party, 'security-officer'));
        const fields = { grant_type: 'authorization_code', client_id: 'linli-explorer', redirect_uri: callback };
        const code = returned(page).get('code') ?? '';
        return (await askToken(party, { ...fields, code, code_verifier: verifier }, origin)).headers.get(
          'access-control-allow-origin',
        );
      };
      assert.equal(await flow('http://127.0.0.1:4000'), 'http://127.0.0.1:4000');
      assert.equal(await flow('https://example.org'), null);
    },
  },
];
