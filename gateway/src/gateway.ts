import '@linli/schema/graphql-in-production';
import type { Authenticate } from './authentication/authenticate.js';
import { nobody } from './authentication/authenticate.js';
import { issuerAuthentication } from './authentication/issuer-authentication.js';
import type { IssuerKeys } from './authentication/keys.js';
import { StartError } from './errors.js';
import type { Assert } from './execution/assertion.js';
import { assertionSigner } from './execution/assertion.js';
import type { Health, Probe } from './execution/health.js';
import { healthCheck } from './execution/health.js';
import { explorer } from './explorer/explorer.js';
import { CrossSite } from './http/cross-site.js';
import type { Graph } from './graph.js';
import { listen } from './http/server.js';
import type { HttpTimeouts } from './http/timeouts.js';
import { defaultDrainMs, defaultTimeouts } from './http/timeouts.js';
import { allowInsecure } from './insecure.js';
import type { FindDocument, PersistedOperationsMode } from './operation/documents.js';
import { documentFinder } from './operation/documents.js';
import type { PersistedQueryStore } from './operation/persisted-queries.js';
import { memoryStore } from './operation/persisted-queries.js';
import { pipeline } from './pipeline.js';
import type { GraphSettings } from './serve-graph.js';
import { operationsOf, serveGraph } from './serve-graph.js';
import type { CurrentGraph, Reload } from './supergraph/swap.js';
import { tokenExpiry } from './subscription/expiry.js';
import type { SubscriptionLimits } from './subscription/limits.js';
import { defaultSubscriptionLimits } from './subscription/limits.js';
import { Streams } from './subscription/streams.js';
import type { Log } from './telemetry/log.js';
import { createLog } from './telemetry/log.js';
import type { WorkerCount } from './workers/messages.js';

interface CommonOptions extends GraphSettings {
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 4000; 0 takes any free one. */
  port?: number;
  /** Other origins whose pages may ask; default none. */
  corsOrigins?: readonly string[];
  timeouts?: Partial<HttpTimeouts>;
  /** Whether the `operations` may be asked for by id or hash, or nothing else may. Default `allow`. */
  persistedOperations?: PersistedOperationsMode;
  /** Where clients register documents by their hash (automatic persisted queries); `false`: nowhere. Default: in memory. */
  persistedQueries?: PersistedQueryStore | false;
  /** Whether answers are compressed for clients that take it. Default true. */
  compression?: boolean;
  /** Milliseconds that requests in flight have when the gateway is closed. Default 4000. */
  drainMs?: number;
  /** How many processes answer on this port, told in `/health`. */
  workers?: () => WorkerCount;
  /** What streams of events may cost. */
  subscriptions?: Partial<SubscriptionLimits>;
  log?: Log;
}

interface SecureOptions extends CommonOptions {
  insecure?: false;
  /** URL of the OpenID Connect issuer, exactly as in the tokens' `iss`. */
  issuer: string;
  /** What a token's `aud` must contain. Default `linli-gateway`. */
  audience?: string;
  /** Path of the private JWK (Ed25519, with `kid`) that signs assertions to subgraphs. */
  assertionKeyFile: string;
}

interface InsecureOptions extends CommonOptions {
  /** No identity, no policy, no assertion: for developers of subgraphs. Refused when NODE_ENV is `production`. */
  insecure: true;
}

export type GatewayOptions = SecureOptions | InsecureOptions;

export interface RunningGateway {
  /** Base URL: GraphQL at `/graphql`, health at `/health`, the explorer at `/`. */
  url: string;
  /** Reads the supergraph and the operations now, and serves what is new and passes the checks. Never rejects. */
  reload(): Promise<Reload>;
  /** Stops to accept, lets requests in flight finish within `drainMs`, then frees everything. */
  close(): Promise<void>;
}

/** Starts a gateway over a composed supergraph. Throws a StartError, one clear line, where a setting is wrong. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const log = options.log ?? createLog('gateway');
  const identity = await openIdentity(options, log);
  requireOperations(options);
  const current = await serveGraph(options, identity?.assert, log);
  try {
    const server = await listen({
      host: options.host ?? '127.0.0.1',
      port: options.port ?? 4000,
      service: pipeline({
        authenticate: identity?.authenticate ?? nobody,
        findDocument: documents(options, current),
        declares: identity !== undefined,
        current,
      }),
      health: health(current, identity ? 'health' : 'typename'),
      workers: options.workers,
      explorer: await explorer(identity && { issuer: identity.issuer, metadata: () => identity.keys.metadata() }),
      crossSite: new CrossSite(options.corsOrigins ?? []),
      timeouts: { ...defaultTimeouts, ...options.timeouts },
      streams: new Streams(
        { ...defaultSubscriptionLimits, ...options.subscriptions },
        identity ? tokenExpiry : () => undefined,
        log,
      ),
      compression: options.compression ?? true,
      log,
    });
    return {
      url: server.url,
      reload: () => current.reload(),
      async close() {
        await server.close(options.drainMs ?? defaultDrainMs);
        await current.close();
      },
    };
  } catch (error) {
    await current.close();
    throw error;
  }
}

function requireOperations(options: GatewayOptions): void {
  if (options.persistedOperations === 'only' && operationsOf(options) === undefined) {
    throw new StartError('Only persisted operations are to be served, and none are named. Set "operations".');
  }
}

function documents(options: GatewayOptions, current: CurrentGraph<Graph>): FindDocument {
  const { persistedOperations: mode = 'allow', persistedQueries = memoryStore() } = options;
  const automatic = persistedQueries === false ? undefined : persistedQueries;
  return documentFinder({ mode, manifest: () => current.manifest, automatic });
}

/** The health of the departments that the current supergraph names, and which supergraph that is. */
function health(current: CurrentGraph<Graph>, probe: Probe): () => Promise<Health> {
  const check = healthCheck({ [Symbol.iterator]: () => current.graph.clients.values() }, probe);
  return async () => {
    const lease = current.acquire();
    try {
      return { ...(await check()), ...current.state };
    } finally {
      lease.release();
    }
  };
}

interface Identity {
  issuer: string;
  authenticate: Authenticate;
  assert: Assert;
  keys: IssuerKeys;
}

async function openIdentity(options: GatewayOptions, log: Log): Promise<Identity | undefined> {
  if (options.insecure) {
    allowInsecure(log);
    return undefined;
  }
  const { issuer, audience, assertionKeyFile } = options;
  const assert = await assertionSigner(assertionKeyFile);
  return { issuer, assert, ...issuerAuthentication(issuer, audience) };
}
