import { SubgraphFault } from '../errors.js';
import type { Authority } from '../policy/authority.js';
import type { Log } from '../telemetry/log.js';
import type { Assert } from './assertion.js';
import type { SendFetch, Waiting } from './run.js';
import type { SubgraphClient } from './subgraph-client.js';
import { readSubgraphResponse } from './subgraph-response.js';

export interface FetchOptions {
  clients: ReadonlyMap<string, SubgraphClient>;
  /** Signs for whom a fetch is made; undefined in insecure mode. */
  assert: Assert | undefined;
  /** Whether messages of a department's unexpected errors are shown to clients. */
  showInternalErrors: boolean;
  /** Milliseconds that all fetches of a request have together. Default 30,000. */
  requestTimeoutMs?: number | undefined;
  /** Whether the same query of the same subject waits for the one that is under way. Default true. */
  shareInFlight?: boolean | undefined;
  log: Log;
}

/** Makes the fetches of one request: each carries the gateway's assertion of who asks, never the client's token. */
export function fetchFor(options: FetchOptions, authority: Authority, operation: string, signal: Waiting): SendFetch {
  const { clients, assert, showInternalErrors, requestTimeoutMs = 30_000, shareInFlight = true, log } = options;
  const deadline = performance.now() + requestTimeoutMs;
  return async (service, body, entities, mutation) => {
    const client = clients.get(service);
    if (!client) throw new Error(`The plan names a subgraph ${service} that the supergraph does not have.`);
    try {
      if (entities) refuseTooMany(client, entities);
      const signed = assert?.(authority, operation, service, mutation);
      const assertion = typeof signed === 'object' ? await signed : signed;
      // Who left in the middle of a plan asks nothing more.
      if (signal.aborted) throw client.faultOf({ failure: 'cancelled', detail: '' }, true);
      const start = () => client.ask(body, { assertion, deadline, repeatable: !mutation, signal });
      const { inFlight } = client;
      const question = { body, subject: authority.subject, assertion, deadline, signal };
      const asked = shareInFlight && !mutation ? inFlight.ask(question, start) : start();
      const answer = await (mutation ? asked.answer.finally(() => inFlight.forget()) : asked.answer);
      const response = readSubgraphResponse(answer, entities, showInternalErrors, client);
      for (const detail of response.logged) log('error', 'a department answered with an error', detail);
      return response;
    } catch (error) {
      // Where nobody waits any more, the fault is of our own making and no news to the operator.
      if (error instanceof SubgraphFault && error.detail !== '' && !signal.aborted) {
        log('warn', error.message, { code: error.code, department: error.service, detail: error.detail });
      }
      throw error;
    }
  };
}

function refuseTooMany(client: SubgraphClient, entities: readonly { count: number }[]): void {
  let count = 0;
  for (const each of entities) count += each.count;
  const { maxEntities } = client;
  if (count <= maxEntities) return;
  const problem =
    `was not asked: the operation needs ${count} of its objects at once, and ${maxEntities} are the limit. ` +
    'Ask for fewer at a time, as with a smaller page';
  throw client.fault('ENTITY_LIMIT_EXCEEDED', problem);
}
