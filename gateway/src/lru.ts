interface Entry<K, V> {
  readonly key: K;
  value: V;
  /** The entry used just after this one. */
  newer: Entry<K, V> | undefined;
  older: Entry<K, V> | undefined;
}

/**
 * A map of bounded size that forgets what was used longest ago.
 *
 * The order of use is a list of its own. The Map's own order would do, with each use taking an entry out and putting it in
 * again; but that fills the Map's table with holes, and it is made anew every few uses.
 */
export class LRUCache<K, V> {
  readonly #entries = new Map<K, Entry<K, V>>();
  #newest: Entry<K, V> | undefined;
  #oldest: Entry<K, V> | undefined;

  constructor(readonly capacity: number) {}

  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#use(entry);
    return entry.value;
  }

  set(key: K, value: V): void {
    const known = this.#entries.get(key);
    if (known) {
      known.value = value;
      return this.#use(known);
    }
    const entry: Entry<K, V> = { key, value, newer: undefined, older: undefined };
    this.#entries.set(key, entry);
    this.#put(entry);
    if (this.#entries.size > this.capacity) this.delete(this.#oldest!.key);
  }

  delete(key: K): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#take(entry);
  }

  clear(): void {
    this.#entries.clear();
    this.#newest = this.#oldest = undefined;
  }

  get size(): number {
    return this.#entries.size;
  }

  #use(entry: Entry<K, V>): void {
    if (entry === this.#newest) return;
    this.#take(entry);
    this.#put(entry);
  }

  #put(entry: Entry<K, V>): void {
    entry.older = this.#newest;
    if (this.#newest) this.#newest.newer = entry;
    else this.#oldest = entry;
    this.#newest = entry;
  }

  /** Takes an entry out of the order; it holds on to no other one then. */
  #take(entry: Entry<K, V>): void {
    const { newer, older } = entry;
    if (newer) newer.older = older;
    else this.#newest = older;
    if (older) older.newer = newer;
    else this.#oldest = newer;
    entry.newer = entry.older = undefined;
  }
}
