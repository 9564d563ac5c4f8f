import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Department } from './departments.js';

/** Absolute path of a file in `schema/`. */
export function schemaFile(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}

/**
 * The files of one department's contract, by their names in `schema/`: the shared directives and scalars, the
 * department's own file, and where it has a folder of its name, the topics in it, which extend what stands there.
 */
export function contractNames(department: Department): string[] {
  const folder = schemaFile(department);
  const topics = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.graphql')) : [];
  const own = [`${department}.graphql`, ...topics.sort().map((name) => `${department}/${name}`)];
  return ['directives.graphql', 'shared.graphql', ...own];
}

/** The SDL one department publishes. */
export function subgraphSdl(department: Department): string {
  return contractNames(department)
    .map((name) => readFileSync(schemaFile(name), 'utf8'))
    .join('\n');
}

/** The composed supergraph, as committed. */
export const supergraphFile = schemaFile('supergraph.graphql');

/** What clients see of the graph, composed from the same contracts; committed for editors and code generators. */
export const apiFile = schemaFile('api.graphql');
