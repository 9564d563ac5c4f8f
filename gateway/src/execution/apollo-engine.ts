import { ApolloGateway } from '@apollo/gateway';
import { GraphQLError } from 'graphql';
import type { ResponseError } from '../errors.js';
import { StartError } from '../errors.js';
import type { Supergraph } from '../supergraph/load.js';
import type { Log } from '../telemetry/log.js';
import type { Assert } from './assertion.js';
import type { Engine, ExecutionResponse } from './engine.js';
import type { SubgraphClient } from './subgraph-client.js';
import type { FetchContext } from './subgraph-source.js';
import { SubgraphSource } from './subgraph-source.js';

export interface ApolloEngineOptions {
  supergraph: Supergraph;
  clients: ReadonlyMap<string, SubgraphClient>;
  assert: Assert | undefined;
  showInternalErrors: boolean;
  log: Log;
}

type RequestContext = Parameters<ApolloGateway['executor']>[0];

/** The engine on `@apollo/gateway`: its planner and its executor, over the gateway's own fetches. */
export async function apolloEngine(options: ApolloEngineOptions): Promise<Engine> {
  const { supergraph, clients, assert, showInternalErrors, log } = options;
  // Apollo's gateway would report the platform it runs on to its maker.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
  const logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: (message: unknown) => log('warn', String(message)),
    error: (message: unknown) => log('error', String(message)),
  };
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph.sdl,
    __exposeQueryPlanExperimental: false,
    logger,
    buildService: ({ name }) => {
      const client = clients.get(name);
      if (!client) throw new StartError(`The supergraph names a subgraph ${name} without a URL.`);
      return new SubgraphSource({ client, assert, showInternalErrors, log });
    },
  });
  const { schema } = await load(gateway);

  return {
    apiSchema: schema,
    async execute(operation, variables, subject, signal) {
      const context: FetchContext = { subject, signal };
      const requestContext = {
        request: { query: operation.text, variables, ...(operation.name && { operationName: operation.name }) },
        document: operation.document,
        source: operation.text,
        queryHash: operation.hash,
        operation: operation.definition,
        operationName: operation.name ?? null,
        schema,
        logger,
        context,
        metrics: {},
        // Apollo's type asks for all that its own server keeps; its executor reads what is given here.
      } as unknown as RequestContext;
      try {
        return format(await gateway.executor(requestContext));
      } catch (error) {
        log('error', 'the operation could not be executed', { operation: operation.hash, detail: detailOf(error) });
        return { errors: [describe(error)], data: null };
      }
    },
    close: () => gateway.stop(),
  };
}

async function load(gateway: ApolloGateway): ReturnType<ApolloGateway['load']> {
  try {
    return await gateway.load();
  } catch (error) {
    if (error instanceof StartError) throw error;
    const [line = ''] = detailOf(error).split('\n');
    throw new StartError(`The supergraph is not valid: ${line}. Compose it anew.`);
  }
}

function format(result: Awaited<ReturnType<ApolloGateway['executor']>>): ExecutionResponse {
  // A value that does not fit the schema is an error of the response by the GraphQL specification (6.4.4); Apollo
  // tells of it in an extension, and only where nothing else went wrong.
  const completion = (result.extensions?.['valueCompletion'] ?? []) as readonly GraphQLError[];
  const errors = [...(result.errors ?? []), ...completion].map(describe);
  return { ...(errors.length && { errors }), data: result.data ?? null };
}

function describe(error: unknown): ResponseError {
  const code = error instanceof GraphQLError ? error.extensions['code'] : undefined;
  if (!(error instanceof GraphQLError)) {
    return {
      message: 'The gateway could not finish the operation. Try again; if it stays so, tell the operator.',
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    };
  }
  const { serviceName: _, ...extensions } = error.extensions;
  return {
    message: error.message,
    ...(error.path && { path: error.path }),
    extensions: { ...extensions, code: typeof code === 'string' ? code : 'INVALID_GRAPHQL' },
  };
}

function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
