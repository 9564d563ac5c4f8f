import type { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { IdentityError } from './errors.js';
import { handleIntrospection } from './introspection.js';
import { loadKeys } from './keys.js';
import { handleLogin } from './login.js';
import { handleLogout } from './logout.js';
import { registerPasswordGrant } from './password-grant.js';
import { Passwords } from './passwords.js';
import { makeProvider } from './provider.js';
import type { Realm } from './realm.js';
import { completeTokenResponse } from './token-response.js';
import { handleUserinfo } from './userinfo.js';

export interface IssuerOptions {
  realm: Realm;
  /** Directory of the issuer's keys; made when missing. */
  directory: string;
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** The issuer's URL as clients see it; by default `http://HOST:PORT/realms/REALM`. */
  url?: string | undefined;
  /** Where `${NAME}` in client secrets is looked up, and `NODE_ENV`. */
  environment: NodeJS.ProcessEnv;
  /** Told of errors that are the issuer's own, never of what a client did wrong. */
  onError?: (error: Error) => void;
}

export interface RunningIssuer {
  /** `iss` of every token. */
  readonly issuer: string;
  /** Where it listens, for example `http://127.0.0.1:4180`. */
  readonly address: string;
  /** Stops accepting, finishes requests in flight. */
  close(): Promise<void>;
}

/**
 * Starts the embedded issuer: OpenID Connect at Keycloak's paths and with Keycloak's claims, out of a realm file. For
 * development and demonstration; in production Keycloak itself takes its place.
 *
 * @throws IdentityError `IDENTITY_PRODUCTION`, `IDENTITY_KEYS`, `IDENTITY_REALM`, `IDENTITY_SETTING`, `IDENTITY_PORT_IN_USE`
 */
export async function startIssuer(options: IssuerOptions): Promise<RunningIssuer> {
  refuseProduction(options.environment);
  const keys = await loadKeys(options.directory);
  // The issuer's URL may hold the port that listening gives, so the requests' handler comes after.
  let handle: RequestListener = (_request, response) => response.writeHead(503).end();
  const server = createServer((request, response) => void handle(request, response));
  await listen(server, options.host, options.port);
  try {
    const { port } = server.address() as AddressInfo;
    const address = `http://${urlHost(options.host)}:${port}`;
    const issuer = options.url ?? `${address}/realms/${options.realm.realm}`;
    requireRealmPath(issuer, options.realm);
    handle = makeHandler(issuer, options, keys);
    return { issuer, address, close: () => close(server) };
  } catch (error) {
    await close(server);
    throw error;
  }
}

function makeHandler(
  issuer: string,
  options: IssuerOptions,
  keys: Awaited<ReturnType<typeof loadKeys>>,
): RequestListener {
  const context = makeProvider(options.realm, keys, issuer, options.environment);
  const passwords = new Passwords(options.realm);
  registerPasswordGrant(context, passwords);
  context.provider.use(async (ctx, next) => {
    // The library's own context; `oidc` is filled in as soon as one of its routes is matched.
    const request = ctx as unknown as KoaContextWithOIDC;
    if (await handleUserinfo(context, request)) return;
    if (await handleIntrospection(context, request)) return;
    if (await handleLogin(context, passwords, request)) return;
    if (await handleLogout(context, request)) return;
    await next();
    completeTokenResponse(context, request);
  });
  context.provider.on('server_error', (_ctx, error) => options.onError?.(error));
  // Koa's own event, for what was thrown outside the library's routes.
  (context.provider as EventEmitter).on('error', (error: Error) => options.onError?.(error));
  return mount(new URL(issuer).pathname, context.provider.callback());
}

/** Serves health at the top and the realm below its path; the library wants the path without the realm's part. */
function mount(base: string, realm: (...request: Parameters<RequestListener>) => Promise<void>): RequestListener {
  return (request, response) => {
    const url = request.url ?? '/';
    if (url === '/health') {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"up"}');
      return;
    }
    if (!url.startsWith(`${base}/`)) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not_found"}');
      return;
    }
    Object.assign(request, { originalUrl: url, url: url.slice(base.length) });
    void realm(request, response);
  };
}

function refuseProduction(environment: NodeJS.ProcessEnv): void {
  if (environment['NODE_ENV'] !== 'production') return;
  throw new IdentityError(
    'IDENTITY_PRODUCTION',
    'The embedded issuer is for development and does not run with NODE_ENV=production: import infra/keycloak/realm.json into Keycloak and set LINLI_ISSUER to its realm, as docs/identity.md says.',
  );
}

function requireRealmPath(issuer: string, { realm }: Realm): void {
  if (new URL(issuer).pathname.endsWith(`/realms/${realm}`)) return;
  throw new IdentityError(
    'IDENTITY_SETTING',
    `LINLI_ISSUER_URL is ${issuer}, and the realm file holds realm ${realm}: let it end with /realms/${realm}.`,
  );
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const inUse = `Port ${port} on ${host} is in use: stop what uses it, or set PORT to another.`;
      const other = `Cannot listen on ${host} port ${port} (${cause.code ?? cause.message}): set HOST and PORT to an address of this machine.`;
      const taken = cause.code === 'EADDRINUSE';
      reject(new IdentityError(taken ? 'IDENTITY_PORT_IN_USE' : 'IDENTITY_SETTING', taken ? inUse : other, { cause }));
    });
    server.listen(port, host, resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
