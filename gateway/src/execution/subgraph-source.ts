import type { GraphQLDataSource } from '@apollo/gateway';
import type { Subject } from '@linli/schema/subject';
import { assertionHeader } from '@linli/schema/subject';
import { SubgraphFault } from '../errors.js';
import type { Log } from '../telemetry/log.js';
import type { Assert } from './assertion.js';
import { emptyPlaces, faultErrors } from './fault-errors.js';
import type { SubgraphClient } from './subgraph-client.js';
import { readSubgraphResponse } from './subgraph-response.js';

/** What travels with a request through Apollo's executor to each fetch. */
export interface FetchContext {
  subject: Subject;
  signal: AbortSignal;
}

export interface SourceOptions {
  client: SubgraphClient;
  /** Signs for whom a fetch is made; undefined in insecure mode. */
  assert: Assert | undefined;
  /** Whether messages of a department's unexpected errors are shown to clients. */
  showInternalErrors: boolean;
  log: Log;
}

type ProcessOptions = Parameters<GraphQLDataSource['process']>[0];
type ProcessResult = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** Fetches from one department on behalf of Apollo's executor. A fault becomes errors in the answer, with no data. */
export class SubgraphSource implements GraphQLDataSource<FetchContext & Record<string, unknown>> {
  constructor(readonly options: SourceOptions) {}

  async process({ request, context }: ProcessOptions): Promise<ProcessResult> {
    const { client, assert, showInternalErrors, log } = this.options;
    const { subject, signal } = context as FetchContext;
    const query = request.query ?? '';
    const variables = request.variables ?? {};
    const representations: unknown = variables['representations'];
    const entities = Array.isArray(representations) ? representations.length : undefined;
    try {
      const headers: Record<string, string> = assert
        ? { [assertionHeader]: await assert(subject, client.subgraph.name) }
        : {};
      const answer = await client.post(JSON.stringify({ query, variables }), headers, signal);
      const response = readSubgraphResponse(answer, entities, showInternalErrors, client);
      for (const detail of response.logged) log('error', 'a department answered with an error', detail);
      // A department that refuses the whole request names no place: it is all that was asked of it.
      const errors = response.errors?.flatMap((refused) =>
        refused.path || response.data ? [refused] : emptyPlaces(query, entities).map((path) => ({ ...refused, path })),
      );
      return { data: response.data, errors };
    } catch (error) {
      if (!(error instanceof SubgraphFault)) throw error;
      // Nobody waits any more: the fault is of our own making and no news to the operator.
      if (!signal.aborted)
        log('warn', error.message, { code: error.code, department: error.service, detail: error.detail });
      return { data: null, errors: faultErrors(error, query, entities) };
    }
  }
}
