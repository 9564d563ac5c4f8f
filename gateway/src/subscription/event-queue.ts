/** Events that wait here before their sender is asked to pause. */
const highWater = 16;

/** A queue between a sender that is called back and a reader that iterates; a full one asks the sender to pause. */
export class EventQueue<T> implements AsyncIterable<T> {
  readonly #waiting: T[] = [];
  #ended = false;
  #error: Error | undefined;
  #wake: () => void = () => undefined;

  /** @param flow told to pause when the queue is full and to resume when it is empty again */
  constructor(readonly flow: { pause(): void; resume(): void }) {}

  push(value: T): void {
    if (this.#ended) return;
    this.#waiting.push(value);
    if (this.#waiting.length === highWater) this.flow.pause();
    this.#wake();
  }

  /** No more events; those that wait are still read, and then the error is thrown, if there is one. */
  end(error?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      if (this.#waiting.length) {
        yield this.#waiting.shift()!;
        if (!this.#waiting.length) this.flow.resume();
      } else if (this.#ended) {
        if (this.#error) throw this.#error;
        return;
      } else {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    }
  }
}
