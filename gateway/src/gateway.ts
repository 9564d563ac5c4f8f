import { supergraphFile } from '@linli/schema/files';
import type { Authenticate } from './authentication/authenticate.js';
import { bearerAuthentication, nobody } from './authentication/authenticate.js';
import type { IssuerKeys } from './authentication/keys.js';
import { issuerKeys } from './authentication/keys.js';
import { tokenCache, tokenVerifier } from './authentication/verify.js';
import { StartError } from './errors.js';
import { linliEngine } from './execution/linli-engine.js';
import type { Assert } from './execution/assertion.js';
import { assertionSigner } from './execution/assertion.js';
import { healthCheck } from './execution/health.js';
import { SubgraphClient } from './execution/subgraph-client.js';
import { explorer } from './explorer/explorer.js';
import { CrossSite } from './http/cross-site.js';
import type { HttpTimeouts } from './http/server.js';
import { defaultTimeouts, listen } from './http/server.js';
import type { OperationLimits } from './operation/limits.js';
import { defaultLimits } from './operation/limits.js';
import { operationLoader } from './operation/load.js';
import { pipeline } from './pipeline.js';
import { coarsePolicy } from './policy/coarse.js';
import { noPolicy } from './policy/policy.js';
import { tokenExpiry } from './subscription/expiry.js';
import type { SubscriptionLimits } from './subscription/limits.js';
import { defaultSubscriptionLimits } from './subscription/limits.js';
import { Streams } from './subscription/streams.js';
import { loadSupergraph } from './supergraph/load.js';
import type { Log } from './telemetry/log.js';
import { createLog } from './telemetry/log.js';

interface CommonOptions {
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 4000; 0 takes any free one. */
  port?: number;
  /** Path of the composed supergraph; default the committed one of `schema/`. */
  supergraph?: string;
  /** URL by subgraph name, in place of the supergraph's. */
  subgraphUrls?: Readonly<Record<string, string>>;
  /** Milliseconds a subgraph has for one answer. Default 5000. */
  subgraphTimeoutMs?: number;
  /** Bytes of one answer of a subgraph. Default 50 MB. */
  maxSubgraphResponseBytes?: number;
  /** Other origins whose pages may ask; default none. */
  corsOrigins?: readonly string[];
  limits?: Partial<OperationLimits>;
  timeouts?: Partial<HttpTimeouts>;
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
  /** Lets requests in flight finish within four seconds, then frees everything. */
  close(): Promise<void>;
}

const megabyte = 1024 * 1024;
const closeGrace = 4000;

/** Starts a gateway over a composed supergraph. Throws a StartError, one clear line, where a setting is wrong. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const log = options.log ?? createLog('gateway');
  const identity = await openIdentity(options, log);
  const supergraph = await loadSupergraph(options.supergraph ?? supergraphFile, options.subgraphUrls ?? {});
  const clients = new Map(
    supergraph.subgraphs.map((subgraph) => [
      subgraph.name,
      new SubgraphClient(subgraph, {
        timeoutMs: options.subgraphTimeoutMs ?? 5000,
        maxResponseBytes: options.maxSubgraphResponseBytes ?? 50 * megabyte,
      }),
    ]),
  );
  const closeClients = () => Promise.all([...clients.values()].map((client) => client.close()));
  const insecure = identity === undefined;
  try {
    const engine = linliEngine(supergraph, { clients, assert: identity?.assert, showInternalErrors: insecure, log });
    if (!insecure && supergraph.classification.size === 0) {
      log('warn', 'the supergraph classifies no field: nothing is public, every operation needs a token');
    }
    const service = pipeline({
      authenticate: identity?.authenticate ?? nobody,
      loadOperation: operationLoader(supergraph.apiSchema, { ...defaultLimits, ...options.limits }),
      policy: insecure ? noPolicy : coarsePolicy(supergraph.apiSchema, supergraph.classification),
      engine,
      schema: supergraph.apiSchema,
    });
    const server = await listen({
      host: options.host ?? '127.0.0.1',
      port: options.port ?? 4000,
      service,
      health: healthCheck([...clients.values()], insecure ? 'typename' : 'health'),
      explorer: await explorer(identity && { issuer: identity.issuer, metadata: () => identity.keys.metadata() }),
      crossSite: new CrossSite(options.corsOrigins ?? []),
      timeouts: { ...defaultTimeouts, ...options.timeouts },
      streams: new Streams(
        { ...defaultSubscriptionLimits, ...options.subscriptions },
        insecure ? () => undefined : tokenExpiry,
        log,
      ),
      log,
    });
    return {
      url: server.url,
      async close() {
        await server.close(closeGrace);
        await closeClients();
      },
    };
  } catch (error) {
    await closeClients();
    throw error;
  }
}

interface Identity {
  issuer: string;
  authenticate: Authenticate;
  assert: Assert;
  keys: IssuerKeys;
}

async function openIdentity(options: GatewayOptions, log: Log): Promise<Identity | undefined> {
  if (options.insecure) {
    if (process.env['NODE_ENV'] === 'production') {
      throw new StartError(
        'A gateway without identity and policy does not run with NODE_ENV=production. Unset NODE_ENV to develop, or run the hub.',
      );
    }
    log('warn', 'INSECURE: no identity, no policy. Everybody who reaches this gateway reads and changes everything.');
    return undefined;
  }
  const { issuer, audience = 'linli-gateway', assertionKeyFile } = options;
  const assert = await assertionSigner(assertionKeyFile);
  const cache = tokenCache();
  const keys = issuerKeys(issuer, () => cache.clear());
  return { issuer, assert, keys, authenticate: bearerAuthentication(tokenVerifier({ issuer, audience, keys, cache })) };
}
