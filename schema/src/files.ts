import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Platform, SubgraphName } from './platforms.js';

/** Absolute path of a file in `schema/`. */
export function schemaFile(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}

/**
 * The files of one subgraph's contract, by their names in `schema/`: the shared directives and scalars, the
 * subgraph's own file, and where it has a folder of its name, the topics in it, which extend what stands there.
 */
export function contractNames(subgraph: SubgraphName): string[] {
  const folder = schemaFile(subgraph);
  const topics = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.graphql')) : [];
  const own = [`${subgraph}.graphql`, ...topics.sort().map((name) => `${subgraph}/${name}`)];
  return ['directives.graphql', 'shared.graphql', ...own];
}

/** The SDL one subgraph publishes. */
export function subgraphSdl(subgraph: SubgraphName): string {
  return contractNames(subgraph)
    .map((name) => readFileSync(schemaFile(name), 'utf8'))
    .join('\n');
}

/** The two files by which a platform's REST API is joined: its OpenAPI description, and the overlay over it. */
export function platformFiles(platform: Platform): { readonly openapi: string; readonly overlay: string } {
  return {
    openapi: schemaFile(`platforms/${platform}.openapi.json`),
    overlay: schemaFile(`platforms/${platform}.overlay.json`),
  };
}

/** The composed supergraph, as committed. */
export const supergraphFile = schemaFile('supergraph.graphql');

/** What clients see of the graph, composed from the same contracts; committed for editors and code generators. */
export const apiFile = schemaFile('api.graphql');
