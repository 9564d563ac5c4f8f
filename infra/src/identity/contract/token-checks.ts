import assert from 'node:assert/strict';
import { assertClaims, expectedClaims, userOf } from './check.js';
import type { Check } from './check.js';
import { askToken, endpoint, passwordOf, signIn, verify, verifyId } from './party.js';

/** What the endpoints say that need no page: discovery, keys, tokens without a browser, and who may ask about them. */
export const tokenChecks: readonly Check[] = [
  {
    name: 'discovery names the issuer and its endpoints, at Keycloak’s paths',
    run: async (party) => {
      const response = await fetch(`${party.issuer}/.well-known/openid-configuration`);
      const found = (await response.json()) as Record<string, unknown>;
      assert.equal(found['issuer'], party.issuer);
      const paths = {
        authorization: 'auth',
        token: 'token',
        userinfo: 'userinfo',
        end_session: 'logout',
        introspection: 'token/introspect',
      };
      for (const [name, path] of Object.entries(paths)) assert.equal(found[`${name}_endpoint`], endpoint(party, path));
      assert.equal(found['jwks_uri'], endpoint(party, 'certs'));
      assert.ok((found['code_challenge_methods_supported'] as string[]).includes('S256'));
      const grants = found['grant_types_supported'] as string[];
      for (const one of ['authorization_code', 'refresh_token', 'client_credentials', 'password'])
        assert.ok(grants.includes(one), one);
    },
  },
  {
    name: 'the published keys hold an RS256 key and nothing private',
    run: async (party) => {
      const { keys } = (await (await fetch(endpoint(party, 'certs'))).json()) as { keys: Record<string, string>[] };
      assert.ok(keys.some((key) => key['alg'] === 'RS256' && key['use'] === 'sig' && key['kid']));
      for (const key of keys)
        for (const secret of ['d', 'p', 'q', 'k']) assert.ok(!(secret in key), `a key with ${secret}`);
    },
  },
  {
    name: 'the password grant gives every demo user the claims of the realm file',
    run: async (party, note) => {
      for (const user of party.realm.users.filter((one) => one.serviceAccountClientId === undefined)) {
        const answer = await signIn(party, user.username);
        assert.equal(answer.status, 200, `${user.username}: ${String(answer.body['error'])}`);
        const claims = await verify(party, answer.body['access_token']);
        assertClaims(party, user, claims);
        assert.equal(claims['azp'], 'linli-cli');
        assert.equal((claims.exp ?? 0) - (claims.iat ?? 0), party.realm.accessTokenLifespan);
        const id = await verifyId(party, answer.body['id_token'], 'linli-cli');
        note(`password, ${user.username}: answer`, answer.body);
        note(`password, ${user.username}: access token`, claims);
        note(`password, ${user.username}: ID token`, id);
      }
    },
  },
  {
    name: 'a wrong password, an unknown user and a client without the password grant get no token',
    run: async (party) => {
      for (const [user, password] of [
        ['operator', 'wrong'],
        ['nobody', 'linli-demo'],
      ] as const) {
        const answer = await signIn(party, user, password);
        assert.equal(answer.body['error'], 'invalid_grant');
        assert.ok(!('access_token' in answer.body));
      }
      const password = passwordOf(party, 'teacher');
      const explorer = await askToken(party, {
        grant_type: 'password',
        client_id: 'linli-explorer',
        username: 'teacher',
        password,
      });
      assert.ok(explorer.status >= 400 && !('access_token' in explorer.body));
    },
  },
  {
    name: 'client credentials give the kiosk its own narrow role, and only with its secret',
    run: async (party, note) => {
      const ask = (secret: string) =>
        askToken(party, { grant_type: 'client_credentials', client_id: 'linli-kiosk', client_secret: secret });
      const answer = await ask(party.kioskSecret);
      const claims = await verify(party, answer.body['access_token']);
      assertClaims(party, userOf(party, 'service-account-linli-kiosk'), claims);
      assert.equal(claims['azp'], 'linli-kiosk');
      assert.ok(!('refresh_token' in answer.body));
      note('kiosk: answer', answer.body);
      note('kiosk: access token', claims);
      const refused = await ask('not-the-secret');
      assert.equal(refused.status, 401);
      assert.ok(!('access_token' in refused.body));
    },
  },
  {
    name: 'a refresh token is of use once',
    run: async (party, note) => {
      const first = await signIn(party, 'district-supervisor');
      const refresh = (token: unknown) =>
        askToken(party, { grant_type: 'refresh_token', client_id: 'linli-cli', refresh_token: String(token) });
      const second = await refresh(first.body['refresh_token']);
      assert.equal(second.status, 200, String(second.body['error_description']));
      assert.notEqual(second.body['refresh_token'], first.body['refresh_token']);
      const claims = await verify(party, second.body['access_token']);
      assertClaims(party, userOf(party, 'district-supervisor'), claims);
      note('refresh: answer', second.body);
      note('refresh: access token', claims);
      assert.equal((await refresh(first.body['refresh_token'])).body['error'], 'invalid_grant');
    },
  },
  {
    name: 'userinfo says the same of a user as the token, and nothing to a stranger',
    run: async (party, note) => {
      const { body } = await signIn(party, 'city-supervisor');
      const ask = (token: string) =>
        fetch(endpoint(party, 'userinfo'), { headers: { authorization: `Bearer ${token}` } });
      const answer = await ask(String(body['access_token']));
      const info = JSON.parse(await answer.text()) as Record<string, unknown>;
      const { realm_access: _, ...expected } = expectedClaims(party, userOf(party, 'city-supervisor'));
      assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, info[name]])), expected);
      note('userinfo', info);
      const stranger = await ask('not.a.token');
      assert.equal(stranger.status, 401);
      assert.match(stranger.headers.get('www-authenticate') ?? '', /error="invalid_token"/);
    },
  },
  {
    name: 'introspection tells a client nothing of tokens that are not for it, and a stranger nothing at all',
    run: async (party) => {
      const { body } = await signIn(party, 'guardian');
      const ask = (fields: Record<string, string>) =>
        fetch(endpoint(party, 'token/introspect'), {
          method: 'POST',
          body: new URLSearchParams({ token: String(body['access_token']), ...fields }),
        });
      const kiosk = await ask({ client_id: 'linli-kiosk', client_secret: party.kioskSecret });
      assert.deepEqual(JSON.parse(await kiosk.text()), { active: false });
      assert.equal((await ask({ client_id: 'linli-kiosk', client_secret: 'not-the-secret' })).status, 401);
    },
  },
];
