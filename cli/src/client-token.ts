import { z } from 'zod';
import { tokenRefused } from './errors.js';

const discovery = z.object({ token_endpoint: z.url() });
const granted = z.object({ access_token: z.string().min(1) });
const refused = z.object({ error: z.string(), error_description: z.string().optional() });

/** Milliseconds to wait for each of the two answers. */
const timeout = 10_000;

/**
 * Gets an access token for a program by the client credentials grant (RFC 6749, 4.4).
 *
 * @returns a JWT in compact form
 * @throws CliError `TOKEN_REFUSED` with the issuer's reason
 */
export async function fetchClientToken(issuer: string, clientId: string, secret: string): Promise<string> {
  const found = await ask(clientId, issuer, `${issuer}/.well-known/openid-configuration`);
  const metadata = discovery.safeParse(found);
  if (!metadata.success) throw tokenRefused(clientId, issuer, 'it is no OpenID Connect issuer.');
  const answer = await ask(clientId, issuer, metadata.data.token_endpoint, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from([clientId, secret].map(encodeURIComponent).join(':')).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const token = granted.safeParse(answer);
  if (token.success) return token.data.access_token;
  const reason = refused.safeParse(answer).data;
  throw tokenRefused(clientId, issuer, `${reason?.error_description ?? reason?.error ?? 'it says no reason'}.`);
}

async function ask(clientId: string, issuer: string, url: string, init: RequestInit = {}): Promise<unknown> {
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeout) });
    return await response.json();
  } catch (cause) {
    throw tokenRefused(clientId, issuer, 'it does not answer. Check its URL and that it runs.', { cause });
  }
}
