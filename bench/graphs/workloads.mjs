import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { citySubgraphs, deepQuery, smallQuery } from './city.mjs';
import { flagship, hubSubgraphs, hubSupergraph } from './hub.mjs';

const city = { name: 'city', subgraphs: citySubgraphs, supergraph: composeCity };
const hub = { name: 'hub', subgraphs: hubSubgraphs, supergraph: hubSupergraph };

/** What is measured, by name: a graph and one request to it. */
export const workloads = {
  deep: { graph: city, body: JSON.stringify({ query: deepQuery }) },
  small: { graph: city, body: JSON.stringify({ query: smallQuery }) },
  flagship: { graph: hub, body: JSON.stringify(flagship) },
};

export const graphs = { city, hub };

function composeCity() {
  const services = Object.entries(citySubgraphs).map(([name, { sdl }]) => ({ name, typeDefs: parse(sdl) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(`The benchmark's city does not compose: ${errors.map(String).join('; ')}`);
  return supergraphSdl;
}

/**
 * The supergraph with the URLs of the running subgraphs.
 *
 * @param urls by subgraph name
 */
export function withUrls(supergraph, urls) {
  return supergraph.replace(/@join__graph\(name: "([^"]+)", url: "[^"]*"\)/g, (whole, name) => {
    if (!urls[name]) throw new Error(`The supergraph names the subgraph "${name}", which the benchmark does not run.`);
    return `@join__graph(name: "${name}", url: "${urls[name]}")`;
  });
}
