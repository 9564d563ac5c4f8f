import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import {
  Refusal,
  StartError,
  badRequest,
  bodyTooSlow,
  headersTooLarge,
  internalError,
  methodNotAllowed,
  notFound,
} from '../errors.js';
import type { Health } from '../execution/health.js';
import type { Waiting } from '../execution/run.js';
import type { Streams } from '../subscription/streams.js';
import { failureOf } from '../telemetry/failure.js';
import type { Log } from '../telemetry/log.js';
import type { WorkerCount } from '../workers/messages.js';
import type { Answer } from './answer.js';
import { jsonAnswer, refusalAnswer, write } from './answer.js';
import { declaresTooMuch } from './body.js';
import { chooseEncoding, compress, isWorthCompressing } from './compress.js';
import type { CrossSite } from './cross-site.js';
import type { EventStreamAnswer } from './event-stream-answer.js';
import { writeEventStream } from './event-stream-answer.js';
import { answerGraphQL } from './graphql.js';
import type { GraphQLService } from './service.js';
import type { HttpTimeouts } from './timeouts.js';
import { UpgradableRequest } from './upgradable-request.js';
import { webSocketUpgrade } from './websocket-server.js';

export interface HttpOptions {
  host: string;
  /** 0: any free one. */
  port: number;
  service: GraphQLService;
  health: () => Promise<Health>;
  workers?: (() => WorkerCount) | undefined;
  /** Serves the explorer's pages; undefined for a path it does not have. */
  explorer: (path: string) => Promise<Answer | undefined>;
  crossSite: CrossSite;
  timeouts: HttpTimeouts;
  streams: Streams;
  /** Whether answers are compressed for clients that take it. */
  compression: boolean;
  log: Log;
}

const keepAliveTimeout = 30_000;
const maxHeaderSize = 16_384;

/** A listening server. */
export interface HttpServer {
  url: string;
  /** Stops to accept, lets requests in flight finish within `graceMs`, then cuts what is left. */
  close(graceMs: number): Promise<void>;
}

/** Listens and answers `/graphql`, `/health` and the explorer. Throws a StartError where the port cannot be had. */
export async function listen(options: HttpOptions): Promise<HttpServer> {
  const { host, port, timeouts } = options;
  const server = createServer({
    IncomingMessage: UpgradableRequest,
    headersTimeout: timeouts.headersMs,
    requestTimeout: timeouts.requestMs,
    connectionsCheckingInterval: Math.min(1000, timeouts.headersMs),
    keepAliveTimeout,
    maxHeaderSize,
  });
  let closing = false;
  const isClosing = () => closing;
  const handle = (request: IncomingMessage, response: ServerResponse) =>
    void respond(request, response, options, isClosing);
  server.on('request', handle);
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (!declaresTooMuch(request)) response.writeContinue();
    handle(request, response);
  });
  server.on('clientError', refuseBrokenRequest);
  server.on('upgrade', webSocketUpgrade(options.service, options.crossSite, options.streams));
  await bind(server, host, port);
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://${nameable(host)}:${bound}`,
    close: (graceMs) =>
      new Promise((resolve) => {
        closing = true;
        options.streams.close();
        const cut = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpOptions,
  isClosing: () => boolean,
): Promise<void> {
  const { crossSite, log } = options;
  const [path = '/', search = ''] = splitOnce(request.url ?? '/', '?');
  const shared = crossSite.responseHeaders(request.headers.origin);
  // A connection that is kept open after its last answer would hold up the close until it times out.
  const send = (answer: Answer) => write(response, answer, shared, isClosing());
  try {
    const answer = await route(request, path, search, options, isClosing, new Client(response));
    if ('stream' in answer) return await writeEventStream(response, answer, shared, options.streams);
    const encoding =
      options.compression && isWorthCompressing(answer)
        ? chooseEncoding(request.headers['accept-encoding'])
        : undefined;
    send(encoding ? await compress(answer, encoding) : answer);
  } catch (error) {
    // The client left in the middle of its request: there is nobody to answer.
    if (response.destroyed || (request.destroyed && !request.complete)) return void response.destroy();
    if (!(error instanceof Refusal)) log('error', 'a request failed', { path, ...failureOf(error) });
    const refusal =
      error instanceof Refusal
        ? error
        : internalError('The gateway failed. Try again; if it stays so, tell the operator.');
    send(refusalAnswer(refusal, refusal.status));
  }
}

/** Who asked, and has gone when the connection closes before the answer. To be asked costs less than to be told. */
class Client implements Waiting {
  constructor(readonly response: ServerResponse) {}

  get aborted(): boolean {
    return this.response.destroyed && !this.response.writableFinished;
  }
}

async function route(
  request: IncomingMessage,
  path: string,
  search: string,
  options: HttpOptions,
  isClosing: () => boolean,
  client: Client,
): Promise<Answer | EventStreamAnswer> {
  if (path === '/graphql') return answerGraphQL(request, search, options.service, options.crossSite, client);
  const known =
    path === '/health' ? async () => healthAnswer(await options.health(), options.workers?.(), isClosing()) : undefined;
  const answer = known ?? ((): Promise<Answer | undefined> => options.explorer(path));
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    if (!(await answer())) throw nothingHere();
    throw methodNotAllowed('Only GET is served here. GraphQL is served at /graphql.', { allow: 'GET, HEAD' });
  }
  const found = await answer();
  if (!found) throw nothingHere();
  return found;
}

const nothingHere = () =>
  notFound('There is nothing here. GraphQL is served at /graphql, the state of the hub at /health.');

/** Whoever balances load must look elsewhere as soon as the gateway takes no more connections. */
function healthAnswer(health: Health, workers: WorkerCount | undefined, closing: boolean): Answer {
  const status = closing ? 'stopping' : health.status;
  return jsonAnswer(status === 'up' ? 200 : 503, { ...health, status, ...(workers && { workers }) });
}

/** What was not even HTTP, or came too slowly: there is no request object, only the socket. */
function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const refusal =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? headersTooLarge(`The headers have more than ${maxHeaderSize} bytes. Send a long query by POST.`)
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? bodyTooSlow('The request did not come in time. Send it again, without pauses.')
        : badRequest('This is not a well-formed HTTP request. Send a POST with a JSON body to /graphql.');
  const { headers, body } = refusalAnswer(refusal, refusal.status);
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' });
  const reasons: Record<number, string> = {
    400: 'Bad Request',
    408: 'Request Timeout',
    431: 'Request Header Fields Too Large',
  };
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${refusal.status} ${reasons[refusal.status]}\r\n${head}\r\n${body.toString()}`);
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: `is in use by another program. Stop it, or choose another port`,
        EACCES: 'may not be used by this user. Choose a port over 1023',
        EADDRNOTAVAIL: 'is no address of this machine. Choose another host',
      };
      reject(
        new StartError(`Port ${port} on ${host} ${reasons[error.code ?? ''] ?? `cannot be used (${error.code})`}.`),
      );
    });
    server.listen(port, host, resolve);
  });
}

function nameable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
