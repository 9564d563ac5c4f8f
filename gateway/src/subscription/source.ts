import { SubgraphFault, type SubgraphFaultCode } from '../errors.js';
import type { Subgraph } from '../supergraph/subgraphs.js';

/** What the gateway asks a department to send events of. */
export interface SubscriptionRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** One event as a department sent it: a GraphQL response as JSON text. */
export type Event = string;

/**
 * What came of asking for a stream. `refused`: the department answered, but with no stream; another protocol may do,
 * and if not, this is why.
 */
export type Opening =
  | { readonly events: AsyncIterable<Event>; readonly refused?: undefined }
  | { readonly events?: undefined; readonly refused: Refused };

export interface Refused {
  readonly fault: SubgraphFault;
  /** Whether it failed, rather than to decline. */
  readonly failed?: boolean;
  /** Whether the answer holds for every protocol. */
  readonly final?: boolean;
  /** What the department said in GraphQL, where it did. */
  readonly said?: Event | undefined;
}

/** How one department is asked for a stream, over one protocol. */
export interface Transport {
  /**
   * Opens a stream. Its iteration ends when the department completes it, and throws a SubgraphFault where the stream is
   * lost; aborting `signal` closes it at once, at the department too.
   *
   * @param headers who asks
   * @throws SubgraphFault where the department cannot be reached or fails
   */
  open(request: SubscriptionRequest, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Opening>;
}

export interface SourceLimits {
  /** Milliseconds a department has to open a stream. */
  timeoutMs: number;
  /** Bytes of one event. */
  maxEventBytes: number;
}

/** A fault of a department's stream, told by the department's name and never by its address. */
export function streamFault(
  { name, title }: Subgraph,
  code: SubgraphFaultCode,
  problem: string,
  detail = problem,
): SubgraphFault {
  const who = title === name ? `Subgraph ${name}` : `The department ${title} (${name})`;
  return new SubgraphFault(code, name, `${who} ${problem}; the subscription has ended. Subscribe again.`, detail);
}
