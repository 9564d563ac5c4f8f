import type { ServerResponse } from 'node:http';
import { Refusal } from '../errors.js';
import { refusalAnswer, vary, write } from './answer.js';
import type { ResponseStream } from './service.js';
import { heartbeat, writeEvent } from '../subscription/event-stream.js';
import { at } from '../subscription/expiry.js';
import { lastResponse, type End, type Streams } from '../subscription/streams.js';
import { failureOf } from '../telemetry/failure.js';

/** An admitted operation, to be answered with an event stream. */
export interface EventStreamAnswer {
  readonly stream: ResponseStream;
  /** The Authorization header that let it in: the stream ends with what it allows. */
  readonly authorization: string | undefined;
}

const streamHeaders = {
  vary,
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // A proxy that collects would hold events back.
  'x-accel-buffering': 'no',
};

/**
 * Answers with events `next` and a last `complete` (GraphQL over SSE, distinct connections mode). Resolves when the
 * stream is over; a client that leaves ends it at the departments too, one that does not read is cut off.
 * Refuses (503) where no more streams are taken.
 */
export async function writeEventStream(
  response: ServerResponse,
  { stream, authorization }: EventStreamAnswer,
  headers: Readonly<Record<string, string>>,
  streams: Streams,
): Promise<void> {
  const { limits, log } = streams;
  const stop = new AbortController();
  const end = (why: End) => {
    if (stop.signal.aborted) return;
    stop.abort();
    send(writeEvent('next', lastResponse(why)));
    finish();
  };
  const send = (text: string) => {
    if (response.writableLength <= limits.bufferedBytes) return void response.write(text);
    log('warn', 'a client that reads too slowly was cut off', { waiting: response.writableLength });
    response.destroy();
  };
  const finish = () => response.end(writeEvent('complete', ''));

  // A client that left already closes nothing any more.
  if (response.destroyed) return;
  let release: () => void;
  try {
    release = streams.open(end);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return write(response, refusalAnswer(error, error.status), headers);
  }
  const cancelExpiry = at(streams.expiryOf(authorization), () => end('expired'));
  let waiting = false;
  response.on('drain', () => (waiting = false));
  const beat = setInterval(() => {
    // What waited at the last beat still waits: nobody reads.
    if (waiting) return response.destroy();
    waiting = response.writableNeedDrain;
    if (!waiting) response.write(heartbeat);
  }, limits.heartbeatMs);
  const closed = new Promise<void>((resolve) => {
    response.on('close', () => {
      stop.abort();
      release();
      cancelExpiry();
      clearInterval(beat);
      resolve();
    });
  });
  response.writeHead(200, { ...streamHeaders, ...headers });
  response.write(heartbeat);
  try {
    for await (const text of stream.start(stop.signal)) {
      if (stop.signal.aborted) break;
      send(writeEvent('next', text));
    }
    if (!stop.signal.aborted) finish();
  } catch (error) {
    // A supergraph that came in between may not know the operation any more.
    if (error instanceof Refusal) {
      send(writeEvent('next', JSON.stringify({ errors: error.errors })));
      finish();
    } else {
      log('error', 'a subscription failed', failureOf(error));
      response.destroy();
    }
  }
  await closed;
}
