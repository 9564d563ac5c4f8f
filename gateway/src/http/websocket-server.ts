import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { Refusal, badRequest, internalError, notFound } from '../errors.js';
import { refusalAnswer } from './answer.js';
import type { CrossSite } from './cross-site.js';
import type { GraphQLService } from './service.js';
import type { Streams } from '../subscription/streams.js';
import { failureOf } from '../telemetry/failure.js';
import { WebSocketConnection } from './websocket-connection.js';

/** Takes a request to upgrade its connection, or answers it with a refusal. */
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Makes `/graphql` a WebSocket for clients that offer graphql-transport-ws. */
export function webSocketUpgrade(service: GraphQLService, crossSite: CrossSite, streams: Streams): Upgrade {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: streams.limits.messageBytes,
    perMessageDeflate: false,
    handleProtocols: () => GRAPHQL_TRANSPORT_WS_PROTOCOL,
  });
  return (request, socket, head) => {
    try {
      admit(request, crossSite);
      streams.admit();
      server.handleUpgrade(request, socket, head, (webSocket) => {
        new WebSocketConnection(webSocket, request.headers, service, streams);
      });
    } catch (error) {
      if (!(error instanceof Refusal)) streams.log('error', 'an upgrade failed', failureOf(error));
      refuse(socket, error instanceof Refusal ? error : internalError('The gateway failed. Try again.'));
    }
  };
}

function admit({ url = '/', headers }: IncomingMessage, crossSite: CrossSite): void {
  if (url.split('?')[0] !== '/graphql') throw notFound('There is no WebSocket here. Connect to /graphql.');
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (!offered.includes(GRAPHQL_TRANSPORT_WS_PROTOCOL)) {
    throw badRequest(`Offer the subprotocol ${GRAPHQL_TRANSPORT_WS_PROTOCOL} in Sec-WebSocket-Protocol.`);
  }
  crossSite.guardUpgrade(headers);
}

function refuse(socket: Duplex, refusal: Refusal): void {
  const { headers, body } = refusalAnswer(refusal, refusal.status);
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n${head}\r\n${body.toString()}`);
}
