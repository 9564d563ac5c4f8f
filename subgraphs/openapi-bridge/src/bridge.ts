import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import type { Running } from '@linli/kit/service/lifecycle';
import type { Log } from '@linli/kit/service/log';
import { serve } from '@linli/kit/service/serve';
import { schemaFile } from '@linli/schema/files';
import { parse } from 'graphql';
import { readDescription } from './description/read.js';
import { contractOf } from './graph/contract.js';
import { resolversOf, type BridgeContext } from './graph/resolvers.js';
import { RestClient } from './rest/client.js';
import { loadLibrarySchema } from './rest/library.js';
import { filesOf, type BridgeSettings } from './settings.js';

/**
 * Serves a REST system as a subgraph: what its OpenAPI document describes and the overlay publishes.
 * @throws StartError where the two files are wrong, or the port is in use
 */
export async function startBridge(settings: BridgeSettings, log: Log): Promise<Running> {
  const { LINLI_PLATFORM: name, LINLI_REST_URL: url, LINLI_REST_TIMEOUT_MS: timeout } = settings;
  const description = readDescription(filesOf(settings));
  const client = new RestClient({ name, title: description.title, url }, log);
  const library = await loadLibrarySchema(description, url, client.fetch);
  const shared = ['directives.graphql', 'shared.graphql'].map((file) => readFileSync(schemaFile(file), 'utf8'));
  const schema = buildSubgraphSchema({
    typeDefs: parse([...shared, contractOf(description, library)].join('\n')),
    resolvers: resolversOf(description, library, client) as GraphQLResolverMap<unknown>,
  });
  const served = await serve<BridgeContext>({
    subgraph: name,
    schema,
    settings,
    context: (caller) => ({ caller, deadline: AbortSignal.timeout(timeout), answers: new Map() }),
    check: () => Promise.resolve(),
    log,
  });
  log('info', 'listening', { url: served.url, platform: name });
  return { url: served.url, close: () => served.close() };
}
