import type { KoaContextWithOIDC } from 'oidc-provider';
import { verifyAccessToken } from './access-token.js';
import { readForm } from './form.js';
import { routes } from './provider.js';
import type { IssuerContext } from './provider.js';

/**
 * The introspection endpoint (RFC 7662) for access tokens, which the library's own refuses because they are JWTs. As in
 * Keycloak only a client that the token is meant for (in its `aud`) learns anything of it.
 *
 * @returns whether the request was for this endpoint
 */
export async function handleIntrospection(issuer: IssuerContext, ctx: KoaContextWithOIDC): Promise<boolean> {
  if (ctx.path !== routes.introspection || ctx.method !== 'POST') return false;
  ctx.set('Cache-Control', 'no-store');
  const form = (await readForm(ctx.req)) ?? new URLSearchParams();
  const clientId = await authenticate(issuer, ctx.get('authorization'), form);
  if (clientId === undefined) {
    ctx.status = 401;
    ctx.set('WWW-Authenticate', `Basic realm="${issuer.realm.realm}"`);
    ctx.body = {
      error: 'invalid_client',
      error_description: 'Introspection needs a confidential client and its secret.',
    };
    return true;
  }
  const token = form.get('token');
  if (!token) {
    ctx.status = 400;
    ctx.body = { error: 'invalid_request', error_description: 'The parameter token is missing.' };
    return true;
  }
  const claims = await verifyAccessToken(issuer, token);
  const meant = [claims?.aud ?? []].flat().includes(clientId);
  ctx.body = claims && meant ? { ...claims, client_id: claims['azp'], active: true } : { active: false };
  return true;
}

/** The confidential client that a request authenticates, by HTTP Basic (RFC 6749, 2.3.1) or by form fields. */
async function authenticate(issuer: IssuerContext, header: string, form: URLSearchParams): Promise<string | undefined> {
  const basic = /^Basic ([\w+/=]+)$/i.exec(header)?.[1];
  const [id, ...rest] = basic === undefined ? [] : Buffer.from(basic, 'base64').toString('utf8').split(':');
  const clientId = id === undefined ? form.get('client_id') : decode(id);
  const secret = id === undefined ? form.get('client_secret') : decode(rest.join(':'));
  if (!clientId || !secret) return undefined;
  const client = await issuer.provider.Client.find(clientId);
  if (!client || client.clientAuthMethod === 'none') return undefined;
  return (await client.compareClientSecret(secret)) ? clientId : undefined;
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
