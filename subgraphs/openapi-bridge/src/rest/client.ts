import { GraphQLError } from 'graphql';
import type { Log } from '@linli/kit/service/log';
import type { Fetch } from './library.js';

/** What one request has at hand for asking a REST system. */
export interface Asking {
  /** Ends whatever is asked for the request, when its time is over. */
  readonly deadline: AbortSignal;
  /** Texts of answers by their URLs: nothing is asked twice for one request. */
  readonly answers: Map<string, Promise<string>>;
}

/** The system knows no such thing (404, or null). */
export class NotThere extends Error {
  override name = 'NotThere';
}

/** Requests to a system at a time, from all requests of the graph together. */
const together = 16;
/** Bytes of an answer at the most. */
const maxAnswer = 4 * 1024 * 1024;

/** Asks a REST system over HTTP, and says what went wrong in words of the hub's own, never of the system's. */
export class RestClient {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly system: { readonly name: string; readonly title: string; readonly url: string },
    private readonly log: Log,
  ) {}

  /** What the library asks by. */
  readonly fetch: Fetch = async (url, _init, context) => {
    const { answers, deadline } = context as Asking;
    const known = answers.get(url) ?? this.#inTurn(() => this.#ask(url, deadline));
    answers.set(url, known);
    return new Response(await known, { headers: { 'content-type': 'application/json' } });
  };

  /** The system's answer is not what its description says. */
  badAnswer(why: string): GraphQLError {
    return this.#failed('PLATFORM_BAD_ANSWER', 'answered otherwise than its description says', why);
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running < together) this.#running++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }

  async #ask(url: string, deadline: AbortSignal): Promise<string> {
    if (!url.startsWith(this.system.url)) throw this.badAnswer('leaves its URL');
    let status: number;
    let text: string | undefined;
    try {
      deadline.throwIfAborted();
      const response = await fetch(url, {
        headers: { accept: 'application/json' },
        redirect: 'error',
        signal: deadline,
      });
      status = response.status;
      if (response.ok) text = await this.#textOf(response);
      else await response.body?.cancel();
    } catch (error) {
      if (error instanceof GraphQLError) throw error;
      const cause = (error as { cause?: { code?: string } }).cause?.code;
      throw this.#unavailable(cause ?? (error as Error).name);
    }
    if (status === 404) throw new NotThere();
    if (status === 429 || status >= 500) throw this.#unavailable(`status ${status}`);
    if (text === undefined) throw this.badAnswer(`status ${status}`);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw this.badAnswer('no JSON');
    }
    if (value === null) throw new NotThere();
    return text;
  }

  async #textOf(response: Response): Promise<string> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += (chunk as Uint8Array).length;
      if (size > maxAnswer) throw this.badAnswer('too large');
      chunks.push(chunk as Uint8Array);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  #unavailable(why: string): GraphQLError {
    return this.#failed('PLATFORM_UNAVAILABLE', 'does not answer at the moment', why);
  }

  #failed(code: string, what: string, why: string): GraphQLError {
    const { name, title } = this.system;
    this.log('warn', 'platform failed', { code, why });
    return new GraphQLError(`${title} (${name}) ${what}.`, { extensions: { code, platform: name } });
  }
}
