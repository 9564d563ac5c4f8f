import type { Log } from '../service/log.js';
import type { Transactional } from '../writing/transaction.js';
import { runIfDue, type Job } from './job.js';

/** Milliseconds between two looks at what is due. */
const pause = 2000;

/**
 * Looks at the jobs time and again; every process of a department does, and each job runs in one of them.
 * @returns ends it, when the job that runs now is done
 */
export function startJobs<Client extends Transactional>(
  client: Client,
  jobs: readonly Job<Client>[],
  log: Log,
): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = async () => {
    for (const job of jobs) {
      if (stopped) return;
      try {
        await runIfDue(client, job, new Date());
      } catch (error) {
        log('error', 'a job failed and is tried again', { job: job.name, error: (error as Error).name });
      }
    }
  };
  const next = () => {
    if (stopped || jobs.length === 0) return;
    timer = setTimeout(() => {
      running = look().then(next);
    }, pause);
  };
  next();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
