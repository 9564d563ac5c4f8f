import type { Subgraph } from '../supergraph/subgraphs.js';
import type { SubgraphClient } from './subgraph-client.js';

/** The clients of one supergraph's subgraphs, by subgraph name. */
export type Clients = ReadonlyMap<string, SubgraphClient>;

/**
 * The subgraph clients of all supergraphs that are open. Those that have a subgraph of the same name and URL share one
 * client, so that its connections and what it knows of the department outlive a change of the supergraph.
 */
export class SubgraphClients {
  readonly #shared = new Map<string, { client: SubgraphClient; users: number }>();

  constructor(readonly make: (subgraph: Subgraph) => SubgraphClient) {}

  /** The clients for one supergraph, until `release`. */
  acquire(subgraphs: readonly Subgraph[]): Clients {
    return new Map(
      subgraphs.map((subgraph) => {
        const key = keyOf(subgraph);
        const shared = this.#shared.get(key) ?? { client: this.make(subgraph), users: 0 };
        shared.users += 1;
        this.#shared.set(key, shared);
        return [subgraph.name, shared.client];
      }),
    );
  }

  /** Closes those of the clients that no other supergraph uses. */
  async release(clients: Clients): Promise<void> {
    const unused = [...clients.values()].filter(({ subgraph }) => {
      const shared = this.#shared.get(keyOf(subgraph))!;
      shared.users -= 1;
      return shared.users === 0 && this.#shared.delete(keyOf(subgraph));
    });
    for (const client of unused) client.close();
  }
}

function keyOf({ name, url }: Subgraph): string {
  return `${name} ${url}`;
}
