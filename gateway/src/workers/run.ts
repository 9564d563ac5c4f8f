import cluster from 'node:cluster';
import type { Log } from '../telemetry/log.js';
import { createLog } from '../telemetry/log.js';
import { supervise } from './supervise.js';

/** What answers: a gateway in this process, or the primary of several that have one. */
export interface Service {
  url: string;
  reload(): unknown;
  stop(): Promise<void>;
}

export interface RunOptions {
  /** Processes that answer. */
  workers: number;
  /** Milliseconds that requests in flight have to finish when the whole is told to end. */
  drainMs: number;
  /** What SIGHUP is taken for: a wish to read everything again, as of a server, or the end of a terminal. */
  hangup: 'reload' | 'stop';
  log: Log;
  /** Starts what answers in this process, be it the only one or a worker. */
  serve: () => Promise<Service>;
}

/** Milliseconds after the time for requests in flight in which a gateway must have closed, and be gone with its workers. */
const closeMs = 800;
const killMs = 900;

/** The gateway's log; with several workers each line says which of them writes. */
export function workerLog(): Log {
  const log = createLog('gateway');
  const worker = cluster.worker?.id;
  return worker === undefined ? log : (level, msg, fields) => log(level, msg, { worker, ...fields });
}

/**
 * Runs this program as one process that answers or as several, until a signal ends it: requests in flight are answered,
 * and the process exits with 0. Resolves when all answer; rejects where they cannot, with a WorkerFailed where a worker
 * has said why.
 */
export async function run({ workers, drainMs, hangup, log, serve }: RunOptions): Promise<Service> {
  const leads = cluster.isPrimary && workers > 1;
  const service = leads ? await supervise({ workers, stopMs: drainMs + killMs, log }) : await serveOrLeave(serve);
  let stopping = false;

  async function stop(reason: string): Promise<void> {
    if (stopping) return;
    stopping = true;
    log('info', 'stopping', { reason });
    // Everything must be closed by then, whoever still waits; a primary sees to it that its workers are.
    if (!leads) setTimeout(() => process.exit(0), drainMs + closeMs).unref();
    await service.stop();
    process.exit(0);
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
  process.on('SIGHUP', () => void (hangup === 'reload' ? service.reload() : stop('SIGHUP')));
  // The launcher that started this process is gone.
  process.on('disconnect', () => void stop('disconnect'));
  log('info', cluster.isWorker ? 'worker ready' : 'ready', {
    url: service.url,
    pid: process.pid,
    ...(leads && { workers }),
  });
  process.send?.({ type: 'ready', url: service.url });
  return service;
}

async function serveOrLeave(serve: () => Promise<Service>): Promise<Service> {
  try {
    return await serve();
  } catch (error) {
    // A worker that cannot start would be kept by its connection to the primary.
    cluster.worker?.disconnect();
    throw error;
  }
}
