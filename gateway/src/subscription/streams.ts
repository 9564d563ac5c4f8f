import { gatewayClosing, invalidToken, tooManyStreams, type Refusal } from '../errors.js';
import type { Log } from '../telemetry/log.js';
import type { SubscriptionLimits } from './limits.js';

/** Why the gateway ends a stream by itself. */
export type End = 'expired' | 'closing';

/** Everything that is streamed to clients by this process: counts it, and ends it when the gateway closes. */
export class Streams {
  readonly #open = new Set<(end: End) => void>();
  #closing = false;

  /**
   * @param expiryOf when what an Authorization header allows comes to its end, in milliseconds since the epoch
   */
  constructor(
    readonly limits: SubscriptionLimits,
    readonly expiryOf: (authorization: string | undefined) => number | undefined,
    readonly log: Log,
  ) {}

  /** Throws a Refusal (503) where no more streams are taken. */
  admit(): void {
    const { connections } = this.limits;
    const headers = { 'retry-after': '5' };
    if (this.#closing) throw gatewayClosing('The gateway is closing. Subscribe again in a moment.', headers);
    if (this.#open.size < connections) return;
    throw tooManyStreams(
      `The gateway has ${connections} streams open already. Try again later, or close some of yours.`,
      headers,
    );
  }

  /** Counts a stream; gives what to call when it is over. Throws a Refusal (503). */
  open(end: (why: End) => void): () => void {
    this.admit();
    this.#open.add(end);
    return () => this.#open.delete(end);
  }

  /** Ends every stream, each with a word to its client. */
  close(): void {
    this.#closing = true;
    for (const end of this.#open) end('closing');
  }
}

/** What a client hears at the end of a stream that the gateway ends. */
export function lastResponse(end: End): string {
  const refusal: Refusal =
    end === 'expired'
      ? invalidToken('expired', 'it has expired, sign in again')
      : gatewayClosing('The gateway is closing, so the subscription has ended. Subscribe again.');
  return JSON.stringify({ errors: refusal.errors, data: null });
}
