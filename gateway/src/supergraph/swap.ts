import { createHash } from 'node:crypto';
import type { Log } from '../telemetry/log.js';

/** What is made of one supergraph, and freed when nobody uses it any more. */
export interface Closable {
  close(): Promise<void>;
}

/** Where supergraphs come from, and what is made of them. */
export interface SwapSource<G extends Closable> {
  /** Reads the supergraph's text as it is now; rejects with one line why it cannot. */
  read(): Promise<string>;
  /** Makes what serves a supergraph; throws one line why it cannot. Frees what it took when it throws. */
  open(text: string): G;
  /** Makes sure that a new one may take the place of the one that serves; rejects with one line why not. */
  check(next: G): Promise<void>;
}

/** A graph that stays whole until `release`, which must be called exactly once. */
export interface Lease<G> {
  readonly graph: G;
  release(): void;
}

/** Which supergraph is served, and which one was refused since; hashes are SHA-256 of the text, hex. */
export interface SupergraphState {
  readonly hash: string;
  /** ISO 8601. */
  readonly loadedAt: string;
  /** The newest text, where it is not the one that is served; without a hash where there was nothing to read. */
  readonly refused?: { readonly hash?: string; readonly reason: string };
}

/** What became of a reload. */
export type Reload =
  | { readonly outcome: 'swapped' | 'unchanged'; readonly hash: string }
  | { readonly outcome: 'refused'; readonly hash?: string; readonly reason: string };

/**
 * The graph that serves, and its replacement by a newer one. A new graph is made and checked beside the old one and takes
 * its place at once for all requests from then on; those in flight keep the graph they began with, which is closed when
 * the last of them has ended. A graph that cannot serve changes nothing.
 */
export class CurrentGraph<G extends Closable> {
  readonly #live = new Set<Held<G>>();
  readonly #listeners = new Set<(graph: G) => void>();
  readonly #closing: (() => void)[] = [];
  #held: Held<G>;
  #refused: SupergraphState['refused'];
  /** Reloads run one after the other, so that the last text read is the one that serves. */
  #reloading: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(
    readonly source: SwapSource<G>,
    readonly log: Log,
    text: string,
  ) {
    this.#held = this.#hold(source.open(text), hashOf(text));
  }

  /** Opens the first graph. Rejects with what the source rejects with: there is nothing else to serve. */
  static async open<G extends Closable>(source: SwapSource<G>, log: Log): Promise<CurrentGraph<G>> {
    const text = await source.read();
    const current = new CurrentGraph(source, log, text);
    await source.check(current.graph).catch((error: unknown) => {
      log('warn', 'the supergraph is served, but would be refused as a replacement', { reason: oneLine(error) });
    });
    return current;
  }

  /** The graph that serves now. Whoever awaits anything while using it takes a lease. */
  get graph(): G {
    return this.#held.graph;
  }

  acquire(): Lease<G> {
    this.#held.users += 1;
    return this.#held;
  }

  get state(): SupergraphState {
    const { hash, loadedAt } = this.#held;
    return { hash, loadedAt, ...(this.#refused && { refused: this.#refused }) };
  }

  /** Calls back with each graph that takes over from now on; gives a function that ends this. */
  onSwap(listener: (graph: G) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Calls back once, when this is closed. */
  onClose(listener: () => void): void {
    this.#closing.push(listener);
  }

  /**
   * Reads the supergraph again and serves it where it is another one and can be served. Never rejects.
   *
   * @param again whether a text that was refused is tried once more: what it was refused for may be mended by now
   */
  reload(again = true): Promise<Reload> {
    const result = this.#reloading.then(() => this.#reload(again));
    this.#reloading = result;
    return result;
  }

  /** Frees everything, whoever still uses it. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#listeners.clear();
    for (const listener of this.#closing.splice(0)) listener();
    await this.#reloading;
    await Promise.all([...this.#live].map((held) => held.close()));
  }

  async #reload(again: boolean): Promise<Reload> {
    if (this.#closed) return { outcome: 'unchanged', hash: this.#held.hash };
    let text: string;
    try {
      text = await this.source.read();
    } catch (error) {
      return this.#refuse(oneLine(error));
    }
    const hash = hashOf(text);
    if (hash === this.#held.hash) {
      this.#refused = undefined;
      return { outcome: 'unchanged', hash };
    }
    if (!again && this.#refused?.hash === hash) return { outcome: 'refused', ...this.#refused };
    let next: G | undefined;
    try {
      next = this.source.open(text);
      await this.source.check(next);
    } catch (error) {
      await next?.close();
      return this.#refuse(oneLine(error), hash);
    }
    this.#swap(next, hash);
    return { outcome: 'swapped', hash };
  }

  #swap(next: G, hash: string): void {
    const old = this.#held;
    this.#held = this.#hold(next, hash);
    this.#refused = undefined;
    this.log('info', 'serving another supergraph', { hash, before: old.hash });
    for (const listener of this.#listeners) {
      try {
        listener(next);
      } catch (error) {
        this.log('error', 'a listener failed on another supergraph', { detail: String(error) });
      }
    }
    old.release();
  }

  #refuse(reason: string, hash?: string): Reload {
    const refused = { ...(hash !== undefined && { hash }), reason };
    const known = this.#refused?.hash === hash && this.#refused?.reason === reason;
    if (!known) this.log('error', 'refused another supergraph; the one before is served on', refused);
    this.#refused = refused;
    return { outcome: 'refused', ...refused };
  }

  #hold(graph: G, hash: string): Held<G> {
    const held: Held<G> = new Held(graph, hash, () => this.#live.delete(held));
    this.#live.add(held);
    return held;
  }
}

/** A graph with a count of its users, the place as the current one being one of them. */
class Held<G extends Closable> implements Lease<G> {
  readonly loadedAt = new Date().toISOString();
  users = 1;

  constructor(
    readonly graph: G,
    readonly hash: string,
    readonly closed: () => void,
  ) {}

  release(): void {
    this.users -= 1;
    if (this.users === 0) void this.close();
  }

  async close(): Promise<void> {
    this.closed();
    await this.graph.close();
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
