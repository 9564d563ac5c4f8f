import { Client, errors } from 'undici';
import { SubgraphFault } from '../errors.js';
import type { Subgraph } from '../supergraph/subgraphs.js';
import { failureOf } from '../telemetry/failure.js';
import { EventTooLarge, readEvents } from './event-stream.js';
import { streamFault, type Event, type SourceLimits, type Transport } from './source.js';

/** Statuses that say that this way of asking is not known, rather than that something failed. */
const notThisWay = new Set([200, 204, 400, 404, 405, 406, 415, 422, 426, 501]);
/** Bytes of a refusal that are read. */
const maxRefusal = 65_536;

/** Asks for events by POST with `Accept: text/event-stream` (GraphQL over SSE, distinct connections mode). */
export function sseTransport(subgraph: Subgraph, limits: SourceLimits): Transport {
  const { origin, pathname, search } = new URL(subgraph.url);
  const { timeoutMs, maxEventBytes } = limits;

  const faultOf = (error: unknown): SubgraphFault => {
    if (error instanceof SubgraphFault) return error;
    const { code = '' } = error as NodeJS.ErrnoException;
    const detail = detailOf(error);
    if (error instanceof EventTooLarge) return streamFault(subgraph, 'SUBGRAPH_BAD_RESPONSE', `sent ${error.message}`);
    if (/TIMEOUT/.test(code)) {
      return streamFault(subgraph, 'SUBGRAPH_TIMEOUT', `did not answer in ${timeoutMs} ms`, detail);
    }
    if (error instanceof errors.HTTPParserError) {
      return streamFault(subgraph, 'SUBGRAPH_BAD_RESPONSE', 'did not answer in HTTP', detail);
    }
    return streamFault(subgraph, 'SUBGRAPH_UNAVAILABLE', 'cannot be reached', detail);
  };

  async function* events(body: AsyncIterable<Buffer>, client: Client, signal: AbortSignal): AsyncGenerator<Event> {
    try {
      for await (const { type, data } of readEvents(body, maxEventBytes)) {
        if (type === 'next') yield data;
        else if (type === 'complete') return;
      }
      throw streamFault(subgraph, 'SUBGRAPH_UNAVAILABLE', 'broke off its stream');
    } catch (error) {
      // Nobody listens any more: that the stream ends is what was wanted.
      if (signal.aborted) return;
      const known = error instanceof SubgraphFault || error instanceof EventTooLarge;
      throw known
        ? faultOf(error)
        : streamFault(subgraph, 'SUBGRAPH_UNAVAILABLE', 'broke off its stream', detailOf(error));
    } finally {
      void client.destroy();
    }
  }

  return {
    async open(request, headers, signal) {
      // A connection of its own: a stream holds it as long as it lasts, and the fetches must not wait for it.
      const client = new Client(origin, { connect: { timeout: timeoutMs }, headersTimeout: timeoutMs, bodyTimeout: 0 });
      try {
        const response = await client.request({
          method: 'POST',
          path: pathname + search,
          headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
          body: JSON.stringify(request),
          signal,
        });
        const { statusCode, body } = response;
        const contentType = String(response.headers['content-type'] ?? '');
        if (statusCode === 200 && /^text\/event-stream\b/i.test(contentType)) {
          return { events: events(body, client, signal) };
        }
        const fault = streamFault(subgraph, 'SUBGRAPH_BAD_RESPONSE', `answered with HTTP status ${statusCode}`);
        if (!notThisWay.has(statusCode)) {
          void client.destroy();
          return { refused: { fault, failed: statusCode >= 500, final: true } };
        }
        const said = /^application\/(graphql-response\+)?json\b/i.test(contentType) ? await short(body) : undefined;
        void client.destroy();
        return { refused: { fault: streamFault(subgraph, 'SUBGRAPH_BAD_RESPONSE', 'serves no subscriptions'), said } };
      } catch (error) {
        void client.destroy();
        throw faultOf(error);
      }
    },
  };
}

/** What the log may say of a lost connection. */
function detailOf(error: unknown): string {
  const { error: name, code } = failureOf(error);
  return code ?? name;
}

/** A short body as text; undefined for a long one. */
async function short(body: AsyncIterable<Buffer>): Promise<string | undefined> {
  let text = '';
  for await (const chunk of body) {
    text += chunk.toString();
    if (text.length > maxRefusal) return undefined;
  }
  return text;
}
