import { errors, type Dispatcher } from 'undici';
import type { Deadlines, Expiring } from './deadlines.js';

/** A whole HTTP answer, as it came over the wire. */
export interface HttpAnswer {
  readonly failure: undefined;
  readonly status: number;
  readonly contentType: string;
  readonly contentEncoding: string;
  readonly body: Buffer;
}

/**
 * Why there is no whole answer. `unreachable`: not a byte of it came. `interrupted`: it broke off. `cancelled`: nobody
 * waits for it any more.
 */
export type FailureKind = 'timeout' | 'cancelled' | 'unreachable' | 'interrupted' | 'too-large' | 'not-http';

export interface Failure {
  readonly failure: FailureKind;
  /** For the log alone: may name addresses. */
  readonly detail: string;
}

export type Outcome = HttpAnswer | Failure;

const none = Buffer.alloc(0);

/**
 * One HTTP request and its answer, over undici's `dispatch`. Ends with an outcome, never a rejection.
 *
 * It implements the handler's first form (`onHeaders` rather than `onResponseStart`), which gets headers as they came: the
 * other one makes objects of all headers and trailers, and the gateway reads two headers.
 */
export class Exchange implements Dispatcher.DispatchHandler, Expiring {
  readonly outcome: Promise<Outcome>;
  #resolve!: (outcome: Outcome) => void;
  #abort: ((reason?: Error) => void) | undefined;
  #over = false;
  #answered = false;
  #status = 0;
  #contentType = '';
  #contentEncoding = '';
  #first: Buffer | undefined;
  #more: Buffer[] | undefined;
  #size = 0;

  constructor(
    readonly deadline: number,
    readonly maxBytes: number,
    readonly deadlines: Deadlines,
    readonly isAbandoned: () => boolean,
  ) {
    this.outcome = new Promise((resolve) => (this.#resolve = resolve));
    deadlines.watch(this);
  }

  /** Gives up: nobody waits for the answer any more. */
  cancel(): void {
    this.#giveUp('cancelled', 'nobody waits any more');
  }

  expire(): void {
    this.#giveUp('timeout', this.#answered ? 'in the middle of the answer' : 'before the answer');
  }

  onConnect(abort: (reason?: Error) => void): void {
    // Given up while it waited for a connection: a throw takes it out of the queue and spares the connection.
    if (this.#over) throw new errors.RequestAbortedError();
    this.#abort = abort;
  }

  onResponseStarted(): void {
    this.#answered = true;
  }

  onHeaders(status: number, headers: Buffer[]): boolean {
    this.#status = status;
    for (let i = 0; i + 1 < headers.length; i += 2) {
      const name = headers[i]!;
      if (name.length === 12 && isNamed(name, 'content-type')) this.#contentType = headers[i + 1]!.toString('latin1');
      else if (name.length === 16 && isNamed(name, 'content-encoding')) {
        this.#contentEncoding = headers[i + 1]!.toString('latin1').toLowerCase();
      }
    }
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.#size += chunk.length;
    if (this.#size > this.maxBytes) {
      this.#giveUp('too-large', `${this.#size} bytes and more`);
      return false;
    }
    if (!this.#first) this.#first = chunk;
    else (this.#more ??= [this.#first]).push(chunk);
    return true;
  }

  onComplete(): void {
    const body = this.#more ? Buffer.concat(this.#more, this.#size) : (this.#first ?? none);
    const [status, contentType, contentEncoding] = [this.#status, this.#contentType, this.#contentEncoding];
    this.#end({ failure: undefined, status, contentType, contentEncoding, body });
  }

  onError(error: Error): void {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const notHttp = error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError;
    const broken = notHttp ? 'not-http' : this.#answered ? 'interrupted' : 'unreachable';
    const failure = error instanceof errors.ConnectTimeoutError ? 'timeout' : broken;
    this.#end({ failure, detail: `${code} ${message}`.trim() });
  }

  #giveUp(failure: FailureKind, detail: string): void {
    if (this.#over) return;
    this.#end({ failure, detail });
    this.#abort?.(new errors.RequestAbortedError());
  }

  #end(outcome: Outcome): void {
    if (this.#over) return;
    this.#over = true;
    this.deadlines.unwatch(this);
    this.#first = this.#more = undefined;
    this.#resolve(outcome);
  }
}

/** Whether the bytes are a name, in whatever case. */
function isNamed(bytes: Buffer, name: string): boolean {
  return bytes.toString('latin1').toLowerCase() === name;
}
