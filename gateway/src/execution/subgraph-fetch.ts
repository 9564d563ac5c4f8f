import type { Subject } from '@linli/schema/subject';
import { assertionHeader } from '@linli/schema/subject';
import { SubgraphFault } from '../errors.js';
import type { Log } from '../telemetry/log.js';
import type { Assert } from './assertion.js';
import type { SendFetch } from './run.js';
import type { SubgraphClient } from './subgraph-client.js';
import { readSubgraphResponse } from './subgraph-response.js';

export interface FetchOptions {
  clients: ReadonlyMap<string, SubgraphClient>;
  /** Signs for whom a fetch is made; undefined in insecure mode. */
  assert: Assert | undefined;
  /** Whether messages of a department's unexpected errors are shown to clients. */
  showInternalErrors: boolean;
  log: Log;
}

/** Makes the fetches of one request: each carries the gateway's assertion of who asks, never the client's token. */
export function fetchFor(options: FetchOptions, subject: Subject, signal: AbortSignal): SendFetch {
  const { clients, assert, showInternalErrors, log } = options;
  return async (service, body, entities) => {
    const client = clients.get(service);
    if (!client) throw new Error(`The plan names a subgraph ${service} that the supergraph does not have.`);
    try {
      const headers: Record<string, string> = assert ? { [assertionHeader]: await assert(subject, service) } : {};
      const answer = await client.post(body, headers, signal);
      const response = readSubgraphResponse(answer, entities, showInternalErrors, client);
      for (const detail of response.logged) log('error', 'a department answered with an error', detail);
      return response;
    } catch (error) {
      // Nobody waits any more: the fault is of our own making and no news to the operator.
      if (error instanceof SubgraphFault && !signal.aborted) {
        log('warn', error.message, { code: error.code, department: error.service, detail: error.detail });
      }
      throw error;
    }
  };
}
