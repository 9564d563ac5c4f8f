import type { IssuerConfig } from './config';
import type { Session } from './session';
import { identityOf, readSession, writeSession } from './session';

const pendingKey = 'linli-sign-in';
/** A token this close to its end is renewed before it is used. */
const renewBefore = 15_000;

/** Sends the browser to the issuer: authorization code with PKCE (RFC 7636), S256. */
export async function signIn(issuer: IssuerConfig): Promise<void> {
  const verifier = randomText();
  const state = randomText();
  sessionStorage.setItem(pendingKey, JSON.stringify({ verifier, state }));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const url = new URL(issuer.authorizationEndpoint);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: issuer.clientId,
    redirect_uri: redirectUri(),
    scope: 'openid',
    state,
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  }).toString();
  location.assign(url);
}

/** Takes up the code that the issuer sent the browser back with, if it did. Throws where the issuer refused. */
export async function finishSignIn(issuer: IssuerConfig): Promise<void> {
  const answer = new URLSearchParams(location.search);
  const pending = sessionStorage.getItem(pendingKey);
  if (pending === null || !answer.has('state')) return;
  sessionStorage.removeItem(pendingKey);
  history.replaceState(null, '', location.pathname);
  const { verifier, state } = JSON.parse(pending) as { verifier: string; state: string };
  if (answer.get('state') !== state) throw new Error('登录已中断，请重试。The sign-in was interrupted; try again.');
  const code = answer.get('code');
  if (code === null) throw new Error(answer.get('error_description') ?? answer.get('error') ?? 'no code');
  writeSession(
    await requestTokens(issuer, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri(),
      code_verifier: verifier,
    }),
  );
}

/** The access token to send, renewed where it is about to expire and can be. */
export async function currentToken(issuer: IssuerConfig | undefined): Promise<string | undefined> {
  const session = readSession();
  if (!session) return undefined;
  const expiresAt = identityOf(session.accessToken)?.expiresAt ?? 0;
  if (!issuer || session.refreshToken === undefined || expiresAt - Date.now() > renewBefore) return session.accessToken;
  try {
    const renewed = await requestTokens(issuer, { grant_type: 'refresh_token', refresh_token: session.refreshToken });
    writeSession({ ...session, ...renewed });
    return renewed.accessToken;
  } catch {
    // The session at the issuer has ended: the gateway says so in its answer to the old token.
    return session.accessToken;
  }
}

/** Forgets the tokens, and ends the session at the issuer, so that somebody else can sign in. */
export function signOut(issuer: IssuerConfig | undefined): void {
  const session = readSession();
  writeSession(undefined);
  if (!issuer?.endSessionEndpoint || session?.idToken === undefined) return location.reload();
  const url = new URL(issuer.endSessionEndpoint);
  url.search = new URLSearchParams({
    client_id: issuer.clientId,
    id_token_hint: session.idToken,
    post_logout_redirect_uri: redirectUri(),
  }).toString();
  location.assign(url);
}

async function requestTokens(issuer: IssuerConfig, grant: Record<string, string>): Promise<Session> {
  const response = await fetch(issuer.tokenEndpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_id: issuer.clientId, ...grant }),
  });
  const tokens = (await response.json()) as Record<string, string | undefined>;
  if (!response.ok || tokens['access_token'] === undefined) {
    throw new Error(tokens['error_description'] ?? tokens['error'] ?? `HTTP ${response.status}`);
  }
  return {
    accessToken: tokens['access_token'],
    ...(tokens['refresh_token'] !== undefined && { refreshToken: tokens['refresh_token'] }),
    ...(tokens['id_token'] !== undefined && { idToken: tokens['id_token'] }),
  };
}

const redirectUri = () => `${location.origin}/`;

function randomText(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
