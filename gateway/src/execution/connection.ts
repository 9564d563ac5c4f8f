import { Buffer } from 'node:buffer';
import type { ConnectOpts, Socket } from 'node:net';
import { atEndOfTurn } from '../end-of-turn.js';
import { NotHttp } from './answer-head.js';
import { AnswerReader, TooLarge } from './answer-reader.js';
import type { Carrier, Exchange, FailureKind } from './exchange.js';

/** Opens a socket that reads as it is told; throws nothing. */
export type OpenSocket = (onread: NonNullable<ConnectOpts['onread']>) => Socket;

/** What a connection tells whoever keeps it. */
export interface Keeper {
  /** The connection waits for another exchange. */
  free(connection: Connection): void;
  /** The connection is closed for good. */
  closed(connection: Connection): void;
}

/** Where all sockets read to: what is read is understood before the next socket reads. */
const readBuffer = Buffer.allocUnsafeSlow(65_536);

/** Milliseconds before a server closes a connection when it is no longer used, as a request may be on its way by then. */
const marginMs = 1000;
const idleMs = 30_000;

/** A connection to a subgraph's server: one exchange after the other, HTTP/1.1 without pipelining. */
export class Connection implements Carrier {
  /** When it is no longer used, in milliseconds as `performance.now()` counts them. */
  idleUntil = 0;
  readonly #socket: Socket;
  #exchange: Exchange | undefined;
  #reader: AnswerReader | undefined;
  #error: Error | undefined;
  #closed = false;

  constructor(
    open: OpenSocket,
    readonly maxBytes: number,
    readonly keeper: Keeper,
  ) {
    this.#socket = open({ buffer: readBuffer, callback: (length) => this.#read(length) });
    this.#socket.on('error', (error) => (this.#error = error));
    this.#socket.on('end', () => this.#end());
    this.#socket.on('close', () => this.#close('unreachable', 'closed'));
  }

  readonly #send = (): void => {
    const exchange = this.#exchange;
    // Undefined where it was given up meanwhile; then the connection is closed.
    if (exchange) this.#socket.write(exchange.request, exchange.ascii ? 'latin1' : 'utf8');
  };

  get answered(): boolean {
    return this.#reader?.begun ?? false;
  }

  /** Sends an exchange's request, soon or as soon as the connection stands. It must be free. */
  carry(exchange: Exchange): void {
    this.#exchange = exchange;
    this.#reader = new AnswerReader(this.maxBytes);
    exchange.carrier = this;
    atEndOfTurn(this.#send);
  }

  /** Nobody waits for the answer: it cannot be told from the next one, so the connection goes with it. */
  abandon(): void {
    this.#close('cancelled', 'abandoned');
  }

  close(): void {
    this.#close('unreachable', 'closed by the gateway');
  }

  #read(length: number): boolean {
    const reader = this.#reader;
    if (!reader) {
      // An answer that nobody asked for.
      this.close();
      return false;
    }
    try {
      const more = reader.read(readBuffer.subarray(0, length));
      if (reader.answer) this.#finish(reader, more);
    } catch (error) {
      if (!(error instanceof NotHttp || error instanceof TooLarge)) throw error;
      this.#close(error instanceof TooLarge ? 'too-large' : 'not-http', error.message);
    }
    return !this.#closed;
  }

  #end(): void {
    const reader = this.#reader;
    if (reader?.end()) this.#finish(reader, true);
    else this.#close('unreachable', 'ended by the server');
  }

  #finish({ answer, keepAliveMs }: AnswerReader, more: boolean): void {
    const exchange = this.#exchange!;
    this.#exchange = this.#reader = undefined;
    if (more || keepAliveMs <= marginMs) this.close();
    else {
      this.idleUntil = performance.now() + Math.min(idleMs, keepAliveMs - marginMs);
      this.keeper.free(this);
    }
    exchange.end(answer!);
  }

  #close(failure: FailureKind, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    const exchange = this.#exchange;
    const kind = failure === 'unreachable' && this.answered ? 'interrupted' : failure;
    this.#exchange = this.#reader = undefined;
    this.#socket.destroy();
    this.keeper.closed(this);
    const { code = '', message = reason } = (this.#error ?? {}) as NodeJS.ErrnoException;
    exchange?.end({ failure: kind, detail: `${code} ${message}`.trim() });
  }
}
