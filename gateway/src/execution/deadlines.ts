/** Something that must be over by a point in time, and when nobody wants it any more. */
export interface Expiring {
  /** Milliseconds, as `performance.now()` counts them. */
  readonly deadline: number;
  /** Where it stands among those that are watched; kept by who watches. */
  place: number;
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
  /** In no order. A Set would leave tables behind that hold on to what is long over. */
  readonly #watched: Expiring[] = [];
  #timer: NodeJS.Timeout | undefined;

  watch(item: Expiring): void {
    item.place = this.#watched.push(item) - 1;
    this.#timer ??= setInterval(() => this.#sweep(), tickMs).unref();
  }

  unwatch(item: Expiring): void {
    if (this.#watched[item.place] !== item) return;
    const last = this.#watched.pop()!;
    if (last === item) return;
    this.#watched[item.place] = last;
    last.place = item.place;
  }

  #sweep(): void {
    if (this.#watched.length === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    const now = performance.now();
    // An end unwatches its item, and may unwatch or watch others.
    for (const item of [...this.#watched]) {
      if (item.deadline <= now) item.expire();
      else if (item.isAbandoned()) item.cancel();
    }
  }
}
