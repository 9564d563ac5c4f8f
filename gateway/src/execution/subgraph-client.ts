import { Pool } from 'undici';
import { assertionHeader } from '@linli/schema/subject';
import { SubgraphFault } from '../errors.js';
import type { Subgraph } from '../supergraph/subgraphs.js';
import { Ask, type SubgraphAnswer } from './ask.js';
import type { CircuitLimits, CircuitState } from './circuit-breaker.js';
import { CircuitBreaker, defaultCircuit } from './circuit-breaker.js';
import { Deadlines } from './deadlines.js';
import type { Failure, HttpAnswer } from './exchange.js';
import { Exchange } from './exchange.js';
import { InFlight } from './in-flight.js';
import { decodeUtf8, decompress, type BodyProblem } from './response-text.js';

export interface ClientLimits {
  /** Milliseconds the subgraph has for one answer, waiting for a connection included. */
  timeoutMs: number;
  /** Bytes of one answer, compressed or not. */
  maxResponseBytes: number;
  /** Representations of one fetch. Default 10,000. */
  maxEntities?: number;
  circuit?: Partial<CircuitLimits>;
  /** Is told when the circuit opens, is tried and closes. */
  onCircuit?: (state: CircuitState) => void;
}

export interface AskOptions {
  /** The gateway's assertion of who asks; undefined in insecure mode. */
  assertion: string | undefined;
  /** By when whoever asks needs the answer, in milliseconds as `performance.now()` counts them. */
  deadline: number;
  /** Whether it may be sent twice: a query. */
  repeatable: boolean;
  /** Aborted when who asks is gone. */
  signal?: AbortSignal;
}

const connections = 64;
const keepAliveTimeout = 30_000;
const accept = 'application/graphql-response+json, application/json;q=0.9';

const never = () => false;

/** Talks HTTP to one subgraph over connections that are kept open. */
export class SubgraphClient {
  readonly circuit: CircuitBreaker;
  readonly inFlight = new InFlight();
  readonly maxEntities: number;
  readonly #pool: Pool;
  readonly #path: string;
  readonly #headers: readonly string[];
  readonly #deadlines = new Deadlines();

  constructor(
    readonly subgraph: Subgraph,
    readonly limits: ClientLimits,
  ) {
    const { origin, pathname, search, hostname } = new URL(subgraph.url);
    this.#path = pathname + search;
    this.maxEntities = limits.maxEntities ?? 10_000;
    this.circuit = new CircuitBreaker({ ...defaultCircuit, ...limits.circuit }, limits.onCircuit);
    this.#headers = ['accept', accept, ...(isHere(hostname) ? [] : ['accept-encoding', 'gzip'])];
    this.#pool = new Pool(origin, {
      connections,
      keepAliveTimeout,
      connect: { timeout: limits.timeoutMs },
      // The deadline of the exchange is the only clock.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** Posts a body of JSON, unless the circuit is open. Throws a SubgraphFault, as the answer may. */
  ask(body: string, { assertion, deadline, repeatable, signal }: AskOptions): Ask {
    const now = performance.now();
    const ticket = this.circuit.admit(now);
    if (!ticket) {
      const problem = 'is not asked for the moment, since it failed repeatedly, and will be tried again shortly';
      throw this.fault('SUBGRAPH_UNAVAILABLE', problem, '');
    }
    const own = now + this.limits.timeoutMs;
    const by = Math.min(own, deadline);
    const begin = (isAbandoned: () => boolean) => this.#post(body, assertion, by, isAbandoned);
    return new Ask(this, begin, by, own <= deadline, repeatable, ticket, signal);
  }

  /** Posts a body of JSON, whatever the circuit says. Throws a SubgraphFault. */
  async post(body: string, timeoutMs: number): Promise<SubgraphAnswer> {
    return this.#whole(this.#post(body, undefined, performance.now() + timeoutMs));
  }

  /** Gets a path of the subgraph's server, whatever the circuit says. Throws a SubgraphFault. */
  async get(path: string, timeoutMs: number): Promise<SubgraphAnswer> {
    const exchange = this.#exchange(performance.now() + timeoutMs);
    this.#pool.dispatch({ method: 'GET', path, headers: this.#headers as string[] }, exchange);
    return this.#whole(exchange);
  }

  /** The answer as text. Throws a SubgraphFault where the bytes are none. */
  read(answer: HttpAnswer): SubgraphAnswer | Promise<SubgraphAnswer> {
    const { contentEncoding, body } = answer;
    if (contentEncoding === '' || contentEncoding === 'identity') return this.#text(answer, body);
    return decompress(body, contentEncoding, this.limits.maxResponseBytes).then((whole) => this.#text(answer, whole));
  }

  faultOf({ failure, detail }: Failure, wholeTime: boolean): SubgraphFault {
    switch (failure) {
      case 'timeout': {
        const problem = wholeTime
          ? `did not answer in ${this.limits.timeoutMs} ms`
          : 'did not answer in the time that was left for the request';
        return this.fault('SUBGRAPH_TIMEOUT', problem, detail);
      }
      case 'too-large':
        return this.fault('SUBGRAPH_BAD_RESPONSE', this.#tooLarge(), detail);
      case 'not-http':
        return this.fault('SUBGRAPH_BAD_RESPONSE', 'did not answer in HTTP', detail);
      case 'interrupted':
        return this.fault('SUBGRAPH_UNAVAILABLE', 'broke off its answer', detail);
      case 'cancelled':
      case 'unreachable':
        return this.fault('SUBGRAPH_UNAVAILABLE', 'cannot be reached', detail);
    }
  }

  /**
   * A fault of this subgraph, told by the department's name and never by its address.
   *
   * @param detail for the log; empty where the log has it already
   */
  fault(code: SubgraphFault['code'], problem: string, detail = problem): SubgraphFault {
    const { name, title } = this.subgraph;
    const who = title === name ? `Subgraph ${name}` : `The department ${title} (${name})`;
    return new SubgraphFault(code, name, `${who} ${problem}; its fields are null.`, detail);
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  #post(body: string, assertion: string | undefined, deadline: number, isAbandoned?: () => boolean): Exchange {
    const exchange = this.#exchange(deadline, isAbandoned);
    const headers = ['content-type', 'application/json', ...this.#headers];
    if (assertion !== undefined) headers.push(assertionHeader, assertion);
    this.#pool.dispatch({ method: 'POST', path: this.#path, headers, body }, exchange);
    return exchange;
  }

  #exchange(deadline: number, isAbandoned = never): Exchange {
    return new Exchange(deadline, this.limits.maxResponseBytes, this.#deadlines, isAbandoned);
  }

  async #whole(exchange: Exchange): Promise<SubgraphAnswer> {
    const outcome = await exchange.outcome;
    if (outcome.failure !== undefined) throw this.faultOf(outcome, false);
    return this.read(outcome);
  }

  #text({ status, contentType }: HttpAnswer, body: Buffer | BodyProblem): SubgraphAnswer {
    if (body === 'too-large') throw this.fault('SUBGRAPH_BAD_RESPONSE', this.#tooLarge());
    if (typeof body === 'string') {
      throw this.fault('SUBGRAPH_BAD_RESPONSE', 'answered with a compression that cannot be read', body);
    }
    const text = decodeUtf8(body);
    if (text === undefined) throw this.fault('SUBGRAPH_BAD_RESPONSE', 'answered with text that is not UTF-8');
    return { status, contentType, text };
  }

  #tooLarge(): string {
    return `answered with more than ${this.limits.maxResponseBytes} bytes`;
  }
}

/** Whether a host is this machine: compressing what never leaves it would be work for nothing. */
function isHere(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}
