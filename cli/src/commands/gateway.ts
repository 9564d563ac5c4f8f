import cluster from 'node:cluster';
import { resolve } from 'node:path';
import { defaultDrainMs } from '@linli/gateway/http/timeouts';
import { parseWorkers, workersRule } from '@linli/gateway/workers/count';
import { heardCount } from '@linli/gateway/workers/messages';
import type { Service } from '@linli/gateway/workers/run';
import { run, workerLog } from '@linli/gateway/workers/run';
import { WorkerFailed } from '@linli/gateway/workers/supervise';
import { badOption } from '../errors.js';

export interface GatewayCommandOptions {
  readonly supergraph: string;
  readonly port: string;
  readonly workers?: string;
  readonly insecureNoPolicy?: boolean;
}

/** `linli gateway`: the gateway alone over any supergraph, for developers of subgraphs; until it is told to stop. */
export async function gateway(options: GatewayCommandOptions): Promise<void> {
  const { supergraph, port, insecureNoPolicy } = options;
  if (!insecureNoPolicy) {
    throw badOption(
      'A gateway by itself checks no identity and applies no policy: say --insecure-no-policy if that is meant, or run a whole hub with linli dev.',
    );
  }
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw badOption(`--port ${port} is no port: give a whole number from 0 (any free port) to 65535.`);
  }
  // A variable that is empty is not set.
  const workers = parseWorkers(options.workers || '1');
  if (workers === undefined) throw badOption(`--workers (LINLI_WORKERS) ${workersRule}.`);
  const log = workerLog();
  try {
    // SIGHUP is a terminal that was closed: the supergraph file is watched, and needs no signal.
    const { url } = await run({
      workers,
      drainMs: defaultDrainMs,
      hangup: 'stop',
      log,
      serve: () => serve(options, log),
    });
    if (cluster.isPrimary) console.log(`Gateway over ${supergraph}: ${url}/graphql, health ${url}/health.`);
  } catch (error) {
    // It has said why itself; workers that did start end with this process.
    if (error instanceof WorkerFailed) process.exit(1);
    throw error;
  }
}

async function serve({ supergraph, port }: GatewayCommandOptions, log: ReturnType<typeof workerLog>): Promise<Service> {
  // The primary of several does without the gateway's code and memory.
  const { startGateway } = await import('@linli/gateway/gateway');
  const running = await startGateway({
    insecure: true,
    supergraph: resolve(supergraph),
    port: Number(port),
    ...(cluster.isWorker && { workers: heardCount() }),
    log,
  });
  return { url: running.url, reload: () => running.reload(), stop: () => running.close() };
}
