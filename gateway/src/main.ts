import { StartError } from './errors.js';
import type { RunningGateway } from './gateway.js';
import { startGateway } from './gateway.js';
import { readEnvironment } from './settings.js';
import { createLog } from './telemetry/log.js';

const log = createLog('gateway');
/** Everything must be closed by then, whoever still waits. */
const exitAfter = 4800;

async function main(): Promise<void> {
  const env = readEnvironment(process.env);
  const gateway = await startGateway({
    host: env.HOST,
    port: env.PORT,
    supergraph: env.LINLI_SUPERGRAPH,
    operations: env.LINLI_OPERATIONS,
    overrideLabels: env.LINLI_OVERRIDE_LABELS,
    subgraphUrls: env.LINLI_SUBGRAPH_URLS,
    subgraphTimeoutMs: env.LINLI_SUBGRAPH_TIMEOUT_MS,
    corsOrigins: env.LINLI_CORS_ORIGINS,
    issuer: env.LINLI_ISSUER,
    audience: env.LINLI_AUDIENCE,
    assertionKeyFile: env.LINLI_ASSERTION_KEY_FILE,
    log,
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(gateway, signal));
  process.on('SIGHUP', () => void gateway.reload());
  // The launcher that started this process is gone.
  process.on('disconnect', () => void stop(gateway, 'disconnect'));
  log('info', 'ready', { url: gateway.url });
  process.send?.({ type: 'ready', url: gateway.url });
}

let stopping = false;

async function stop(gateway: RunningGateway, reason: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log('info', 'stopping', { reason });
  setTimeout(() => process.exit(0), exitAfter).unref();
  await gateway.close();
  process.exit(0);
}

main().catch((error: unknown) => {
  const detail = error instanceof Error ? error.message : String(error);
  log('error', error instanceof StartError ? detail : `The gateway cannot start: ${detail}`);
  process.exit(1);
});
