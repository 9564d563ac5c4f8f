import type { Worker } from 'node:cluster';
import cluster from 'node:cluster';
import { StartError } from '../errors.js';
import type { Log } from '../telemetry/log.js';
import type { BackoffTimes } from './backoff.js';
import { Backoff, defaultBackoff } from './backoff.js';
import { countMessage, readyUrl } from './messages.js';

export interface SuperviseOptions {
  /** Processes that answer. */
  workers: number;
  /** Milliseconds that workers have to end when asked to; then they are killed. */
  stopMs: number;
  backoff?: BackoffTimes;
  log: Log;
}

/** Workers that answer on one port. */
export interface Supervised {
  url: string;
  /** Has every worker read its supergraph again. */
  reload(): void;
  /** Has every worker finish what it has begun and end; resolves when the last one has. */
  stop(): Promise<void>;
}

/**
 * Runs this very program in several processes (node:cluster), and a new one in place of each that dies. Resolves when all
 * answer. Rejects with a StartError when the first one does not: it has told the reason, and the others would tell the same.
 */
export async function supervise(options: SuperviseOptions): Promise<Supervised> {
  const supervisor = new Supervisor(options);
  const url = await supervisor.start();
  return { url, reload: () => supervisor.signal('SIGHUP'), stop: () => supervisor.stop() };
}

class Supervisor {
  /** Workers that run, and whether they answer yet. */
  readonly #running = new Map<Worker, { answers: boolean; since: number }>();
  readonly #backoff: Backoff;
  readonly #replacements = new Set<NodeJS.Timeout>();
  #stopping = false;
  #allGone: () => void = () => undefined;

  constructor(readonly options: SuperviseOptions) {
    this.#backoff = new Backoff(options.backoff ?? defaultBackoff);
  }

  async start(): Promise<string> {
    // A wrong setting is told once, by the first worker, not by each.
    const url = await this.#fork(true);
    await Promise.all(Array.from({ length: this.options.workers - 1 }, () => this.#fork(true)));
    return url;
  }

  /** Starts a worker; resolves with its URL when it answers. Rejects when it ends before, if it is not to be replaced. */
  #fork(first: boolean): Promise<string> {
    const worker = cluster.fork();
    const state = { answers: false, since: Date.now() };
    this.#running.set(worker, state);
    return new Promise((resolve, reject) => {
      worker.on('message', (message) => {
        const url = readyUrl(message);
        if (url === undefined) return;
        state.answers = true;
        resolve(url);
        this.#tellCount();
      });
      worker.on('exit', (code, signal) => {
        this.#running.delete(worker);
        if (this.#running.size === 0) this.#allGone();
        if (this.#stopping) return;
        if (first && !state.answers) return reject(new WorkerFailed());
        this.#tellCount();
        this.#replace(Date.now() - state.since, { pid: worker.process.pid, code, signal });
      });
    });
  }

  #replace(livedMs: number, died: Readonly<Record<string, unknown>>): void {
    const waitMs = this.#backoff.after(livedMs);
    this.options.log('error', 'a worker died and is replaced', { ...died, waitMs });
    const timer = setTimeout(() => {
      this.#replacements.delete(timer);
      void this.#fork(false);
    }, waitMs);
    this.#replacements.add(timer);
  }

  #tellCount(): void {
    const alive = [...this.#running.values()].filter(({ answers }) => answers).length;
    for (const worker of this.#running.keys()) {
      if (worker.isConnected()) worker.send(countMessage({ alive, of: this.options.workers }));
    }
  }

  signal(signal: NodeJS.Signals): void {
    for (const worker of this.#running.keys()) worker.process.kill(signal);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    for (const timer of this.#replacements) clearTimeout(timer);
    if (this.#running.size === 0) return;
    const gone = new Promise<void>((resolve) => (this.#allGone = resolve));
    const cut = setTimeout(() => this.signal('SIGKILL'), this.options.stopMs);
    this.signal('SIGTERM');
    await gone;
    clearTimeout(cut);
  }
}

/** A worker ended before it answered, and has said why. */
export class WorkerFailed extends StartError {
  constructor() {
    super('A worker ended before it answered; its own line says why.');
  }
}
