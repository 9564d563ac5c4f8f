import { fullName, effectiveRoles, userAttribute } from './realm.js';
import type { ProtocolMapper, Realm, RealmClient, RealmUser } from './realm.js';
import { clientOrigins } from './clients.js';

/** Where claims go; each mapper says for itself in which of them it appears. */
export type ClaimUse = 'access' | 'id' | 'userinfo';

/** What is known of the sign-in that a token stands for. */
export interface SignIn {
  /** Authentication context class: `1` for a password or a client secret, as Keycloak says it. */
  acr: string;
  /** Seconds since 1970, present where a person signed in on the login page. */
  authTime?: number;
}

type Claims = Record<string, unknown>;

/**
 * The claims that a client's protocol mappers make of a user, as Keycloak makes them: the mappers of the client's
 * default scopes, then its own. An attribute that the user does not have gives no claim.
 */
export function mappedClaims(
  realm: Realm,
  client: RealmClient,
  user: RealmUser,
  use: ClaimUse,
  signIn: SignIn,
): Claims {
  const claims: Claims = {};
  for (const mapper of mappersOf(realm, client)) {
    if (mapper.config[`${use}.token.claim`] === 'true') applyMapper(claims, mapper, realm, client, user, signIn);
  }
  return claims;
}

/** The scopes Keycloak names in a token: `openid` where it was asked for, and those of the client that say they show. */
export function tokenScope(realm: Realm, client: RealmClient, withOpenId: boolean): string {
  const shown = realm.clientScopes
    .filter((scope) => client.defaultClientScopes.includes(scope.name))
    .filter((scope) => scope.attributes['include.in.token.scope'] !== 'false')
    .map((scope) => scope.name);
  return [...(withOpenId ? ['openid'] : []), ...shown].join(' ');
}

/** The audience that a client's tokens are for, by its audience mappers; empty where it has none. */
export function audienceOf(realm: Realm, client: RealmClient): string[] {
  return mappersOf(realm, client)
    .filter((mapper) => mapper.protocolMapper === 'oidc-audience-mapper')
    .map((mapper) => mapper.config['included.client.audience'] ?? mapper.config['included.custom.audience'] ?? '')
    .filter(Boolean);
}

/** Names of all claims (their first segment) that any mapper of the realm can make. */
export function claimNames(realm: Realm): string[] {
  const mappers = [...realm.clientScopes, ...realm.clients].flatMap((one) => one.protocolMappers);
  const named = mappers.map((mapper) => mapper.config['claim.name']?.split('.')[0] ?? '');
  return [...new Set([...named, 'name', 'sub', 'acr'])].filter(Boolean);
}

function mappersOf(realm: Realm, client: RealmClient): ProtocolMapper[] {
  const scopes = realm.clientScopes.filter((scope) => client.defaultClientScopes.includes(scope.name));
  return [...scopes.flatMap((scope) => scope.protocolMappers), ...client.protocolMappers];
}

function applyMapper(
  claims: Claims,
  mapper: ProtocolMapper,
  realm: Realm,
  client: RealmClient,
  user: RealmUser,
  signIn: SignIn,
) {
  const { config } = mapper;
  switch (mapper.protocolMapper) {
    case 'oidc-sub-mapper':
      return set(claims, 'sub', user.id);
    case 'oidc-acr-mapper':
      return set(claims, 'acr', signIn.acr);
    case 'oidc-usersessionmodel-note-mapper':
      return set(
        claims,
        config['claim.name'],
        config['user.session.note'] === 'AUTH_TIME' ? signIn.authTime : undefined,
      );
    case 'oidc-allowed-origins-mapper': {
      const origins = clientOrigins(client);
      return set(claims, 'allowed-origins', origins.length ? origins : undefined);
    }
    case 'oidc-full-name-mapper':
      return set(claims, 'name', fullName(user) || undefined);
    case 'oidc-usermodel-realm-role-mapper':
      return set(claims, config['claim.name'], effectiveRoles(realm, user));
    case 'oidc-usermodel-attribute-mapper': {
      const values = userAttribute(realm, user, config['user.attribute'] ?? '');
      const value = config['multivalued'] === 'true' ? values : values[0];
      return set(claims, config['claim.name'], values.length ? value : undefined);
    }
    case 'oidc-audience-mapper': {
      const audience = audienceOf(realm, client);
      return set(claims, 'aud', audience.length === 1 ? audience[0] : audience);
    }
  }
}

/** Sets a claim whose name may have dots: `realm_access.roles` nests. */
function set(claims: Claims, name: string | undefined, value: unknown): void {
  if (!name || value === undefined) return;
  const path = name.split('.');
  const last = path.pop() as string;
  let target = claims;
  for (const part of path) target = (target[part] ??= {}) as Claims;
  target[last] = value;
}
