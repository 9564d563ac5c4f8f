import { setTimeout as sleep } from 'node:timers/promises';
import type { SubgraphFault } from '../errors.js';
import type { Ticket } from './circuit-breaker.js';
import type { Exchange, Outcome } from './exchange.js';
import { isWorthRepeating, pauseBeforeRetry } from './retry.js';
import type { SubgraphAnswer, SubgraphClient } from './subgraph-client.js';

/** One question to a subgraph: an exchange, a second one where the first may be repeated, and what the circuit learns of it. */
export class Ask {
  /** Rejects with a SubgraphFault. */
  readonly answer: Promise<SubgraphAnswer>;
  #exchange: Exchange | undefined;
  #cancelled = false;

  /**
   * @param begin starts an exchange
   * @param deadline by which it is over, in milliseconds as `performance.now()` counts them
   * @param wholeTime whether that is all the time the department has, and not what a request has left
   */
  constructor(
    readonly client: SubgraphClient,
    readonly begin: () => Exchange,
    readonly deadline: number,
    readonly wholeTime: boolean,
    readonly repeatable: boolean,
    ticket: Ticket,
  ) {
    this.answer = this.#run(ticket);
  }

  cancel(): void {
    this.#cancelled = true;
    this.#exchange?.cancel();
  }

  /** The fault for those who wait no more. */
  cancelled(): SubgraphFault {
    return this.client.faultOf({ failure: 'cancelled', detail: 'nobody waits any more' }, this.wholeTime);
  }

  async #run(ticket: Ticket): Promise<SubgraphAnswer> {
    this.#exchange = this.begin();
    let outcome = await this.#exchange.outcome;
    if (this.repeatable && isWorthRepeating(outcome)) outcome = (await this.#repeat()) ?? outcome;
    this.#tell(ticket, outcome);
    if (outcome.failure !== undefined) throw this.client.faultOf(outcome, this.wholeTime);
    return this.client.read(outcome);
  }

  async #repeat(): Promise<Outcome | undefined> {
    const pause = pauseBeforeRetry();
    if (this.#cancelled || performance.now() + pause >= this.deadline) return undefined;
    await sleep(pause);
    if (this.#cancelled) return undefined;
    this.#exchange = this.begin();
    return this.#exchange.outcome;
  }

  #tell(ticket: Ticket, outcome: Outcome): void {
    const { circuit } = this.client;
    if (outcome.failure === 'cancelled' || (outcome.failure === 'timeout' && !this.wholeTime)) {
      circuit.abandoned(ticket);
    } else if (outcome.failure === undefined ? outcome.status < 500 : outcome.failure === 'too-large') {
      circuit.succeeded(ticket, performance.now());
    } else {
      circuit.failed(ticket, performance.now());
    }
  }
}
