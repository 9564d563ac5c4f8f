import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync } from 'node:fs';
import { z } from 'zod';
import { serviceFailed } from '../errors.js';
import { lastWords, logSize, openLog } from './logs.js';

/** One program of the hub and what it is started with. */
export interface ServiceSpec {
  readonly name: string;
  /** Its compiled entry file. */
  readonly entry: string;
  /** All of its environment: nothing of the launcher's own is handed on. */
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
}

export type ServiceState = 'starting' | 'ready' | 'restarting' | 'stopping' | 'stopped';

export interface ServiceProgress {
  readonly text: string;
  readonly done?: number;
  readonly total?: number;
}

/** What is told about a service while it runs. */
export interface ServiceEvents {
  progress?(service: Service, progress: ServiceProgress): void;
  /** It became ready, stopped, or has a new process. */
  changed?(service: Service): void;
  /** Its process said something that is not about itself. */
  said?(service: Service, message: unknown): void;
  /** It ended by itself and is started again after that many milliseconds. */
  died?(service: Service, reason: string, delay: number): void;
}

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), url: z.string() }),
  z.object({
    type: z.literal('progress'),
    text: z.string(),
    done: z.number().optional(),
    total: z.number().optional(),
  }),
]);

const firstDelay = 1_000;
const longestDelay = 30_000;
/** How long a service must have been up to count as healthy, so that its next death starts from the first delay. */
const healthyAfter = 60_000;
const graceful = 6_000;

/**
 * Runs one program as a child process and keeps it running. A program that fails at its very first start has a bad
 * setting or bad data, which starting again does not mend: that is reported. One that dies later is started again on
 * the same port, ever more slowly.
 */
export class Service {
  state: ServiceState = 'stopped';
  /** Where it answers, as it said itself. */
  url?: string;
  private child?: ChildProcess;
  private ended: Promise<void> = Promise.resolve();
  private timer?: NodeJS.Timeout;
  private delay = firstDelay;

  constructor(
    readonly spec: ServiceSpec,
    private readonly events: ServiceEvents = {},
  ) {}

  get name(): string {
    return this.spec.name;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /**
   * Starts it for the first time.
   *
   * @returns when it is ready, or has been stopped before it was
   * @throws HubError `SERVICE_FAILED` with its last words
   */
  async start(): Promise<void> {
    const { entry, log } = this.spec;
    if (!existsSync(entry)) throw serviceFailed(this.name, `${entry} is not there; run npm run build`, log);
    const reason = await this.run();
    if (reason === undefined || this.isStopped()) return;
    this.become('stopped');
    throw serviceFailed(this.name, reason, log);
  }

  /** Starts a service that was stopped on purpose; it is told by `changed` when it is ready. */
  resume(): void {
    if (this.state !== 'stopped') return;
    this.delay = firstDelay;
    void this.keepRunning();
  }

  /** Ends its process: politely, after 6 s by force. Resolves when it has gone. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    const { child } = this;
    if (!child) return this.become('stopped');
    this.become('stopping');
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), graceful);
    await this.ended;
    clearTimeout(force);
    this.become('stopped');
  }

  /** Says something to its process, if there is one. */
  send(message: object): void {
    // A process that is just ending no longer hears; whoever waits for its answer is told that it has gone.
    this.child?.send(message, () => undefined);
  }

  private isStopped(): boolean {
    return this.state === 'stopped' || this.state === 'stopping';
  }

  private become(state: ServiceState): void {
    this.state = state;
    this.events.changed?.(this);
  }

  private async keepRunning(): Promise<void> {
    const reason = await this.run();
    if (reason !== undefined && !this.isStopped()) this.restartLater(reason);
  }

  private restartLater(reason: string): void {
    const { delay } = this;
    this.delay = Math.min(delay * 2, longestDelay);
    this.become('restarting');
    this.events.died?.(this, reason, delay);
    this.timer = setTimeout(() => void this.keepRunning(), delay);
  }

  /** One life up to readiness: nothing when it got ready, else why it ended. Death after that restarts it. */
  private run(): Promise<string | undefined> {
    const { name, entry, env, log } = this.spec;
    const output = openLog(log);
    const before = logSize(log);
    // In a session of its own: Ctrl-C in a terminal must reach the launcher alone, which stops all in order.
    const child = fork(entry, [], {
      env: { ...env },
      execArgv: [],
      detached: true,
      stdio: ['ignore', output, output, 'ipc'],
    });
    closeSync(output);
    this.child = child;
    this.url = undefined;
    this.become('starting');

    return new Promise((settle) => {
      let readyAt: number | undefined;
      child.on('message', (raw) => {
        const told = message.safeParse(raw);
        if (!told.success) return this.events.said?.(this, raw);
        if (told.data.type === 'progress') return this.events.progress?.(this, told.data);
        if (this.state !== 'starting') return;
        readyAt = Date.now();
        this.url = told.data.url;
        this.become('ready');
        settle(undefined);
      });
      this.ended = new Promise((resolve) => {
        const end = (how: string) => {
          if (this.child !== child) return;
          this.child = undefined;
          resolve();
          if (readyAt === undefined) return settle(lastWords(log, before) ?? how);
          if (Date.now() - readyAt > healthyAfter) this.delay = firstDelay;
          if (!this.isStopped()) this.restartLater(how);
        };
        // Without a number it never ran; other errors (a message that could not be sent) are no end.
        child.on('error', (error) => child.pid === undefined && end(error.message));
        child.once('exit', (code, signal) =>
          end(signal ? `${name} was ended by ${signal}` : `${name} ended with exit code ${code}`),
        );
      });
    });
  }
}
