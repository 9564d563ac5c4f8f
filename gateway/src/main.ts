import cluster from 'node:cluster';
import { StartError } from './errors.js';
import type { Environment } from './settings.js';
import { readEnvironment, withFlags } from './settings.js';
import { heardCount } from './workers/messages.js';
import type { Service } from './workers/run.js';
import { run, workerLog } from './workers/run.js';
import { WorkerFailed } from './workers/supervise.js';

const log = workerLog();

async function main(): Promise<void> {
  const env = readEnvironment(withFlags(process.env, process.argv.slice(2)));
  await run({
    workers: env.LINLI_WORKERS,
    drainMs: env.LINLI_DRAIN_MS,
    hangup: 'reload',
    log,
    serve: () => serve(env),
  });
}

async function serve(env: Environment): Promise<Service> {
  // The primary of several does without the gateway's code and memory.
  const { startGateway } = await import('./gateway.js');
  const gateway = await startGateway({
    host: env.HOST,
    port: env.PORT,
    supergraph: env.LINLI_SUPERGRAPH,
    operations: env.LINLI_OPERATIONS,
    policies: env.LINLI_POLICIES,
    disclosures: env.LINLI_DISCLOSURES_URL,
    emergencyMinutes: env.LINLI_EMERGENCY_MINUTES,
    bulkLimits: env.LINLI_BULK_LIMITS,
    persistedOperations: env.LINLI_PERSISTED_OPERATIONS,
    ...(!env.LINLI_PERSISTED_QUERIES && { persistedQueries: false }),
    overrideLabels: env.LINLI_OVERRIDE_LABELS,
    subgraphUrls: env.LINLI_SUBGRAPH_URLS,
    subgraphTimeoutMs: env.LINLI_SUBGRAPH_TIMEOUT_MS,
    subgraphTimeoutsMs: env.LINLI_SUBGRAPH_TIMEOUTS_MS,
    requestTimeoutMs: env.LINLI_REQUEST_TIMEOUT_MS,
    shareInFlight: env.LINLI_SHARE_IN_FLIGHT,
    corsOrigins: env.LINLI_CORS_ORIGINS,
    compression: env.LINLI_COMPRESSION,
    drainMs: env.LINLI_DRAIN_MS,
    subscriptions: {
      connections: env.LINLI_STREAMS,
      operationsPerConnection: env.LINLI_STREAM_OPERATIONS,
      messageBytes: env.LINLI_STREAM_MESSAGE_BYTES,
      bufferedBytes: env.LINLI_STREAM_BUFFER_BYTES,
      initialisationMs: env.LINLI_STREAM_INIT_MS,
      heartbeatMs: env.LINLI_STREAM_HEARTBEAT_MS,
    },
    ...(cluster.isWorker && { workers: heardCount() }),
    issuer: env.LINLI_ISSUER,
    audience: env.LINLI_AUDIENCE,
    assertionKeyFile: env.LINLI_ASSERTION_KEY_FILE,
    log,
  });
  return { url: gateway.url, reload: () => gateway.reload(), stop: () => gateway.close() };
}

main().catch((error: unknown) => {
  const detail = error instanceof Error ? error.message : String(error);
  // A worker that could not start has said why itself.
  if (!(error instanceof WorkerFailed)) {
    log('error', error instanceof StartError ? detail : `The gateway cannot start: ${detail}`);
  }
  process.exit(1);
});
