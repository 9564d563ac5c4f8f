import type { HttpAnswer } from './answer-reader.js';
import type { Deadlines, Expiring } from './deadlines.js';

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

/** What an exchange is on: told when the exchange is given up. */
export interface Carrier {
  /** Whether a byte of the answer came. */
  readonly answered: boolean;
  abandon(): void;
}

/** One HTTP request and its answer. Ends with an outcome, never a rejection. */
export class Exchange implements Expiring {
  readonly outcome: Promise<Outcome>;
  /** The connection that has been sent the request; undefined while it waits for one. */
  carrier: Carrier | undefined;
  over = false;
  place = -1;
  #resolve!: (outcome: Outcome) => void;

  /**
   * @param request the whole request, headers and body
   * @param ascii whether it is ASCII alone
   * @param isAbandoned whether nobody waits for the answer any more
   */
  constructor(
    readonly request: string,
    readonly ascii: boolean,
    readonly deadline: number,
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
    this.#giveUp('timeout', this.carrier?.answered ? 'in the middle of the answer' : 'before the answer');
  }

  end(outcome: Outcome): void {
    if (this.over) return;
    this.over = true;
    this.carrier = undefined;
    this.deadlines.unwatch(this);
    this.#resolve(outcome);
  }

  #giveUp(failure: FailureKind, detail: string): void {
    const { carrier } = this;
    this.end({ failure, detail });
    carrier?.abandon();
  }
}
