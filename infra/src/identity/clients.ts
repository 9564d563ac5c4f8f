import type { ClientMetadata } from 'oidc-provider';
import { IdentityError } from './errors.js';
import type { Realm, RealmClient } from './realm.js';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The realm's clients in the form of OpenID Connect Dynamic Client Registration; a client that only names an audience
 * (bearer-only) asks for no token and is left out.
 *
 * @param environment where `${NAME}` in a client's secret is looked up, as Keycloak does when it imports
 * @throws IdentityError `IDENTITY_SETTING` when a secret's variable is not set
 */
export function clientMetadata(realm: Realm, environment: NodeJS.ProcessEnv): ClientMetadata[] {
  return realm.clients
    .filter((client) => client.enabled && !client.bearerOnly)
    .map((client) => ({
      client_id: client.clientId,
      client_name: client.name,
      application_type: 'web',
      grant_types: grantTypes(client),
      response_types: client.standardFlowEnabled ? ['code'] : [],
      redirect_uris: client.standardFlowEnabled ? client.redirectUris : [],
      ...(client.publicClient
        ? { token_endpoint_auth_method: 'none' }
        : { token_endpoint_auth_method: 'client_secret_basic', client_secret: clientSecret(client, environment) }),
    }));
}

function grantTypes(client: RealmClient): string[] {
  const person = client.standardFlowEnabled || client.directAccessGrantsEnabled;
  return [
    ...(client.standardFlowEnabled ? ['authorization_code'] : []),
    ...(client.directAccessGrantsEnabled ? ['password'] : []),
    ...(person ? ['refresh_token'] : []),
    ...(client.serviceAccountsEnabled ? ['client_credentials'] : []),
  ];
}

function clientSecret(client: RealmClient, environment: NodeJS.ProcessEnv): string {
  const secret = client.secret?.replace(/\$\{(\w+)\}/g, (_, name: string) => environment[name] ?? '');
  if (secret) return secret;
  const variable = /\$\{(\w+)\}/.exec(client.secret ?? '')?.[1];
  throw new IdentityError(
    'IDENTITY_SETTING',
    variable
      ? `${variable} is not set; it holds the secret of the client ${client.clientId}. Set it to a long random text.`
      : `The client ${client.clientId} is confidential and has no secret in the realm file; give it one.`,
  );
}

/**
 * Whether a URI is one of a client's, by Keycloak's rules: exact, or with `*` at the end for any rest; on a loopback
 * address the port is free (RFC 8252, 7.3).
 */
export function redirectAllowed(patterns: readonly string[], uri: string): boolean {
  let url: URL;
  try {
    url = new URL(uri);
  } catch {
    return false;
  }
  // A user part or an encoded step upwards makes one prefix look like another.
  if (url.username || url.password || /%2e|%2f|%5c|\\|\/\.\.?(\/|$|\?|#)/i.test(uri)) return false;
  const candidates = [uri];
  if (url.protocol === 'http:' && loopbackHosts.has(url.hostname)) {
    candidates.push(`${url.protocol}//${url.hostname}${uri.slice(url.protocol.length + 2 + url.host.length)}`);
  }
  return candidates.some((one) => patterns.some((pattern) => matches(pattern, one)));
}

/** The URIs a client may be sent to after logout; `+` in the realm file stands for its redirect URIs. */
export function logoutPatterns(client: RealmClient): string[] {
  const text = client.attributes['post.logout.redirect.uris'] ?? '';
  return text.split('##').flatMap((one) => (one === '+' ? client.redirectUris : one ? [one] : []));
}

function matches(pattern: string, uri: string): boolean {
  if (!pattern.endsWith('*')) return pattern === uri;
  const prefix = pattern.slice(0, -1);
  return uri.startsWith(prefix) || uri === prefix.replace(/\/$/, '');
}

/** The web origins of a client, `+` replaced by those of its redirect URIs. */
export function clientOrigins(client: RealmClient): string[] {
  const origins = client.webOrigins.flatMap((one) => (one === '+' ? client.redirectUris.map(originOf) : [one]));
  return [...new Set(origins)];
}

/** Whether a page of that origin may read answers made for the client; any port on a loopback address without one. */
export function originAllowed(client: RealmClient, origin: string): boolean {
  const allowed = clientOrigins(client);
  if (allowed.includes('*') || allowed.includes(origin)) return true;
  const withoutPort = origin.replace(/:\d+$/, '');
  const loopback = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])$/.test(withoutPort);
  return loopback && allowed.includes(withoutPort);
}

function originOf(pattern: string): string {
  return new URL(pattern.replace(/\*$/, '')).origin;
}
