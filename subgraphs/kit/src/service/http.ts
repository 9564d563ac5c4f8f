import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HeaderMap, type ApolloServer, type BaseContext } from '@apollo/server';
import { assertionHeader, type Caller } from '@linli/schema/subject';
import { AssertionError } from '../errors.js';
import type { Subscribe } from './event-stream.js';
import type { Log } from './log.js';
import type { Route } from './route.js';

/** Bytes of a request body at the most; the gateway's largest batch of representations stays far below. */
const maxBody = 16 * 1024 * 1024;
/** The same for routes, which anybody may call. */
const maxRouteBody = 256 * 1024;

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  sendJson(response, status, { errors: [{ message, extensions: { code } }] });
}

async function readBody(request: IncomingMessage, most: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export interface HttpOptions<Context extends BaseContext> {
  apollo: ApolloServer<Context>;
  /** Who is asking; throws AssertionError for a caller that is not the gateway. */
  authenticate: (assertion: string | undefined) => Promise<Caller>;
  /** What is answered below other paths, by their first part: `/webhooks`. */
  routes: Readonly<Record<string, Route>>;
  /** Answers those who ask for an event stream. */
  subscribe: Subscribe;
  /** Everything one request needs, made anew for each. */
  context: (caller: Caller) => Context;
  /** Rejects when requests cannot be answered; its message is safe to show. */
  check: () => Promise<void>;
  log: Log;
}

async function answerGraphql<Context extends BaseContext>(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpOptions<Context>,
): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    return sendError(response, 405, 'METHOD_NOT_ALLOWED', 'Send GraphQL requests by POST.');
  }
  const caller = await options.authenticate(request.headers[assertionHeader] as string | undefined);
  const text = await readBody(request, maxBody);
  if (text === undefined)
    return sendError(response, 413, 'BODY_TOO_LARGE', `A request body has at most ${maxBody} bytes.`);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return sendError(response, 400, 'BAD_JSON', 'The request body is not JSON.');
  }
  if (String(request.headers.accept ?? '').includes('text/event-stream')) {
    return options.subscribe(body, options.context(caller), response);
  }
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && name !== assertionHeader) headers.set(name, String(value));
  }
  const answer = await options.apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: 'POST', headers, search: '', body },
    context: () => Promise.resolve(options.context(caller)),
  });
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.writeHead(answer.status ?? 200);
  if (answer.body.kind === 'complete') response.end(answer.body.string);
  else {
    for await (const chunk of answer.body.asyncIterator) response.write(chunk);
    response.end();
  }
}

async function answerRoute(route: Route, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request, maxRouteBody);
  if (body === undefined) {
    response.setHeader('connection', 'close');
    return sendError(response, 413, 'BODY_TOO_LARGE', `A request body has at most ${maxRouteBody} bytes.`);
  }
  const headers = Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values]) => [name, values?.[0]]),
  );
  const path = request.url!.split('?', 1)[0]!;
  const { status, body: answer } = await route({ method: request.method ?? 'GET', path, headers, body });
  sendJson(response, status, answer);
}

/** `/graphql` for the gateway alone, `/health` for whoever asks. */
export async function listen<Context extends BaseContext>(
  host: string,
  port: number,
  options: HttpOptions<Context>,
): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?', 1)[0];
    const route = options.routes[`/${path?.split('/', 2)[1] ?? ''}`];
    const answer =
      path === '/graphql'
        ? answerGraphql(request, response, options)
        : path === '/health'
          ? options.check().then(
              () => sendJson(response, 200, { status: 'up' }),
              (error: Error) => sendJson(response, 503, { status: 'down', detail: error.message }),
            )
          : route
            ? answerRoute(route, request, response)
            : Promise.resolve(sendError(response, 404, 'NOT_FOUND', 'There is /graphql and /health.'));
    answer.catch((error: Error) => {
      if (error instanceof AssertionError) return sendError(response, 401, 'UNAUTHENTICATED', error.message);
      // Its message may quote the request.
      options.log('error', 'request failed', { error: error.name, code: (error as NodeJS.ErrnoException).code });
      if (!response.headersSent) sendError(response, 500, 'INTERNAL_SERVER_ERROR', 'The service failed to answer.');
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return { server, url: `http://${host}:${address.port}/graphql` };
}
