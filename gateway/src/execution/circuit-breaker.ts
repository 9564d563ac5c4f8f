/** `closed`: fetches pass. `open`: they are refused at once. `half-open`: one passes, to see whether it is answered. */
export type CircuitState = 'closed' | 'open' | 'half-open';

/** What a fetch was let through as; it must be given back with its end. */
export type Ticket = 'fetch' | 'probe';

export interface CircuitLimits {
  /** Failures in a row that open the circuit. */
  failuresInARow: number;
  /** Part of the fetches of a window, 0 to 1, whose failure opens it, where there were at least `minimum`. */
  ratio: number;
  minimum: number;
  /** Milliseconds; a window is between half and all of it. */
  windowMs: number;
  /** Milliseconds until a probe is let through. */
  openMs: number;
}

export const defaultCircuit: Readonly<CircuitLimits> = Object.freeze({
  failuresInARow: 5,
  ratio: 0.5,
  minimum: 20,
  windowMs: 10_000,
  openMs: 1000,
});

interface Count {
  fetches: number;
  failures: number;
}

/**
 * Spares a department that fails, and those who would wait for it: after repeated failures fetches are refused at once,
 * and single probes find out when it is back. Times are milliseconds as `performance.now()` counts them.
 */
export class CircuitBreaker {
  #state: CircuitState = 'closed';
  #inARow = 0;
  #current: Count = { fetches: 0, failures: 0 };
  #previous: Count = { fetches: 0, failures: 0 };
  #halfEndsAt = 0;
  #openUntil = 0;
  #probing = false;

  constructor(
    readonly limits: Readonly<CircuitLimits> = defaultCircuit,
    readonly onChange: (state: CircuitState) => void = () => undefined,
  ) {}

  get state(): CircuitState {
    return this.#state;
  }

  /** Lets a fetch through or, with undefined, refuses it. */
  admit(now: number): Ticket | undefined {
    if (this.#state === 'closed') return 'fetch';
    if (this.#state === 'open') {
      if (now < this.#openUntil) return undefined;
      this.#become('half-open');
    }
    if (this.#probing) return undefined;
    this.#probing = true;
    return 'probe';
  }

  succeeded(ticket: Ticket, now: number): void {
    if (ticket === 'probe') {
      this.#probing = false;
      this.#reset();
      return this.#become('closed');
    }
    this.#inARow = 0;
    this.#count(now).fetches += 1;
  }

  failed(ticket: Ticket, now: number): void {
    if (ticket === 'probe') {
      this.#probing = false;
      return this.#open(now);
    }
    const count = this.#count(now);
    count.fetches += 1;
    count.failures += 1;
    this.#inARow += 1;
    // What was under way when the circuit opened tells nothing new.
    if (this.#state === 'closed' && this.#isTooMuch()) this.#open(now);
  }

  /** A fetch ended in a way that says nothing about the department, as when the client left. */
  abandoned(ticket: Ticket): void {
    if (ticket === 'probe') this.#probing = false;
  }

  /** There is reason to believe that the department is back: the next fetch may be the probe, without the wait. */
  reconsider(): void {
    if (this.#state === 'open') this.#openUntil = 0;
  }

  #isTooMuch(): boolean {
    if (this.#inARow >= this.limits.failuresInARow) return true;
    const fetches = this.#current.fetches + this.#previous.fetches;
    const failures = this.#current.failures + this.#previous.failures;
    return fetches >= this.limits.minimum && failures >= this.limits.ratio * fetches;
  }

  /** The count of now. Two halves of a window stand for a window that moves. */
  #count(now: number): Count {
    if (now >= this.#halfEndsAt) {
      const half = this.limits.windowMs / 2;
      this.#previous = now < this.#halfEndsAt + half ? this.#current : { fetches: 0, failures: 0 };
      this.#current = { fetches: 0, failures: 0 };
      this.#halfEndsAt = now + half;
    }
    return this.#current;
  }

  #open(now: number): void {
    this.#openUntil = now + this.limits.openMs;
    this.#become('open');
  }

  #reset(): void {
    this.#inARow = 0;
    this.#current = { fetches: 0, failures: 0 };
    this.#previous = { fetches: 0, failures: 0 };
  }

  #become(state: CircuitState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.onChange(state);
  }
}
