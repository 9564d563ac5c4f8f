import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { Subgraph } from '../../support/subgraph.js';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])';
const products = `${link}
  type Query { products: [Product!] product(id: ID!): Product broken: String }
  type Mutation { rename(id: ID!, name: String!): Product }
  type Product @key(fields: "id") { id: ID! name: String }`;
const stock = `${link} type Product @key(fields: "id") { id: ID! stock: Int }`;
const reviews = `${link} type Product @key(fields: "id") { id: ID! stars: Int }`;

const things = [
  { id: 'p1', name: 'Kettle' },
  { id: 'p2', name: 'Stool' },
];

/** The departments of a graph that grows: what a version contains is said by their names. */
export type Part = 'products' | 'stock' | 'reviews';

/** A graph whose supergraph file changes, over real subgraphs. */
export class Shop {
  private constructor(
    readonly folder: string,
    readonly products: Subgraph,
    readonly stock: Subgraph,
    readonly reviews: Subgraph,
  ) {}

  static async start(): Promise<Shop> {
    const folder = await mkdtemp(join(tmpdir(), 'linli-shop-'));
    const shop = new Shop(
      folder,
      await Subgraph.start('products', products, {
        Query: {
          products: () => things,
          product: (_: unknown, { id }: { id: string }) => things.find((thing) => thing.id === id),
          broken: () => {
            throw new Error('out of order');
          },
        },
        Mutation: { rename: (_: unknown, product: { id: string; name: string }) => product },
        Product: { __resolveReference: ({ id }: { id: string }) => things.find((thing) => thing.id === id) },
      }),
      await Subgraph.start('stock', stock, { Product: { stock: () => 7 } }),
      await Subgraph.start('reviews', reviews, { Product: { stars: () => 5 } }),
    );
    await shop.write(['products', 'stock']);
    return shop;
  }

  get file(): string {
    return join(this.folder, 'supergraph.graphql');
  }

  /** The composed supergraph of some of the subgraphs. `note` makes the text another one, not the graph. */
  compose(parts: readonly Part[], note = ''): string {
    const services = parts.map((part) => ({ name: part, url: this[part].url, typeDefs: parse(this[part].sdl) }));
    const result = composeServices(services);
    if (result.errors) throw new Error(result.errors.map(({ message }) => message).join('\n'));
    return `${result.supergraphSdl}\n# ${note}\n`;
  }

  /** Replaces the file at once, as tools do that take care. */
  async write(parts: readonly Part[], note?: string): Promise<void> {
    await this.writeText(this.compose(parts, note));
  }

  async writeText(text: string): Promise<void> {
    await writeFile(`${this.file}.new`, text);
    await rename(`${this.file}.new`, this.file);
  }

  async close(): Promise<void> {
    await Promise.all([this.products.close(), this.stock.close(), this.reviews.close()]);
    await rm(this.folder, { recursive: true });
  }
}

/** Waits until something holds; a test that waits in vain ends by the runner's limit. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}
