import { randomUUID } from 'node:crypto';
import Provider from 'oidc-provider';
import type {
  AccessToken,
  AccountClaims,
  Client,
  ClientCredentials,
  Configuration,
  JWTStructured,
  KoaContextWithOIDC,
  ResourceServer,
} from 'oidc-provider';
import { audienceOf, claimNames, mappedClaims, tokenScope } from './claims.js';
import type { SignIn } from './claims.js';
import { clientMetadata, logoutPatterns, originAllowed, redirectAllowed } from './clients.js';
import { IdentityError } from './errors.js';
import type { IssuerKeys } from './keys.js';
import { errorPage, logoutPage, signedOutPage, sendPage } from './pages.js';
import type { Realm, RealmClient, RealmUser } from './realm.js';
import { gatewayResource, grantAll, knownScope } from './sessions.js';
import { memoryStore } from './store.js';

const paths = '/protocol/openid-connect';

/** Keycloak's paths below the realm's URL. */
export const routes = {
  authorization: `${paths}/auth`,
  token: `${paths}/token`,
  userinfo: `${paths}/userinfo`,
  jwks: `${paths}/certs`,
  introspection: `${paths}/token/introspect`,
  end_session: `${paths}/logout`,
} as const;

/** Where the login page lives; the rest of the path is the interaction's id. */
export const loginPath = '/login-actions/authenticate';

/** Authentication context class of a password or a client secret, as Keycloak says it. */
export const passwordAcr = '1';

/** How access tokens are made: signed JWTs for the gateway. The audience here is replaced by the realm's mappers. */
export const gatewayServer: ResourceServer = {
  scope: knownScope,
  audience: gatewayResource,
  accessTokenFormat: 'jwt',
  jwt: { sign: { alg: 'RS256' } },
};

/** What every room of the issuer works with. */
export interface IssuerContext {
  readonly provider: Provider;
  readonly realm: Realm;
  readonly keys: IssuerKeys;
  readonly issuer: string;
}

/** The realm's client of that id; the library only asks for clients that were handed to it. */
export function realmClient(realm: Realm, clientId: string | undefined): RealmClient {
  const found = realm.clients.find((one) => one.clientId === clientId);
  if (!found) throw new IdentityError('IDENTITY_REALM', `The realm has no client ${clientId ?? '(none)'}.`);
  return found;
}

/** The library set up from a realm: its clients, lifespans and claims, at Keycloak's paths. */
export function makeProvider(
  realm: Realm,
  keys: IssuerKeys,
  issuer: string,
  environment: NodeJS.ProcessEnv,
): IssuerContext {
  const clients = clientMetadata(realm, environment);
  for (const { client_id } of clients) requireAudience(realm, client_id);
  // The callbacks below run after the constructor returned, so they may name what it made.
  const provider: Provider = new Provider(issuer, {
    ...configuration(realm, keys, new URL(issuer).pathname),
    clients,
    loadExistingGrant: async (ctx) => existingGrant(provider, ctx),
  });
  const clientOf = (client: Client) => realmClient(realm, client.clientId);
  provider.Client.prototype.redirectUriAllowed = function (this: Client, uri: string) {
    return redirectAllowed(clientOf(this).redirectUris, uri);
  };
  provider.Client.prototype.postLogoutRedirectUriAllowed = function (this: Client, uri: string) {
    return redirectAllowed(logoutPatterns(clientOf(this)), uri);
  };
  return { provider, realm, keys, issuer };
}

function configuration(realm: Realm, keys: IssuerKeys, base: string): Configuration {
  const user = (id: string) => realm.users.find((one) => one.id === id && one.enabled);
  return {
    adapter: memoryStore(),
    jwks: { keys: [keys.signing] },
    cookies: {
      keys: [keys.cookies],
      names: { session: 'linli_session', interaction: 'linli_login', resume: 'linli_resume' },
    },
    routes,
    scopes: [knownScope],
    acrValues: [passwordAcr],
    claims: { [knownScope]: ['azp', 'sid', 'typ', 'jti', 'auth_time', ...claimNames(realm)] },
    responseTypes: ['code'],
    pkce: { required: (_ctx, client) => client.clientAuthMethod === 'none' },
    clientDefaults: { id_token_signed_response_alg: 'RS256' },
    enabledJWA: { idTokenSigningAlgValues: ['RS256'] },
    clientBasedCORS: (_ctx, origin, client) => originAllowed(realmClient(realm, client.clientId), origin),
    interactions: { url: (_ctx, interaction) => `${base}${loginPath}/${interaction.uid}` },
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: () => realm.revokeRefreshToken,
    ttl: {
      AccessToken: realm.accessTokenLifespan,
      ClientCredentials: realm.accessTokenLifespan,
      IdToken: realm.accessTokenLifespan,
      AuthorizationCode: realm.accessCodeLifespan,
      Interaction: realm.accessCodeLifespanLogin,
      RefreshToken: realm.ssoSessionIdleTimeout,
      Session: realm.ssoSessionMaxLifespan,
      Grant: realm.ssoSessionMaxLifespan,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      userinfo: { enabled: true },
      introspection: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => gatewayResource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => gatewayServer,
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => sendPage(ctx, logoutPage(form, nextAfterLogout(ctx))),
        postLogoutSuccessSource: (ctx) => sendPage(ctx, signedOutPage()),
      },
    },
    findAccount: (ctx, sub, token) => {
      const found = user(sub);
      if (!found) return undefined;
      return {
        accountId: sub,
        claims: (use) =>
          use === 'id_token'
            ? idClaims(realm, ctx, found, token?.grantId)
            : {
                sub,
                ...mappedClaims(realm, realmClient(realm, ctx.oidc.client?.clientId), found, 'userinfo', signInOf(ctx)),
              },
      };
    },
    formats: {
      customizers: {
        jwt: (ctx, token, jwt) => {
          const client = realmClient(realm, token.clientId);
          keycloakClaims(realm, client, subjectOf(realm, client, token), signInOf(ctx), token, jwt);
        },
      },
    },
    renderError: (ctx, out) => sendPage(ctx, errorPage(out.error, out.error_description ?? '')),
  };
}

/** The claims of an ID token, as Keycloak writes them. */
export function idClaims(
  realm: Realm,
  ctx: KoaContextWithOIDC,
  user: RealmUser,
  sid: string | undefined,
): AccountClaims {
  const client = realmClient(realm, ctx.oidc.client?.clientId);
  return {
    ...mappedClaims(realm, client, user, 'id', signInOf(ctx)),
    sub: user.id,
    typ: 'ID',
    jti: randomUUID(),
    azp: client.clientId,
    sid,
  };
}

/** Replaces what the library would say in an access token by what Keycloak says. */
function keycloakClaims(
  realm: Realm,
  client: RealmClient,
  user: RealmUser,
  signIn: SignIn,
  token: AccessToken | ClientCredentials,
  jwt: JWTStructured,
): void {
  const { jti, iat, exp, iss } = jwt.payload;
  const withOpenId = token.scope?.split(' ').includes('openid') ?? false;
  jwt.header = { ...jwt.header, typ: 'JWT' };
  jwt.payload = {
    exp,
    iat,
    jti,
    iss,
    typ: 'Bearer',
    azp: client.clientId,
    ...('grantId' in token && token.grantId ? { sid: token.grantId } : {}),
    scope: tokenScope(realm, client, withOpenId),
    ...mappedClaims(realm, client, user, 'access', signIn),
  };
}

function subjectOf(realm: Realm, client: RealmClient, token: AccessToken | ClientCredentials): RealmUser {
  const found = realm.users.find((one) =>
    'accountId' in token ? one.id === token.accountId : one.serviceAccountClientId === client.clientId,
  );
  if (!found)
    throw new IdentityError('IDENTITY_REALM', `The realm has no service account user for ${client.clientId}.`);
  return found;
}

function signInOf(ctx: KoaContextWithOIDC): SignIn {
  const { AuthorizationCode, RefreshToken } = ctx.oidc.entities;
  const authTime = AuthorizationCode?.authTime ?? RefreshToken?.authTime;
  return { acr: passwordAcr, ...(authTime ? { authTime } : {}) };
}

/** The address a logout leads to; the library has checked it against the client's. */
function nextAfterLogout(ctx: KoaContextWithOIDC): string | undefined {
  const next = ctx.oidc.params?.['post_logout_redirect_uri'];
  return typeof next === 'string' ? next : undefined;
}

async function existingGrant(provider: Provider, ctx: KoaContextWithOIDC) {
  const { session, client, account } = ctx.oidc;
  if (!session || !client || !account) return undefined;
  const known = session.grantIdFor(client.clientId);
  const found = known === undefined ? undefined : await provider.Grant.find(known);
  return found ?? provider.Grant.find(await grantAll(provider, account.accountId, client.clientId));
}

function requireAudience(realm: Realm, clientId: string): void {
  if (audienceOf(realm, realmClient(realm, clientId)).length) return;
  throw new IdentityError(
    'IDENTITY_REALM',
    `The client ${clientId} has no audience mapper, so no service would take its tokens; add its client scope "linli".`,
  );
}
