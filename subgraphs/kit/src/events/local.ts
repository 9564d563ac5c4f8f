import type { LinliEvent } from './event.js';

/** A department's own events as they happen, for its subscriptions. */
export interface OwnEvents {
  /** Events of a type from now on, those that `wanted` holds for. Ends when its reader stops, or the service does. */
  of(type: string, wanted: (event: LinliEvent) => boolean): AsyncIterableIterator<LinliEvent>;
}

/** Events that wait for a slow reader at the most; of more, the oldest are dropped, since the newest tell how things are. */
const longest = 100;

class Reader implements AsyncIterableIterator<LinliEvent> {
  readonly #held: LinliEvent[] = [];
  #waiting: ((result: IteratorResult<LinliEvent>) => void) | undefined;
  #ended = false;

  constructor(
    readonly type: string,
    readonly wanted: (event: LinliEvent) => boolean,
    readonly forget: (reader: Reader) => void,
  ) {}

  take(event: LinliEvent): void {
    if (event.type !== this.type || !this.wanted(event)) return;
    const waiting = this.#waiting;
    if (waiting) {
      this.#waiting = undefined;
      return waiting({ value: event, done: false });
    }
    this.#held.push(event);
    if (this.#held.length > longest) this.#held.shift();
  }

  next(): Promise<IteratorResult<LinliEvent>> {
    const value = this.#held.shift();
    if (value) return Promise.resolve({ value, done: false });
    if (this.#ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => (this.#waiting = resolve));
  }

  return(): Promise<IteratorResult<LinliEvent>> {
    this.#ended = true;
    this.forget(this);
    this.#waiting?.({ value: undefined, done: true });
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** Hands a department's events to the subscriptions that are open in this process. */
export class LocalEvents implements OwnEvents {
  readonly #readers = new Set<Reader>();

  get isHeard(): boolean {
    return this.#readers.size > 0;
  }

  of(type: string, wanted: (event: LinliEvent) => boolean): AsyncIterableIterator<LinliEvent> {
    const reader = new Reader(type, wanted, (gone) => this.#readers.delete(gone));
    this.#readers.add(reader);
    return reader;
  }

  tell(event: LinliEvent): void {
    for (const reader of this.#readers) reader.take(event);
  }

  close(): void {
    for (const reader of [...this.#readers]) void reader.return();
  }
}
