import { assertionHeader } from '@linli/schema/subject';
import { SubgraphFault } from '../errors.js';
import type { Subgraph } from '../supergraph/subgraphs.js';
import type { HttpAnswer } from './answer-reader.js';
import { Ask, type SubgraphAnswer } from './ask.js';
import type { CircuitLimits, CircuitState } from './circuit-breaker.js';
import { CircuitBreaker, defaultCircuit } from './circuit-breaker.js';
import { Connections } from './connections.js';
import { Deadlines } from './deadlines.js';
import type { Failure } from './exchange.js';
import { Exchange } from './exchange.js';
import { InFlight } from './in-flight.js';
import { decodeUtf8, decompress } from './response-text.js';
import type { Waiting } from './run.js';

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
  /** Who asks, unless nobody can be gone. */
  signal?: Waiting;
}

const connections = 64;
const accept = 'application/graphql-response+json, application/json;q=0.9';

const never = () => false;

/** Talks HTTP to one subgraph over connections that are kept open. */
export class SubgraphClient {
  readonly circuit: CircuitBreaker;
  readonly inFlight = new InFlight();
  readonly maxEntities: number;
  readonly #connections: Connections;
  /** What a POST begins with, up to the length of its body or the assertion. */
  readonly #postHead: string;
  readonly #getHead: (path: string) => string;
  readonly #deadlines = new Deadlines();

  constructor(
    readonly subgraph: Subgraph,
    readonly limits: ClientLimits,
  ) {
    const url = new URL(subgraph.url);
    const { pathname, search, host, hostname } = url;
    this.maxEntities = limits.maxEntities ?? 10_000;
    this.circuit = new CircuitBreaker({ ...defaultCircuit, ...limits.circuit }, limits.onCircuit);
    const encoding = isHere(hostname) ? '' : 'accept-encoding: gzip\r\n';
    const headers = `host: ${host}\r\nconnection: keep-alive\r\naccept: ${accept}\r\n${encoding}`;
    this.#getHead = (path) => `GET ${path} HTTP/1.1\r\n${headers}\r\n`;
    this.#postHead = `POST ${pathname}${search} HTTP/1.1\r\n${headers}content-type: application/json\r\n`;
    this.#connections = new Connections(url, connections, limits.maxResponseBytes);
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
    return this.#whole(this.#send(this.#getHead(path), true, performance.now() + timeoutMs));
  }

  /** The answer as text. Throws a SubgraphFault where the bytes are none. */
  read(answer: HttpAnswer): SubgraphAnswer | Promise<SubgraphAnswer> {
    const { body } = answer;
    return typeof body === 'object' ? this.#decompressed(answer, body) : this.#text(answer, body);
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

  /** Ends what is under way and closes the connections. */
  close(): void {
    this.#connections.close();
  }

  #post(body: string, assertion: string | undefined, deadline: number, isAbandoned?: () => boolean): Exchange {
    const length = Buffer.byteLength(body);
    const signed = assertion === undefined ? '' : `${assertionHeader}: ${assertion}\r\n`;
    // In one piece: a second write would be a second call of the system, and maybe a second packet.
    const request = `${this.#postHead}${signed}content-length: ${length}\r\n\r\n${body}`;
    return this.#send(request, length === body.length, deadline, isAbandoned);
  }

  #send(request: string, ascii: boolean, deadline: number, isAbandoned = never): Exchange {
    const exchange = new Exchange(request, ascii, deadline, this.#deadlines, isAbandoned);
    this.#connections.carry(exchange);
    return exchange;
  }

  async #whole(exchange: Exchange): Promise<SubgraphAnswer> {
    const outcome = await exchange.outcome;
    if (outcome.failure !== undefined) throw this.faultOf(outcome, false);
    return this.read(outcome);
  }

  async #decompressed(answer: HttpAnswer, compressed: Buffer): Promise<SubgraphAnswer> {
    const body = await decompress(compressed, answer.contentEncoding, this.limits.maxResponseBytes);
    if (body === 'too-large') throw this.fault('SUBGRAPH_BAD_RESPONSE', this.#tooLarge());
    if (typeof body === 'string') {
      throw this.fault('SUBGRAPH_BAD_RESPONSE', 'answered with a compression that cannot be read', body);
    }
    return this.#text(answer, decodeUtf8(body));
  }

  #text({ status, contentType }: HttpAnswer, text: string | undefined): SubgraphAnswer {
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
