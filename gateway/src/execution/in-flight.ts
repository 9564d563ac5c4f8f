import type { Subject } from '@linli/schema/subject';
import type { Ask } from './ask.js';
import type { SubgraphAnswer } from './subgraph-client.js';

/** Longer bodies are seldom the same, and comparing them is not free. */
const maxSharedBody = 4096;

interface Flight {
  subject: Subject;
  assertion: string | undefined;
  ask: Ask;
  waiting: number;
}

/**
 * Lets queries that are the same to the letter, for the same subject under the same assertion, wait for one fetch. The
 * text is shared and each parses it for itself, since merging writes into the data.
 */
export class InFlight {
  readonly #flights = new Map<string, Flight[]>();

  /**
   * The fetch of a body: one that is under way, or a new one.
   *
   * @param deadline of whoever asks; a fetch that may end later is not joined
   * @param start starts a new fetch
   */
  ask(body: string, subject: Subject, assertion: string | undefined, deadline: number, start: () => Ask): Ask | Share {
    if (body.length > maxSharedBody) return start();
    const known = this.#flights.get(body);
    const flight = known?.find((each) => each.subject === subject && each.assertion === assertion);
    if (flight) return flight.ask.deadline <= deadline && flight.waiting > 0 ? new Share(flight) : start();
    const begun: Flight = { subject, assertion, ask: start(), waiting: 0 };
    if (known) known.push(begun);
    else this.#flights.set(body, [begun]);
    const share = new Share(begun);
    const land = () => this.#land(body, begun);
    begun.ask.answer.then(land, land);
    return share;
  }

  /** From now on nothing joins what is under way: it may have been read before the change that was made. */
  forget(): void {
    this.#flights.clear();
  }

  #land(body: string, flight: Flight): void {
    const left = this.#flights.get(body)?.filter((each) => each !== flight);
    if (left?.length) this.#flights.set(body, left);
    else if (left) this.#flights.delete(body);
  }
}

/** One of those who wait for a fetch. The fetch is cancelled when the last of them gives up. */
export class Share {
  readonly answer: Promise<SubgraphAnswer>;
  readonly #flight: Flight;
  #gone = false;
  #leave!: (reason: unknown) => void;

  constructor(flight: Flight) {
    this.#flight = flight;
    flight.waiting += 1;
    this.answer = new Promise((resolve, reject) => {
      this.#leave = reject;
      flight.ask.answer.then(resolve, reject);
    });
  }

  cancel(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#flight.waiting -= 1;
    if (this.#flight.waiting === 0) this.#flight.ask.cancel();
    else this.#leave(this.#flight.ask.cancelled());
  }
}
