import { SubgraphFault } from '../errors.js';
import type { CircuitBreaker } from '../execution/circuit-breaker.js';
import type { Subgraph } from '../supergraph/subgraphs.js';
import { streamFault, type Transport } from './source.js';

/** What is needed of a department's client: who it is, and the circuit breaker that its fetches pass. */
export interface Guarded {
  readonly subgraph: Subgraph;
  readonly circuit: CircuitBreaker;
}

/**
 * Opens streams through the circuit breaker of a department's fetches: one that fails is not asked for events either, and
 * what came of asking counts as a fetch does. How a stream ends later does not count: it may have lasted for days.
 */
export function circuitTransport({ subgraph, circuit }: Guarded, transport: Transport): Transport {
  return {
    async open(request, headers, signal) {
      const ticket = circuit.admit(performance.now());
      if (!ticket) {
        const problem = 'is not asked for the moment, since it failed repeatedly, and will be tried again shortly';
        throw streamFault(subgraph, 'SUBGRAPH_UNAVAILABLE', problem, '');
      }
      try {
        const opening = await transport.open(request, headers, signal);
        if (opening.refused?.failed) circuit.failed(ticket, performance.now());
        else circuit.succeeded(ticket, performance.now());
        return opening;
      } catch (error) {
        // Who asked may have left, or the gateway itself have failed: neither says anything of the department.
        if (signal.aborted || !(error instanceof SubgraphFault)) circuit.abandoned(ticket);
        else circuit.failed(ticket, performance.now());
        throw error;
      }
    },
  };
}
