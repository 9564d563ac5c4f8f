/** What is made of one supergraph, and freed when nobody uses it any more. */
export interface Closable {
  close(): Promise<void>;
}

/** A graph that stays whole until `release`, which must be called exactly once. */
export interface Lease<G> {
  readonly graph: G;
  release(): void;
}

/** A graph with a count of its users, the place as the current one being one of them. */
export class Held<G extends Closable> implements Lease<G> {
  users = 1;

  constructor(
    readonly graph: G,
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
