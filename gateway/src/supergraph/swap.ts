import type { Manifest } from '../operation/manifest.js';
import { failureOf } from '../telemetry/failure.js';
import type { Log } from '../telemetry/log.js';
import type { Closable, Lease } from './lease.js';
import { Held } from './lease.js';
import type { RefusedVersion, VersionState } from './version.js';
import { Version } from './version.js';

/** Texts that a graph is made of; equal hashes (hex) mean equal texts. */
export interface Texts {
  readonly hash: string;
}

/** Where supergraphs come from, and what is made of them. */
export interface SwapSource<G extends Closable, T extends Texts> {
  /** Reads the supergraph, and what is decided over it, as they are now; rejects with one line why it cannot. */
  read(): Promise<T>;
  /** Reads the operations that front-end teams rely on as they are now; rejects with one line why it cannot. */
  readOperations(): Promise<Manifest>;
  /** Makes what serves a supergraph; throws one line why it cannot. Frees what it took when it throws. */
  open(texts: T): G;
  /** Makes sure that a graph can answer the operations; rejects with one line why not. */
  check(graph: G, operations: Manifest): Promise<void>;
}

const toldOfSupergraphs = {
  served: 'serving another supergraph or other policies',
  refused: 'refused another supergraph or other policies; those before are served on',
};
const toldOfOperations = {
  served: 'serving other persisted operations',
  refused: 'refused other persisted operations; those before are served on',
};

/** What is served, and what was refused since. */
export interface ServedState {
  readonly supergraph: VersionState;
  /** The operations that front-end teams rely on. */
  readonly operations: VersionState & { readonly count: number };
}

/** What became of a reload; hashes are those of the supergraph or of the operations, as the outcome says. */
export type Reload =
  | { readonly outcome: 'swapped' | 'unchanged' | 'operations-swapped'; readonly hash: string }
  | ({ readonly outcome: 'refused' | 'operations-refused' } & RefusedVersion);

/**
 * The graph that serves, and its replacement by a newer one. A new graph is made and checked beside the old one and takes
 * its place at once for all requests from then on; those in flight keep the graph they began with, which is closed when
 * the last of them has ended. The operations that front-end teams rely on change with it, or by themselves. What cannot
 * be served changes nothing.
 */
export class CurrentGraph<G extends Closable, T extends Texts = Texts> {
  readonly #live = new Set<Held<G>>();
  readonly #listeners = new Set<(graph: G) => void>();
  readonly #closing: (() => void | Promise<void>)[] = [];
  readonly #supergraph: Version;
  readonly #operations: Version;
  #held: Held<G>;
  #manifest: Manifest;
  /** Reloads run one after the other, so that the last text read is the one that serves. */
  #reloading: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(
    readonly source: SwapSource<G, T>,
    readonly log: Log,
    texts: T,
    operations: Manifest,
  ) {
    this.#held = this.#hold(source.open(texts));
    this.#manifest = operations;
    this.#supergraph = new Version(texts.hash, toldOfSupergraphs, log);
    this.#operations = new Version(operations.hash, toldOfOperations, log);
  }

  /** Opens the first graph. Rejects with what the source rejects with: there is nothing else to serve. */
  static async open<G extends Closable, T extends Texts>(
    source: SwapSource<G, T>,
    log: Log,
  ): Promise<CurrentGraph<G, T>> {
    const texts = await source.read();
    const current = new CurrentGraph(source, log, texts, await source.readOperations());
    await source.check(current.graph, current.manifest).catch((error: unknown) => {
      log('warn', 'the supergraph is served, but would be refused as a replacement', { reason: oneLine(error) });
    });
    return current;
  }

  /** The graph that serves now. Whoever awaits anything while using it takes a lease. */
  get graph(): G {
    return this.#held.graph;
  }

  /** The operations that front-end teams rely on, as they are served now. */
  get manifest(): Manifest {
    return this.#manifest;
  }

  acquire(): Lease<G> {
    this.#held.users += 1;
    return this.#held;
  }

  get state(): ServedState {
    const { state } = this.#operations;
    return { supergraph: this.#supergraph.state, operations: { ...state, count: this.#manifest.entries.length } };
  }

  /** Calls back with each graph that takes over from now on; gives a function that ends this. */
  onSwap(listener: (graph: G) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Calls back once, when this is closed. */
  onClose(listener: () => void | Promise<void>): void {
    this.#closing.push(listener);
  }

  /**
   * Reads the supergraph and the operations again and serves what is new and can be served. Never rejects.
   *
   * @param again whether a text that was refused is tried once more, and other operations are looked for where the
   *   supergraph is the same: what it was refused for may be mended by now
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
    const closing = this.#closing.splice(0).map((listener) => listener());
    await this.#reloading;
    await Promise.all([...closing, ...[...this.#live].map((held) => held.close())]);
  }

  async #reload(again: boolean): Promise<Reload> {
    if (this.#closed) return { outcome: 'unchanged', hash: this.#supergraph.hash };
    const result = await this.#reloadSupergraph(again);
    if (!again || result.outcome === 'swapped') return result;
    const operations = await this.#reloadOperations();
    return result.outcome === 'refused' ? result : (operations ?? result);
  }

  async #reloadSupergraph(again: boolean): Promise<Reload> {
    let texts: T;
    try {
      texts = await this.source.read();
    } catch (error) {
      return { outcome: 'refused', ...this.#supergraph.refuse(oneLine(error)) };
    }
    const { hash } = texts;
    if (hash === this.#supergraph.hash) {
      this.#supergraph.confirm();
      return { outcome: 'unchanged', hash };
    }
    const { refused } = this.#supergraph;
    if (!again && refused?.hash === hash) return { outcome: 'refused', ...refused };
    let next: G | undefined;
    try {
      next = this.source.open(texts);
      const operations = await this.source.readOperations();
      await this.source.check(next, operations);
      this.#swap(next, hash, operations);
    } catch (error) {
      await next?.close();
      return { outcome: 'refused', ...this.#supergraph.refuse(oneLine(error), hash) };
    }
    return { outcome: 'swapped', hash };
  }

  /** Serves other operations over the graph that serves, or says why not; undefined where they are the same. */
  async #reloadOperations(): Promise<Reload | undefined> {
    let operations: Manifest | undefined;
    try {
      operations = await this.source.readOperations();
      if (operations.hash !== this.#operations.hash) await this.source.check(this.graph, operations);
    } catch (error) {
      return { outcome: 'operations-refused', ...this.#operations.refuse(oneLine(error), operations?.hash) };
    }
    return this.#adopt(operations) ? { outcome: 'operations-swapped', hash: operations.hash } : undefined;
  }

  #swap(next: G, hash: string, operations: Manifest): void {
    const old = this.#held;
    this.#held = this.#hold(next);
    this.#supergraph.replace(hash);
    this.#adopt(operations);
    for (const listener of this.#listeners) {
      try {
        listener(next);
      } catch (error) {
        this.log('error', 'a listener failed on another supergraph', failureOf(error));
      }
    }
    old.release();
  }

  /** Whether these are other operations than before. */
  #adopt(operations: Manifest): boolean {
    if (operations.hash === this.#operations.hash) {
      this.#operations.confirm();
      return false;
    }
    this.#manifest = operations;
    this.#operations.replace(operations.hash);
    return true;
  }

  #hold(graph: G): Held<G> {
    const held: Held<G> = new Held(graph, () => this.#live.delete(held));
    this.#live.add(held);
    return held;
  }
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ');
}
