import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Department } from './departments.js';

/** Absolute path of a file in `schema/`. */
export function schemaFile(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}

/** The SDL one department publishes: the shared directives and scalars, then its own types. */
export function subgraphSdl(department: Department): string {
  return ['directives.graphql', 'shared.graphql', `${department}.graphql`]
    .map((name) => readFileSync(schemaFile(name), 'utf8'))
    .join('\n');
}

/** The composed supergraph, as committed. */
export const supergraphFile = schemaFile('supergraph.graphql');

/** What clients see of the graph, composed from the same contracts; committed for editors and code generators. */
export const apiFile = schemaFile('api.graphql');
