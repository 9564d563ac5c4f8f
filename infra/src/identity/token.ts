import { z } from 'zod';
import { IdentityError } from './errors.js';

/** What is asked of an issuer for a password sign-in. */
export interface TokenRequest {
  /** The issuer's URL, for example `http://127.0.0.1:4180/realms/linli`. */
  issuer: string;
  username: string;
  password: string;
  /** A client that the realm allows direct access grants. */
  clientId: string;
}

const discovery = z.object({ issuer: z.string(), token_endpoint: z.url() });
const granted = z.object({ access_token: z.string().min(1) });
const refused = z.object({ error: z.string(), error_description: z.string().optional() });

/** Milliseconds to wait for each of the two answers. */
const timeout = 10_000;

/**
 * Gets a user's access token by discovery (OpenID Connect Discovery 1.0) and the password grant (RFC 6749, 4.3). Works
 * with Keycloak and with the embedded issuer.
 *
 * @returns the access token, a JWT in compact form
 * @throws IdentityError `IDENTITY_ISSUER_UNREACHABLE`, or `IDENTITY_TOKEN_REFUSED` with the issuer's reason
 */
export async function fetchToken({ issuer, username, password, clientId }: TokenRequest): Promise<string> {
  const found = await ask(issuer, `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const metadata = discovery.safeParse(found.body);
  if (!found.ok || !metadata.success || metadata.data.issuer !== issuer) {
    throw unreachable(issuer, 'it does not describe itself as that issuer');
  }
  const answer = await ask(issuer, metadata.data.token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: clientId, username, password, scope: 'openid' }),
  });
  const token = granted.safeParse(answer.body);
  if (answer.ok && token.success) return token.data.access_token;
  const reason = refused.safeParse(answer.body).data;
  throw new IdentityError(
    'IDENTITY_TOKEN_REFUSED',
    `${issuer} gives user ${username} no token: ${reason?.error_description ?? reason?.error ?? 'it says no reason'}. Check the user name, the password and that the client ${clientId} may use the password grant.`,
  );
}

async function ask(issuer: string, url: string, init: RequestInit = {}): Promise<{ ok: boolean; body: unknown }> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeout) });
  } catch (cause) {
    throw unreachable(issuer, 'it does not answer', cause);
  }
  return { ok: response.ok, body: await response.json().catch(() => undefined) };
}

function unreachable(issuer: string, why: string, cause?: unknown): IdentityError {
  return new IdentityError(
    'IDENTITY_ISSUER_UNREACHABLE',
    `The issuer ${issuer} cannot be used: ${why}. Check its URL and that it runs.`,
    { cause },
  );
}
