import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKeyPair, SignJWT, decodeJwt } from 'jose';
import { Browser } from '../../src/identity/contract/browser.js';
import {
  askToken,
  authorization,
  callback,
  endpoint,
  exchange,
  returned,
  signIn,
  signInByPage,
} from '../../src/identity/contract/party.js';
import type { Party } from '../../src/identity/contract/party.js';
import type { RunningIssuer } from '../../src/identity/issuer.js';
import { readRealm } from '../../src/identity/realm.js';
import type { RealmClient } from '../../src/identity/realm.js';
import { kioskSecret, start, temporaryFolder } from './support.js';

const folder = temporaryFolder();
let party: RunningIssuer & Party;
beforeAll(async () => {
  party = await start(folder.path, { realm: kioskIsMeant() });
});
afterAll(async () => {
  await party.close();
  folder.remove();
});

/** The realm, changed so that the kiosk is among those a token is meant for, and with a second page client. */
function kioskIsMeant() {
  const realm = readRealm();
  const audience = { name: 'kiosk', protocolMapper: 'oidc-audience-mapper' as const };
  const config = { 'included.client.audience': 'linli-kiosk', 'access.token.claim': 'true' };
  const meant = (client: RealmClient) => ({ ...client, protocolMappers: [{ ...audience, config }] });
  const named = (id: string) => realm.clients.find((one) => one.clientId === id) as RealmClient;
  const [cli, explorer, kiosk] = [named('linli-cli'), named('linli-explorer'), named('linli-kiosk')];
  const second = meant({ ...explorer, clientId: 'second-explorer' });
  return { ...realm, clients: [meant(cli), explorer, second, kiosk] };
}

const refresh = (token: unknown) =>
  askToken(party, { grant_type: 'refresh_token', client_id: 'linli-cli', refresh_token: String(token) });

const introspect = async (token: unknown, headers: Record<string, string> = basic(kioskSecret)) => {
  const init = { method: 'POST', headers, body: new URLSearchParams({ token: String(token) }) };
  const answer = await fetch(endpoint(party, 'token/introspect'), init);
  return { status: answer.status, body: JSON.parse(await answer.text()) as Record<string, unknown> };
};

const basic = (secret: string) => ({
  authorization: `Basic ${Buffer.from(`linli-kiosk:${secret}`).toString('base64')}`,
});

describe('refresh', () => {
  test('a token used twice ends the whole sign-in: one of the two was stolen', async () => {
    const first = await signIn(party, 'teacher');
    const second = await refresh(first.body['refresh_token']);
    expect(second.status).toBe(200);
    expect((await refresh(first.body['refresh_token'])).body['error']).toBe('invalid_grant');
    expect((await refresh(second.body['refresh_token'])).body['error']).toBe('invalid_grant');
    expect((await introspect(second.body['access_token'])).body).toEqual({ active: false });
  });

  test('keeps the sign-in’s identity, so that logout still ends it', async () => {
    const first = await signIn(party, 'teacher');
    const second = await refresh(first.body['refresh_token']);
    const sid = (body: Record<string, unknown>) => decodeJwt(String(body['access_token']))['sid'];
    expect(sid(second.body)).toBe(sid(first.body));
    await fetch(`${endpoint(party, 'logout')}?id_token_hint=${String(first.body['id_token'])}`);
    expect((await refresh(second.body['refresh_token'])).body['error']).toBe('invalid_grant');
  });

  test('a token is of no use to another client', async () => {
    const { body } = await signIn(party, 'teacher');
    const other = {
      grant_type: 'refresh_token',
      client_id: 'linli-explorer',
      refresh_token: String(body['refresh_token']),
    };
    expect((await askToken(party, other)).body['error']).toBe('invalid_grant');
  });
});

test('an ID token opens nothing', async () => {
  const { body } = await signIn(party, 'teacher');
  const answer = await fetch(endpoint(party, 'userinfo'), {
    headers: { authorization: `Bearer ${String(body['id_token'])}` },
  });
  expect(answer.status).toBe(401);
});

describe('introspection by a client that the token is meant for', () => {
  test('tells what is in a token that stands', async () => {
    const { body } = await signIn(party, 'grid-worker');
    const { body: told } = await introspect(body['access_token']);
    expect(told).toMatchObject({ active: true, client_id: 'linli-cli', preferred_username: 'grid-worker' });
    expect(told['aud']).toEqual(['linli-gateway', 'linli-kiosk']);
  });

  test('says no more than inactive of one that was signed out, forged, or is none', async () => {
    const { body } = await signIn(party, 'grid-worker');
    await fetch(`${endpoint(party, 'logout')}?id_token_hint=${String(body['id_token'])}`);
    const { privateKey } = await generateKeyPair('RS256');
    const claims = decodeJwt(String((await signIn(party, 'grid-worker')).body['access_token']));
    const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;
    for (const token of [body['access_token'], body['id_token'], forged, unsigned, 'nonsense']) {
      expect((await introspect(token)).body).toEqual({ active: false });
    }
  });

  test('needs the client’s secret', async () => {
    for (const headers of [{}, basic('wrong'), { authorization: 'Basic !!!' }, { authorization: 'Bearer x' }]) {
      expect((await introspect('any', headers as Record<string, string>)).status).toBe(401);
    }
  });
});

describe('logout by hint', () => {
  test('takes no ID token that it did not sign', async () => {
    const { body } = await signIn(party, 'teacher');
    const { privateKey } = await generateKeyPair('RS256');
    const forged = await new SignJWT(decodeJwt(String(body['id_token'])))
      .setProtectedHeader({ alg: 'RS256' })
      .sign(privateKey);
    const answer = await fetch(`${endpoint(party, 'logout')}?id_token_hint=${forged}`);
    expect(answer.status).toBe(400);
    expect((await refresh(body['refresh_token'])).status).toBe(200);
  });

  test('takes no hint that names one client in the name of another', async () => {
    const { body } = await signIn(party, 'teacher');
    const query = new URLSearchParams({ id_token_hint: String(body['id_token']), client_id: 'linli-explorer' });
    expect((await fetch(`${endpoint(party, 'logout')}?${query.toString()}`)).status).toBe(400);
  });

  test('ends the sign-ins at all applications of the browser', async () => {
    const browser = new Browser();
    const take = async (client_id: string) => {
      const flow = authorization(party, { client_id });
      const opened = await browser.open(flow.url);
      const page = opened.location
        ? opened
        : await browser.submit(opened, { username: 'teacher', password: 'linli-demo' });
      const code = returned(page).get('code') ?? '';
      const fields = { grant_type: 'authorization_code', client_id, code, code_verifier: flow.verifier };
      return (await askToken(party, { ...fields, redirect_uri: callback })).body;
    };
    const one = await take('linli-explorer');
    const other = await take('second-explorer');
    await browser.open(`${endpoint(party, 'logout')}?id_token_hint=${String(one['id_token'])}`);
    const fields = { grant_type: 'refresh_token', client_id: 'second-explorer' };
    const answer = await askToken(party, { ...fields, refresh_token: String(other['refresh_token']) });
    expect(answer.body['error']).toBe('invalid_grant');
    expect((await introspect(other['access_token'])).body).toEqual({ active: false });
  });

  test('takes no access token for an ID token', async () => {
    const { body } = await signIn(party, 'teacher');
    const answer = await fetch(`${endpoint(party, 'logout')}?id_token_hint=${String(body['access_token'])}`);
    expect(answer.status).toBe(400);
  });

  test('can be posted, as long tokens must', async () => {
    const { body } = await signIn(party, 'teacher');
    const form = new URLSearchParams({ id_token_hint: String(body['id_token']) });
    const answer = await fetch(endpoint(party, 'logout'), { method: 'POST', body: form });
    expect(answer.status).toBe(200);
    expect((await refresh(body['refresh_token'])).body['error']).toBe('invalid_grant');
  });
});

describe('a page of another origin', () => {
  const preflight = (path: string, method: string) =>
    fetch(endpoint(party, path), {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:4000',
        'access-control-request-method': method,
        'access-control-request-headers': 'authorization',
      },
    });

  test.each([
    ['token', 'POST'],
    ['userinfo', 'GET'],
    ['certs', 'GET'],
  ])('may ask whether it may call %s', async (path, method) => {
    const answer = await preflight(path, method);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-methods')).toContain(method);
  });

  test('reads userinfo only where the token’s client lists the origin', async () => {
    const flow = authorization(party);
    const code = returned(await signInByPage(new Browser(), flow.url, 'teacher', 'linli-demo')).get('code') ?? '';
    const { body } = await exchange(party, code, flow.verifier);
    const ask = async (origin: string) => {
      const headers = { origin, authorization: `Bearer ${String(body['access_token'])}` };
      return (await fetch(endpoint(party, 'userinfo'), { headers })).headers.get('access-control-allow-origin');
    };
    expect(await ask('http://localhost:4000')).toBe('http://localhost:4000');
    expect(await ask('https://example.org')).toBeNull();
  });

  test('no answer allows cookies to go along', async () => {
    expect((await preflight('token', 'POST')).headers.get('access-control-allow-credentials')).toBeNull();
  });
});
