import type { Log } from './log.js';
import { StartError } from '../errors.js';

/** What runs until it is told to stop. */
export interface Running {
  url: string;
  close(): Promise<void>;
}

/** What a launcher hears from a service it forked. */
export type ServiceMessage =
  { type: 'progress'; text: string; done?: number; total?: number } | { type: 'ready'; url: string };

export function tell(message: ServiceMessage): void {
  if (process.connected) process.send?.(message);
}

const stopWithin = 5000;

/**
 * Runs a service as a process: says when it is ready, stops on SIGTERM, SIGINT, or when its launcher is gone, and
 * ends with exit code 1 and one clear line when it cannot start.
 */
export async function runService(log: Log, start: () => Promise<Running>): Promise<void> {
  let running: Running | undefined;
  let stopping = false;
  const stop = async (reason: string) => {
    if (stopping) return;
    stopping = true;
    log('info', 'stopping', { reason });
    setTimeout(() => process.exit(0), stopWithin).unref();
    await running?.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
  process.on('disconnect', () => void stop('launcher gone'));
  try {
    running = await start();
    log('info', 'ready', { url: running.url });
    tell({ type: 'ready', url: running.url });
  } catch (error) {
    if (error instanceof StartError) log('error', error.message);
    else log('error', `cannot start: ${(error as Error).message}`, { stack: (error as Error).stack });
    process.exitCode = 1;
    process.exit();
  }
}
