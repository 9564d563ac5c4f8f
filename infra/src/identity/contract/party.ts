import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import type { Browser, Page } from './browser.js';
import type { Realm } from '../realm.js';

/** An issuer under test, and what is known of it beforehand. */
export interface Party {
  /** The issuer's URL. */
  readonly issuer: string;
  readonly realm: Realm;
  /** Secret of the client `linli-kiosk`. */
  readonly kioskSecret: string;
}

/** Where the sign-in page sends the browser back to; nothing listens there, the test reads the address. */
export const callback = 'http://127.0.0.1:4000/callback';

/** What the token endpoint answered. */
export interface TokenAnswer {
  status: number;
  body: Record<string, unknown>;
  headers: Headers;
}

export const endpoint = (party: Party, name: string) => `${party.issuer}/protocol/openid-connect/${name}`;

/** Posts to the token endpoint. */
export async function askToken(party: Party, fields: Record<string, string>, origin?: string): Promise<TokenAnswer> {
  const response = await fetch(endpoint(party, 'token'), {
    method: 'POST',
    body: new URLSearchParams(fields),
    ...(origin === undefined ? {} : { headers: { origin } }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text.startsWith('{') ? (JSON.parse(text) as TokenAnswer['body']) : {},
  };
}

/** Signs a demo user in by the password grant; the demo password is the realm file's. */
export function signIn(party: Party, username: string, password = passwordOf(party, username)): Promise<TokenAnswer> {
  return askToken(party, { grant_type: 'password', client_id: 'linli-cli', username, password, scope: 'openid' });
}

export function passwordOf({ realm }: Party, username: string): string {
  return realm.users.find((one) => one.username === username)?.credentials[0]?.value ?? '';
}

/** Verifies an access token the way the gateway does, by the published keys. */
export async function verify(party: Party, token: unknown): Promise<JWTPayload> {
  const { payload } = await jwtVerify(String(token), createRemoteJWKSet(new URL(endpoint(party, 'certs'))), {
    issuer: party.issuer,
    audience: 'linli-gateway',
    algorithms: ['RS256'],
    requiredClaims: ['exp', 'sub'],
    clockTolerance: 5,
  });
  if (payload['typ'] !== 'Bearer') throw new Error('an access token whose typ is not Bearer');
  return payload;
}

/** Verifies an ID token the way the explorer would. */
export async function verifyId(party: Party, token: unknown, audience: string): Promise<JWTPayload> {
  const keys = createRemoteJWKSet(new URL(endpoint(party, 'certs')));
  return (await jwtVerify(String(token), keys, { issuer: party.issuer, audience, algorithms: ['RS256'] })).payload;
}

/** A code flow under way. */
export interface Authorization {
  verifier: string;
  state: string;
  nonce: string;
  url: string;
}

/** The address that starts a sign-in at the explorer; `changed` replaces parameters, or drops those set undefined. */
export function authorization(party: Party, changed: Record<string, string | undefined> = {}): Authorization {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(8).toString('hex');
  const nonce = randomBytes(8).toString('hex');
  const parameters = {
    client_id: 'linli-explorer',
    response_type: 'code',
    redirect_uri: callback,
    scope: 'openid',
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changed,
  };
  const query = Object.entries(parameters).filter((one): one is [string, string] => one[1] !== undefined);
  return { verifier, state, nonce, url: `${endpoint(party, 'auth')}?${new URLSearchParams(query).toString()}` };
}

/** Opens the sign-in page and fills it in; the answer is the redirect back to the client, or the page again. */
export async function signInByPage(browser: Browser, url: string, username: string, password: string): Promise<Page> {
  return browser.submit(await browser.open(url), { username, password });
}

/** The parameters of a redirect back to the client. */
export function returned(page: Page): URLSearchParams {
  if (!page.location?.startsWith(callback))
    throw new Error(`no redirect back to the client, but status ${page.status}`);
  return new URL(page.location).searchParams;
}

/** Exchanges the code of a redirect for tokens. */
export function exchange(party: Party, code: string, verifier: string, redirect = callback): Promise<TokenAnswer> {
  return askToken(party, {
    grant_type: 'authorization_code',
    client_id: 'linli-explorer',
    code,
    code_verifier: verifier,
    redirect_uri: redirect,
  });
}
