import { SubgraphFault } from '../errors.js';
import type { Subgraph } from '../supergraph/subgraphs.js';
import type { Opening, Refused, SourceLimits, SubscriptionRequest, Transport } from './source.js';
import { sseTransport } from './sse-transport.js';
import { webSocketTransport } from './websocket-transport.js';

/**
 * Asks a department for streams over whatever it speaks: an event stream first, since one request tells, then a
 * WebSocket. What worked is asked first the next time; a department that changes is found out again.
 */
export function detectingTransport(subgraph: Subgraph, limits: SourceLimits): Transport {
  let order: readonly Transport[] = [sseTransport(subgraph, limits), webSocketTransport(subgraph, limits)];
  return {
    async open(request, headers, signal): Promise<Opening> {
      const refusals: Refused[] = [];
      for (const transport of order) {
        const opening = await attempt(transport, request, headers, signal, refusals.length > 0);
        if (opening.events) {
          order = [transport, ...order.filter((other) => other !== transport)];
          return opening;
        }
        refusals.push(opening.refused);
        if (opening.refused.final) break;
      }
      // What a department says in words is worth more than a status.
      const told = refusals.find(({ said }) => said !== undefined) ?? refusals[0]!;
      return { refused: { ...told, failed: refusals.every(({ failed }) => failed) } };
    },
  };
}

/** A department that answered one protocol is there: that another does not work is a refusal, too. */
async function attempt(
  transport: Transport,
  request: SubscriptionRequest,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  answered: boolean,
): Promise<Opening> {
  try {
    return await transport.open(request, headers, signal);
  } catch (error) {
    if (answered && error instanceof SubgraphFault) return { refused: { fault: error, failed: true } };
    throw error;
  }
}
