import { apiSchema } from '@linli/gateway/supergraph/api-schema';
import { composeServices } from '@theguild/federation-composition';
import type { Classification } from '@linli/gateway/supergraph/classification';
import { parse, printSchema } from 'graphql';
import type { DocumentNode } from 'graphql';
import type { Contract } from './contracts.js';
import { checkDirectiveValues } from './directive-values.js';
import { readGraph } from './graph.js';
import { locate } from './locate.js';
import type { Problem } from './problem.js';
import { checkProtection } from './protection.js';

export interface Composed {
  /** SDL. */
  readonly supergraph: string;
  readonly document: DocumentNode;
  readonly classification: Classification;
  readonly problems?: undefined;
}

export type Composition = Composed | { readonly supergraph?: undefined; readonly problems: readonly Problem[] };

const banner = '# Composed from the departments’ contracts in this folder: npm run compose. Edit those, not this.\n\n';

/** Where a department's service is found inside a deployment; the launcher overrides it for a local hub. */
export function routingUrl(department: string): string {
  return `http://${department}:4001/graphql`;
}

/**
 * Composes the departments' contracts into one supergraph (Apollo Federation 2).
 *
 * @param everybody all departments' contracts, where only a part of the graph is composed
 * @returns the supergraph, the same for the same contracts; or every problem, with Apollo's codes for what does not
 *   compose, and our own for what would not be protected
 */
export function compose(contracts: readonly Contract[], everybody: readonly Contract[] = contracts): Composition {
  const wrongValues = contracts.flatMap(checkDirectiveValues);
  if (wrongValues.length > 0) return { problems: wrongValues };
  const services = contracts.map(({ department, document }) => ({
    name: department,
    typeDefs: document,
    url: routingUrl(department),
  }));
  const result = composeServices(services);
  if (result.errors) return { problems: result.errors.map((error) => locate(error, contracts)) };
  const document = parse(result.supergraphSdl, { noLocation: true });
  const graph = readGraph(document, contracts, everybody);
  const unprotected = checkProtection(graph);
  if (unprotected.length > 0) return { problems: unprotected };
  const { classification } = graph;
  return { supergraph: `${banner}${result.supergraphSdl.trim()}\n`, document, classification };
}

/** What clients see of a supergraph, as SDL. */
export function apiOf({ document, classification }: Composed): string {
  return `${banner}${printSchema(apiSchema(document, classification)).trim()}\n`;
}
