import { setTimeout as sleep } from 'node:timers/promises';
import type { SubgraphFault } from '../errors.js';
import type { CircuitBreaker, Ticket } from './circuit-breaker.js';
import type { HttpAnswer } from './answer-reader.js';
import type { Exchange, Failure, Outcome } from './exchange.js';
import { isWorthRepeating, pauseBeforeRetry } from './retry.js';
import type { Waiting } from './run.js';

/** One answer of a subgraph, body whole. */
export interface SubgraphAnswer {
  status: number;
  contentType: string;
  text: string;
}

/** What a question needs of the subgraph it goes to. */
export interface Asked {
  readonly circuit: CircuitBreaker;
  /** Reads the body of an answer. Throws a SubgraphFault where it is none. */
  read(answer: HttpAnswer): SubgraphAnswer | Promise<SubgraphAnswer>;
  faultOf(failure: Failure, wholeTime: boolean): SubgraphFault;
}

/** One question to a subgraph: an exchange, a second one where the first may be repeated, and what the circuit learns of it. */
export class Ask {
  /** Rejects with a SubgraphFault. */
  readonly answer: Promise<SubgraphAnswer>;
  readonly isAbandoned = (): boolean => this.#clients.length > 0 && this.#clients.every(({ aborted }) => aborted);
  readonly #clients: Waiting[];

  /**
   * @param begin starts an exchange, given up when its argument says so
   * @param deadline by which it is over, in milliseconds as `performance.now()` counts them
   * @param wholeTime whether that is all the time the department has, and not what a request has left
   * @param signal who asks; undefined where nobody can be gone
   */
  constructor(
    readonly subgraph: Asked,
    readonly begin: (isAbandoned: () => boolean) => Exchange,
    readonly deadline: number,
    readonly wholeTime: boolean,
    readonly repeatable: boolean,
    ticket: Ticket,
    signal: Waiting | undefined,
  ) {
    this.#clients = signal ? [signal] : [];
    this.answer = this.#run(ticket);
  }

  /** Somebody else waits for the answer too: it is given up only when all are gone. */
  join(signal: Waiting): void {
    this.#clients.push(signal);
  }

  async #run(ticket: Ticket): Promise<SubgraphAnswer> {
    let outcome = await this.begin(this.isAbandoned).outcome;
    if (this.repeatable && isWorthRepeating(outcome)) outcome = (await this.#repeat()) ?? outcome;
    this.#tell(ticket, outcome);
    if (outcome.failure !== undefined) throw this.subgraph.faultOf(outcome, this.wholeTime);
    return this.subgraph.read(outcome);
  }

  async #repeat(): Promise<Outcome | undefined> {
    const pause = pauseBeforeRetry();
    if (performance.now() + pause >= this.deadline) return undefined;
    await sleep(pause);
    return this.isAbandoned() ? undefined : this.begin(this.isAbandoned).outcome;
  }

  #tell(ticket: Ticket, outcome: Outcome): void {
    const { circuit } = this.subgraph;
    if (outcome.failure === 'cancelled' || (outcome.failure === 'timeout' && !this.wholeTime)) {
      circuit.abandoned(ticket);
    } else if (outcome.failure === undefined ? outcome.status < 500 : outcome.failure === 'too-large') {
      circuit.succeeded(ticket, performance.now());
    } else {
      circuit.failed(ticket, performance.now());
    }
  }
}
