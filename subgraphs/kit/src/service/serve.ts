import { once } from 'node:events';
import { ApolloServer, type BaseContext } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { unwrapResolverError } from '@apollo/server/errors';
import type { SubgraphName } from '@linli/schema/platforms';
import type { Caller } from '@linli/schema/subject';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { StartError } from '../errors.js';
import { verifyAssertion } from './assertion.js';
import { eventStreams } from './event-stream.js';
import { listen } from './http.js';
import type { Log } from './log.js';
import type { Route } from './route.js';
import type { ServingSettings } from './settings.js';

/** Milliseconds that requests under way have when the service stops. */
const graceMs = 3000;

/** Only errors made for the caller keep their message; anything else is logged and named in general terms. */
function formatErrors(log: Log) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const original = unwrapResolverError(error);
    const internal = !(original instanceof GraphQLError) || formatted.extensions?.['code'] === 'INTERNAL_SERVER_ERROR';
    if (internal) {
      const cause = original as Error & { code?: string };
      log('error', 'resolver failed', { path: formatted.path, error: cause.name, code: cause.code });
    }
    const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
    return internal
      ? { ...formatted, message: 'The department could not answer this field.', extensions }
      : { ...formatted, extensions };
  };
}

export interface ServeOptions<Context extends BaseContext> {
  /** Whose graph it is; assertions must be meant for it. */
  readonly subgraph: SubgraphName;
  readonly schema: GraphQLSchema;
  readonly settings: ServingSettings;
  /** Everything one request needs, made anew for each. */
  readonly context: (caller: Caller) => Context;
  /** What is answered below other paths, by their first part: `/webhooks`. */
  readonly routes?: Readonly<Record<string, Route>>;
  /** Rejects when requests cannot be answered; its message is safe to show. */
  readonly check: () => Promise<void>;
  readonly log: Log;
}

export interface Served {
  readonly url: string;
  /** Takes no more requests, does what is given, and waits until those under way are answered or out of time. */
  close(meanwhile?: () => Promise<void>): Promise<void>;
}

/**
 * Serves a schema to the gateway: `/graphql` for whoever shows its assertion, `/health` for everybody.
 * @throws StartError where the port is in use
 */
export async function serve<Context extends BaseContext>(options: ServeOptions<Context>): Promise<Served> {
  const { subgraph, schema, settings, context, routes = {}, check, log } = options;
  const formatError = formatErrors(log);
  const apollo = new ApolloServer<Context>({
    schema,
    plugins: [ApolloServerPluginInlineTraceDisabled()],
    formatError,
    introspection: true,
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    logger: { debug() {}, info() {}, warn: (m) => log('warn', String(m)), error: (m) => log('error', String(m)) },
  });
  await apollo.start();
  const { server, url } = await listen(settings.HOST, settings.PORT, {
    apollo,
    routes,
    subscribe: eventStreams(schema, formatError),
    authenticate: (assertion) => verifyAssertion(assertion, settings.LINLI_ASSERTION_JWKS, subgraph),
    context,
    check,
    log,
  }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE'
      ? new StartError(`Port ${settings.PORT} on ${settings.HOST} is in use: set PORT to a free one.`)
      : error;
  });
  return {
    url,
    async close(meanwhile = () => Promise.resolve()) {
      const closed = once(server, 'close');
      server.close();
      await meanwhile();
      server.closeIdleConnections();
      // A connection on which nobody has asked anything yet does not count as idle.
      const impatient = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(impatient);
      await apollo.stop();
    },
  };
}
