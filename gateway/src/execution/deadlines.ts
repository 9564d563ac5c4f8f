/** Something that must be over by a point in time. */
export interface Expiring {
  /** Milliseconds, as `performance.now()` counts them. */
  readonly deadline: number;
  expire(): void;
}

const tickMs = 20;

/**
 * Ends what takes too long. One timer looks after everything that is under way, because a timer of its own for every
 * fetch costs more than the check; so an end may come up to 20 ms late.
 */
export class Deadlines {
  readonly #watched = new Set<Expiring>();
  #timer: NodeJS.Timeout | undefined;

  watch(item: Expiring): void {
    this.#watched.add(item);
    this.#timer ??= setInterval(() => this.#sweep(), tickMs).unref();
  }

  unwatch(item: Expiring): void {
    this.#watched.delete(item);
  }

  #sweep(): void {
    if (this.#watched.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    const now = performance.now();
    for (const item of this.#watched) {
      if (item.deadline > now) continue;
      this.#watched.delete(item);
      item.expire();
    }
  }
}
