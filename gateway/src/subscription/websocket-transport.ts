import { GRAPHQL_TRANSPORT_WS_PROTOCOL, MessageType, parseMessage, stringifyMessage } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { SubgraphFaultCode } from '../errors.js';
import type { Subgraph } from '../supergraph/subgraphs.js';
import { failureOf } from '../telemetry/failure.js';
import { EventQueue } from './event-queue.js';
import { streamFault, type Event, type Opening, type SourceLimits, type Transport } from './source.js';

/** The only operation of its connection. */
const id = '1';
/** Milliseconds between pings; a department that answers none within one more is lost. */
const heartbeatMs = 15_000;
/** Milliseconds a department has to close its side. */
const closeMs = 500;

/**
 * Asks for events over a WebSocket (graphql-transport-ws), a connection for each stream: who asks is told once, when it
 * opens, in the headers and in the payload of `connection_init`.
 */
export function webSocketTransport(subgraph: Subgraph, limits: SourceLimits): Transport {
  const url = subgraph.url.replace(/^http/, 'ws');
  const fault = (code: SubgraphFaultCode, problem: string, detail?: string) =>
    streamFault(subgraph, code, problem, detail);
  return {
    open: (request, headers, signal) =>
      new Promise<Opening>((resolve, reject) => {
        const { timeoutMs, maxEventBytes } = limits;
        const socket = new WebSocket(url, GRAPHQL_TRANSPORT_WS_PROTOCOL, {
          headers,
          maxPayload: maxEventBytes,
          handshakeTimeout: timeoutMs,
          perMessageDeflate: false,
        });
        const resume = () => {
          if (socket.isPaused) socket.resume();
        };
        const queue = new EventQueue<Event>({ pause: () => socket.pause(), resume });
        let opened = false;
        let over = false;
        let alive = true;
        const acknowledge = setTimeout(
          () => lose(fault('SUBGRAPH_TIMEOUT', `did not answer in ${timeoutMs} ms`)),
          timeoutMs,
        );
        const heartbeat = setInterval(() => {
          if (socket.isPaused || socket.readyState !== WebSocket.OPEN) return;
          if (!alive) return lose(fault('SUBGRAPH_UNAVAILABLE', 'shows no sign of life'));
          alive = false;
          socket.ping();
        }, heartbeatMs);

        const finish = () => {
          if (over) return;
          over = true;
          clearTimeout(acknowledge);
          clearInterval(heartbeat);
          signal.removeEventListener('abort', leave);
          if (socket.readyState === WebSocket.CLOSED) return;
          if (socket.readyState === WebSocket.CONNECTING) return socket.terminate();
          // What is paused would not see the other side's close.
          resume();
          socket.close(1000);
          const cut = setTimeout(() => socket.terminate(), closeMs);
          socket.once('close', () => clearTimeout(cut));
        };
        /** The stream is over: with an error before it was open, or after. */
        const lose = (error: Error) => {
          queue.end(error);
          reject(error);
          finish();
        };
        const leave = () => {
          if (opened && socket.readyState === WebSocket.OPEN) {
            socket.send(stringifyMessage({ type: MessageType.Complete, id }));
          }
          queue.end();
          reject(fault('SUBGRAPH_UNAVAILABLE', 'is not asked any more'));
          finish();
        };

        const receive = (text: string) => {
          const message = parseMessage(text);
          if (message.type === MessageType.ConnectionAck) {
            clearTimeout(acknowledge);
            opened = true;
            socket.send(stringifyMessage({ type: MessageType.Subscribe, id, payload: { ...request } }));
            resolve({ events: queue });
          } else if (message.type === MessageType.Ping) {
            socket.send(stringifyMessage({ type: MessageType.Pong }));
          } else if (message.type === MessageType.Next) {
            queue.push(JSON.stringify(message.payload));
          } else if (message.type === MessageType.Error) {
            queue.push(JSON.stringify({ errors: message.payload }));
            queue.end();
            finish();
          } else if (message.type === MessageType.Complete) {
            queue.end();
            finish();
          }
        };

        socket.on('open', () => socket.send(stringifyMessage({ type: MessageType.ConnectionInit, payload: headers })));
        socket.on('pong', () => (alive = true));
        socket.on('message', (data) => {
          alive = true;
          try {
            receive((data as Buffer).toString());
          } catch (error) {
            lose(fault('SUBGRAPH_BAD_RESPONSE', 'does not speak graphql-transport-ws', failureOf(error).error));
          }
        });
        socket.on('unexpected-response', (_, { statusCode = 0 }) => {
          const refusal = fault('SUBGRAPH_BAD_RESPONSE', `answered with HTTP status ${statusCode}`);
          resolve({ refused: { fault: refusal, failed: statusCode >= 500 } });
          finish();
        });
        socket.on('error', (error: NodeJS.ErrnoException) => {
          const tooLarge = error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
          if (tooLarge) lose(fault('SUBGRAPH_BAD_RESPONSE', `sent an event with more than ${maxEventBytes} bytes`));
          else
            lose(fault('SUBGRAPH_UNAVAILABLE', opened ? 'broke off its stream' : 'cannot be reached', error.message));
        });
        socket.on('close', (code) => {
          lose(fault('SUBGRAPH_UNAVAILABLE', 'broke off its stream', `WebSocket close code ${code}`));
        });

        signal.addEventListener('abort', leave);
        if (signal.aborted) leave();
      }),
  };
}
