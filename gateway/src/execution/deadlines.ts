/** Something that must be over by a point in time, and when nobody wants it any more. */
export interface Expiring {
  /** Milliseconds, as `performance.now()` counts them. */
  readonly deadline: number;
  expire(): void;
  isAbandoned(): boolean;
  cancel(): void;
}

const tickMs = 20;

/**
 * Ends what takes too long, or what nobody waits for any more. One timer looks after everything that is under way, because
 * a timer and a listener of its own cost a fetch more than a tenth of its time; so an end may come up to 20 ms late.
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
      const late = item.deadline <= now;
      if (!late && !item.isAbandoned()) continue;
      this.#watched.delete(item);
      if (late) item.expire();
      else item.cancel();
    }
  }
}
