import type { Fetcher } from '@graphiql/toolkit';
import { readEvents } from '../../subscription/event-stream.js';

type Result = Record<string, unknown>;

/** Bytes of one event: what a department's may have, and what the gateway adds to it. */
const maxEventBytes = 64 * 1024 * 1024;

/**
 * Asks the gateway: JSON for queries and mutations, a stream of events for subscriptions, as the gateway decides by the
 * operation.
 *
 * @param tokenOf the access token to ask with; undefined for nobody
 */
export function graphqlFetcher(url: string, tokenOf: () => Promise<string | undefined>): Fetcher {
  return async (parameters, options) => {
    const token = await tokenOf();
    const left = new AbortController();
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, text/event-stream',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...options?.headers,
      },
      body: JSON.stringify(parameters),
      signal: left.signal,
    });
    const { body } = response;
    const streams = /^text\/event-stream\b/.test(response.headers.get('content-type') ?? '');
    if (!streams || !body) return (await response.json()) as Result;
    return stoppable(results(chunksOf(body), left.signal), left);
  };
}

/** The GraphQL responses of a stream, until it is complete or nobody listens any more. */
async function* results(chunks: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Result, undefined> {
  try {
    for await (const { type, data } of readEvents(chunks, maxEventBytes)) {
      if (type === 'complete') return undefined;
      if (type === 'next') yield JSON.parse(data) as Result;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return undefined;
}

/** Not every browser iterates over a body by itself. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** A generator that waits for an event would hear of its end with the next one only: the request is ended at once. */
function stoppable(events: AsyncGenerator<Result, undefined>, left: AbortController): AsyncIterableIterator<Result> {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => events.next(),
    return() {
      left.abort();
      return events.return(undefined);
    },
  };
}
