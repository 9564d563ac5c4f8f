/** Values that are published to whoever listens at that moment. */
export class Topic<T> {
  readonly #listeners = new Set<(value: T | undefined) => void>();

  /** How many listen now. */
  get listeners(): number {
    return this.#listeners.size;
  }

  publish(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }

  /** Ends it for all who listen now. */
  complete(): void {
    for (const listener of this.#listeners) listener(undefined);
  }

  listen(): AsyncIterableIterator<T> {
    const waiting: (T | undefined)[] = [];
    let wake: (() => void) | undefined;
    let ended = false;
    const listener = (value: T | undefined) => {
      waiting.push(value);
      wake?.();
    };
    this.#listeners.add(listener);
    const end = async (): Promise<IteratorResult<T>> => {
      ended = true;
      this.#listeners.delete(listener);
      wake?.();
      return { done: true, value: undefined };
    };
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      async next() {
        while (!waiting.length && !ended) await new Promise<void>((resolve) => (wake = resolve));
        const value = waiting.shift();
        return value === undefined ? end() : { done: false, value };
      },
      return: end,
    };
  }
}

/** Resolves when a condition holds; the test's own time limit is the only one. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
