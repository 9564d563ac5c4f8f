/** Milliseconds before a worker that died is replaced, and after which one that runs counts as sound. */
export interface BackoffTimes {
  firstMs: number;
  maximumMs: number;
  soundMs: number;
}

export const defaultBackoff: Readonly<BackoffTimes> = Object.freeze({
  firstMs: 100,
  maximumMs: 30_000,
  soundMs: 10_000,
});

/** How long to wait before a worker is replaced: at once for one that ran well, twice as long each time for others. */
export class Backoff {
  #next: number;

  constructor(readonly times: BackoffTimes) {
    this.#next = times.firstMs;
  }

  /** Milliseconds to wait, for a worker that lived for `livedMs`. */
  after(livedMs: number): number {
    const { firstMs, maximumMs, soundMs } = this.times;
    if (livedMs >= soundMs) this.#next = firstMs;
    const wait = this.#next;
    this.#next = Math.min(this.#next * 2, maximumMs);
    return wait;
  }
}
