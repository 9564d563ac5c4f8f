import type { Subject } from '@linli/schema/subject';
import type { Ask } from './ask.js';
import type { Waiting } from './run.js';

/** Longer bodies are seldom the same, and comparing them is not free. */
const maxSharedBody = 4096;

interface Flight {
  subject: Subject;
  assertion: string | undefined;
  ask: Ask;
}

/** Who asks for what. */
export interface Question {
  body: string;
  subject: Subject;
  assertion: string | undefined;
  /** A fetch that may end later is not joined. */
  deadline: number;
  signal: Waiting;
}

/**
 * Lets queries that are the same to the letter, for the same subject under the same assertion, wait for one fetch. The
 * text is shared and each parses it for itself, since merging writes into the data.
 */
export class InFlight {
  readonly #flights = new Map<string, Flight[]>();

  /** The fetch of a question: one that is under way, or a new one. */
  ask({ body, subject, assertion, deadline, signal }: Question, start: () => Ask): Ask {
    if (body.length > maxSharedBody) return start();
    const known = this.#flights.get(body);
    const same = known?.find((each) => each.subject === subject && each.assertion === assertion)?.ask;
    if (same) {
      if (same.deadline > deadline || same.isAbandoned()) return start();
      same.join(signal);
      return same;
    }
    const begun: Flight = { subject, assertion, ask: start() };
    if (known) known.push(begun);
    else this.#flights.set(body, [begun]);
    const land = () => this.#land(body, begun);
    begun.ask.answer.then(land, land);
    return begun.ask;
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
