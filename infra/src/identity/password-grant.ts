import { errors } from 'oidc-provider';
import type { TokenEndpointGrantContext } from 'oidc-provider';
import { gatewayServer, idClaims, passwordAcr } from './provider.js';
import type { IssuerContext } from './provider.js';
import type { RealmUser } from './realm.js';
import type { Passwords } from './passwords.js';
import { gatewayResource, grantAll, knownScope } from './sessions.js';

interface Parameters {
  username?: string;
  password?: string;
  scope?: string;
}

/**
 * Direct access grant (RFC 6749, 4.3), for the command line and its demo users only: the library lets just the clients
 * through that the realm allows it.
 */
export function registerPasswordGrant(issuer: IssuerContext, passwords: Passwords): void {
  issuer.provider.registerGrantType<Parameters>('password', (ctx) => passwordGrant(issuer, passwords, ctx), [
    'username',
    'password',
    'scope',
  ]);
}

async function passwordGrant(
  issuer: IssuerContext,
  passwords: Passwords,
  ctx: TokenEndpointGrantContext<Parameters>,
): Promise<void> {
  const { provider } = issuer;
  const { client, params } = ctx.oidc;
  if (!params.username || !params.password) throw new errors.InvalidRequest('missing username or password');
  const user = passwords.check(params.username, params.password);
  if (!user) throw new errors.CustomOIDCProviderError('invalid_grant', 'Invalid user credentials');

  const grantId = await grantAll(provider, user.id, client.clientId);
  ctx.oidc.entity('Grant', await provider.Grant.find(grantId));
  const scope = params.scope?.split(' ').includes(knownScope) ? knownScope : '';
  const source = { accountId: user.id, client, grantId, gty: 'password', scope };

  const access = new provider.AccessToken(source);
  access.resourceServer = new provider.ResourceServer(gatewayResource, gatewayServer);
  ctx.oidc.entity('AccessToken', access);
  const refresh = new provider.RefreshToken({ ...source, acr: passwordAcr, resource: gatewayResource });
  ctx.oidc.entity('RefreshToken', refresh);

  const accessToken = await access.save();
  ctx.body = {
    access_token: accessToken,
    expires_in: access.expiration,
    refresh_token: await refresh.save(),
    token_type: access.tokenType,
    ...(scope ? { id_token: await idToken(issuer, ctx, user, grantId) } : {}),
  };
}

async function idToken(
  { provider, realm }: IssuerContext,
  ctx: TokenEndpointGrantContext,
  user: RealmUser,
  sid: string,
) {
  const token = new provider.IdToken(idClaims(realm, ctx, user, sid), { ctx });
  // A writable property of the library's class that its declarations leave out.
  Object.assign(token, { scope: knownScope });
  return token.issue({ use: 'idtoken' });
}
