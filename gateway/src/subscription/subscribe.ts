import { assertionHeader } from '@linli/schema/subject';
import { SubgraphFault } from '../errors.js';
import type { Execute } from '../execution/execute.js';
import type { SendFetch } from '../execution/run.js';
import type { FetchOptions } from '../execution/subgraph-fetch.js';
import { fetchFor } from '../execution/subgraph-fetch.js';
import { readSubgraphResponse } from '../execution/subgraph-response.js';
import type { SubgraphClient } from '../execution/subgraph-client.js';
import type { Variables } from '../planning/conditions.js';
import type { FetchNode, PlanNode } from '../planning/plan.js';
import type { PlannedOperation } from '../planning/planned-operation.js';
import type { Authority } from '../policy/authority.js';
import { circuitTransport } from './circuit-transport.js';
import { detectingTransport } from './detecting-transport.js';
import type { Event, SubscriptionRequest, Transport } from './source.js';

/** Runs a planned subscription: a GraphQL response as JSON text for each event, until it ends or `signal` aborts. */
export type Subscribe = (
  planned: PlannedOperation,
  variables: Variables,
  authority: Authority,
  signal: AbortSignal,
) => AsyncIterable<string>;

/**
 * Makes the subscriptions of one supergraph. The department that owns the root field sends events; each runs the rest of
 * the plan and the projection as a query's first fetch would. One event is finished before the next is taken, so that
 * they leave in their order and a slow department slows the stream, not the memory.
 */
export function subscriber(execute: Execute, options: FetchOptions): Subscribe {
  const transports = new Map<string, Transport>();
  const transportOf = (client: SubgraphClient): Transport => {
    const { subgraph, limits } = client;
    let transport = transports.get(subgraph.name);
    if (!transport) {
      const { timeoutMs, maxResponseBytes } = limits;
      const detecting = detectingTransport(subgraph, { timeoutMs, maxEventBytes: maxResponseBytes });
      transport = circuitTransport(client, detecting);
      transports.set(subgraph.name, transport);
    }
    return transport;
  };

  return (planned, variables, authority, signal) => {
    const node = eventFetch(planned.plans[0]);
    if (!node) return nothingSelected();
    const client = options.clients.get(node.serviceName);
    if (!client) throw new Error(`The plan names a subgraph ${node.serviceName} that the supergraph does not have.`);
    return (async function* (): AsyncGenerator<string> {
      // Closes the department's stream also where the reader stops to iterate.
      const left = new AbortController();
      try {
        const anyEnd = AbortSignal.any([signal, left.signal]);
        const events = open(transportOf(client), node, variables, authority, planned.operation.hash, anyEnd);
        for await (const event of events) {
          // Who is close to whom, and whether an emergency lasts, may have changed since the event before.
          const now = await authority.renewed();
          const send = afterEvent(event, client, fetchFor(options, now, planned.operation.hash, anyEnd));
          yield (await execute(planned, variables, send, now)).toString();
        }
      } catch (error) {
        // Nobody listens any more: whatever broke is no news.
        if (signal.aborted) return;
        if (!(error instanceof SubgraphFault)) throw error;
        const { message, code, service, detail } = error;
        // Where there is no detail, the log has it already.
        if (detail !== '') options.log('warn', message, { code, department: service, detail });
        yield JSON.stringify({ errors: [{ message, extensions: { code, service } }], data: null });
      } finally {
        left.abort();
      }
    })();
  };

  async function* open(
    transport: Transport,
    node: FetchNode,
    variables: Variables,
    authority: Authority,
    operation: string,
    signal: AbortSignal,
  ): AsyncGenerator<Event> {
    const { assert } = options;
    const headers: Record<string, string> = assert
      ? { [assertionHeader]: await assert(authority, operation, node.serviceName, false) }
      : {};
    const { events, refused } = await transport.open(requestOf(node, variables), headers, signal);
    if (events) yield* events;
    else if (refused.said !== undefined) yield refused.said;
    else throw refused.fault;
  }

  /** The plan's first fetch is answered by the event; the rest asks the departments. */
  function afterEvent(event: Event, client: SubgraphClient, send: SendFetch): SendFetch {
    let waiting: Event | undefined = event;
    return async (service, body, entities, mutation) => {
      if (waiting === undefined) return send(service, body, entities, mutation);
      const answer = { status: 200, contentType: 'application/json', text: waiting };
      waiting = undefined;
      const response = readSubgraphResponse(answer, undefined, options.showInternalErrors, client);
      for (const detail of response.logged) options.log('error', 'a department sent an error', detail);
      return response;
    };
  }
}

async function* nothingSelected(): AsyncGenerator<string> {
  const message = 'The subscription selects nothing, because its root field is skipped. Include it.';
  yield JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }], data: null });
}

/** The fetch of a subscription's plan that the events answer: its first. */
function eventFetch(plan: PlanNode | undefined): FetchNode | undefined {
  if (plan?.kind === 'Sequence') return eventFetch(plan.nodes[0]);
  return plan?.kind === 'Subscription' ? plan.primary : undefined;
}

function requestOf({ operation, variableUsages }: FetchNode, variables: Variables): SubscriptionRequest {
  const used = (variableUsages ?? []).filter((name) => variables[name] !== undefined);
  return { query: operation, variables: Object.fromEntries(used.map((name) => [name, variables[name]])) };
}
