import { apiSchema } from '@linli/gateway/supergraph/api-schema';
import { composeServices } from '@theguild/federation-composition';
import { parse, printSchema } from 'graphql';
import type { Contract } from './contracts.js';
import { checkDirectiveValues } from './directive-values.js';
import { locate } from './locate.js';
import type { Problem } from './problem.js';
import { checkProtection } from './protection.js';

export type Composition =
  | { readonly supergraph: string; readonly api: string; readonly problems?: undefined }
  | { readonly supergraph?: undefined; readonly api?: undefined; readonly problems: readonly Problem[] };

const banner = '# Composed from the departments’ contracts in this folder: npm run compose. Edit those, not this.\n\n';

/** Where a department's service is found inside a deployment; the launcher overrides it for a local hub. */
export function routingUrl(department: string): string {
  return `http://${department}:4001/graphql`;
}

/**
 * Composes the departments' contracts into one supergraph (Apollo Federation 2).
 *
 * @param everybody all departments' contracts, where only a part of the graph is composed
 * @returns the supergraph's SDL and what clients see of it, the same for the same contracts; or every problem, with
 *   Apollo's codes for what does not compose, and our own for what would not be protected
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
  const unprotected = checkProtection(result.supergraphSdl, contracts, everybody);
  if (unprotected.length > 0) return { problems: unprotected };
  const api = printSchema(apiSchema(parse(result.supergraphSdl)));
  return { supergraph: `${banner}${result.supergraphSdl.trim()}\n`, api: `${banner}${api.trim()}\n` };
}
