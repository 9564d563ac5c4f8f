import { Pool, errors } from 'undici';
import { SubgraphFault } from '../errors.js';
import type { Subgraph } from '../supergraph/subgraphs.js';

/** One answer of a subgraph, body whole. */
export interface SubgraphAnswer {
  status: number;
  contentType: string;
  text: string;
}

export interface ClientLimits {
  timeoutMs: number;
  maxResponseBytes: number;
}

const connections = 64;
const keepAliveTimeout = 30_000;

/** Talks HTTP to one subgraph over connections that are kept open. */
export class SubgraphClient {
  readonly #pool: Pool;
  readonly #path: string;

  constructor(
    readonly subgraph: Subgraph,
    readonly limits: ClientLimits,
  ) {
    const { origin, pathname, search } = new URL(subgraph.url);
    this.#path = pathname + search;
    const { timeoutMs } = limits;
    this.#pool = new Pool(origin, {
      connections,
      keepAliveTimeout,
      connect: { timeout: timeoutMs },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
  }

  /** Posts a body of JSON and reads the whole answer, within the timeout. Throws a SubgraphFault. */
  async post(body: string, headers: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<SubgraphAnswer> {
    return this.#request('POST', this.#path, { 'content-type': 'application/json', ...headers }, body, {
      timeoutMs: this.limits.timeoutMs,
      signal,
    });
  }

  /** Gets a path of the subgraph's server. Throws a SubgraphFault. */
  async get(path: string, timeoutMs: number): Promise<SubgraphAnswer> {
    return this.#request('GET', path, {}, null, { timeoutMs });
  }

  async #request(
    method: 'GET' | 'POST',
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string | null,
    { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal | undefined },
  ): Promise<SubgraphAnswer> {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await this.#pool.request({
        method,
        path,
        headers: { accept: 'application/graphql-response+json, application/json;q=0.9', ...headers },
        body,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of response.body as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > this.limits.maxResponseBytes) {
          throw this.fault('SUBGRAPH_BAD_RESPONSE', `answered with more than ${this.limits.maxResponseBytes} bytes`);
        }
        chunks.push(chunk);
      }
      return {
        status: response.statusCode,
        contentType: String(response.headers['content-type'] ?? ''),
        text: Buffer.concat(chunks, size).toString('utf8'),
      };
    } catch (error) {
      if (error instanceof SubgraphFault) throw error;
      throw this.#faultOf(error, timeout.aborted, timeoutMs);
    }
  }

  #faultOf(error: unknown, timedOut: boolean, timeoutMs: number): SubgraphFault {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const detail = `${code} ${message}`.trim();
    if (timedOut || /TIMEOUT/.test(code)) {
      return this.fault('SUBGRAPH_TIMEOUT', `did not answer in ${timeoutMs} ms`, detail);
    }
    if (error instanceof errors.HTTPParserError) {
      return this.fault('SUBGRAPH_BAD_RESPONSE', 'did not answer in HTTP', detail);
    }
    return this.fault('SUBGRAPH_UNAVAILABLE', 'cannot be reached', detail);
  }

  /** A fault of this subgraph, told by the department's name and never by its address. */
  fault(code: SubgraphFault['code'], problem: string, detail = problem): SubgraphFault {
    const { name, title } = this.subgraph;
    const who = title === name ? `Subgraph ${name}` : `The department ${title} (${name})`;
    return new SubgraphFault(code, name, `${who} ${problem}; its fields are null.`, detail);
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
