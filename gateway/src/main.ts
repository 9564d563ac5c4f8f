import cluster from 'node:cluster';
import { StartError } from './errors.js';
import type { Environment } from './settings.js';
import { readEnvironment, withFlags } from './settings.js';
import { createLog } from './telemetry/log.js';
import { heardCount } from './workers/messages.js';
import { WorkerFailed, supervise } from './workers/supervise.js';

const ownLog = createLog('gateway');
const worker = cluster.worker?.id;
const log: typeof ownLog = (level, msg, fields) => ownLog(level, msg, { ...(worker && { worker }), ...fields });

/** Milliseconds after the time for requests in flight in which a gateway must have closed, and be gone with its workers. */
const closeMs = 800;
const killMs = 900;

/** What runs here: the gateway itself, or the primary of several that do. */
interface Service {
  url: string;
  reload(): unknown;
  stop(): Promise<void>;
}

async function main(): Promise<void> {
  const env = readEnvironment(withFlags(process.env, process.argv.slice(2)));
  const many = cluster.isPrimary && env.LINLI_WORKERS > 1;
  const service = many ? await lead(env) : await serve(env);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(service, env, signal));
  process.on('SIGHUP', () => void service.reload());
  // The launcher that started this process is gone.
  process.on('disconnect', () => void stop(service, env, 'disconnect'));
  log('info', worker ? 'worker ready' : 'ready', {
    url: service.url,
    pid: process.pid,
    ...(many && { workers: env.LINLI_WORKERS }),
  });
  process.send?.({ type: 'ready', url: service.url });
}

function lead(env: Environment): Promise<Service> {
  return supervise({ workers: env.LINLI_WORKERS, stopMs: env.LINLI_DRAIN_MS + killMs, log });
}

async function serve(env: Environment): Promise<Service> {
  // The primary of several does without the gateway's code and memory.
  const { startGateway } = await import('./gateway.js');
  const gateway = await startGateway({
    host: env.HOST,
    port: env.PORT,
    supergraph: env.LINLI_SUPERGRAPH,
    operations: env.LINLI_OPERATIONS,
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
    ...(worker && { workers: heardCount() }),
    issuer: env.LINLI_ISSUER,
    audience: env.LINLI_AUDIENCE,
    assertionKeyFile: env.LINLI_ASSERTION_KEY_FILE,
    log,
  });
  return { url: gateway.url, reload: () => gateway.reload(), stop: () => gateway.close() };
}

let stopping = false;

async function stop(service: Service, env: Environment, reason: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log('info', 'stopping', { reason });
  // Everything must be closed by then, whoever still waits; a primary sees to it that its workers are.
  if (cluster.isWorker || env.LINLI_WORKERS === 1) {
    setTimeout(() => process.exit(0), env.LINLI_DRAIN_MS + closeMs).unref();
  }
  await service.stop();
  process.exit(0);
}

main().catch((error: unknown) => {
  const detail = error instanceof Error ? error.message : String(error);
  // A worker that could not start has said why itself.
  if (!(error instanceof WorkerFailed)) {
    log('error', error instanceof StartError ? detail : `The gateway cannot start: ${detail}`);
  }
  process.exit(1);
});
