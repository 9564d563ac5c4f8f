import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { ExecutionResult, GraphQLSchema } from 'graphql';
import { execute, parse, subscribe, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import type { JSONWebKeySet } from 'jose';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { WebSocketServer } from 'ws';
import type { Subject } from '@linli/schema/subject';
import { assertionHeader, assertionIssuer, assertionType } from '@linli/schema/subject';

type Resolvers = NonNullable<Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: unknown }>['resolvers']>;
type Protocol = 'sse' | 'websocket';

/** A department that sends events, over the protocols it is told to speak, to whoever shows the gateway's assertion. */
export class Department {
  speaks: ReadonlySet<Protocol> = new Set(['sse', 'websocket']);
  /** What it was asked, in order, by protocol. */
  readonly asked: string[] = [];
  readonly subjects: Subject[] = [];
  readonly bodies: { query: string; variables: Record<string, unknown> }[] = [];
  /** Answers in place of the department, where set. */
  intercept: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  readonly sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  constructor(
    readonly name: string,
    readonly sdl: string,
    readonly schema: GraphQLSchema,
    readonly keys: JSONWebKeySet,
  ) {}

  static async start(name: string, sdl: string, resolvers: Resolvers, keys: JSONWebKeySet): Promise<Department> {
    const department = new Department(name, sdl, buildSubgraphSchema({ typeDefs: parse(sdl), resolvers }), keys);
    await department.#listen();
    return department;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/graphql`;
  }

  async #listen(): Promise<void> {
    const server = createServer((request, response) => {
      // Whoever leaves in the middle of a request gets no answer.
      this.#answer(request, response).catch(() => response.destroy());
    });
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    const sockets = new WebSocketServer({ noServer: true });
    useServer(
      {
        schema: this.schema,
        onConnect: ({ connectionParams }) => this.#verify(connectionParams?.[assertionHeader]),
        onSubscribe: (_, __, payload) => this.#note('websocket', payload),
      },
      sockets,
    );
    server.on('upgrade', (request, socket, head) => {
      if (!this.speaks.has('websocket')) return void socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n');
      sockets.handleUpgrade(request, socket, head, (webSocket) => sockets.emit('connection', webSocket, request));
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
  }

  #note(protocol: string, payload: { query: string; variables?: Record<string, unknown> | null | undefined }): void {
    this.asked.push(protocol);
    this.bodies.push({ query: payload.query, variables: payload.variables ?? {} });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.intercept) return this.intercept(request, response);
    if (!(await this.#verify(request.headers[assertionHeader]))) return void response.writeHead(401).end('{}');
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { query, variables } = JSON.parse(text) as { query: string; variables: Record<string, unknown> };
    const document = parse(query);
    const json = (status: number, result: unknown) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(result));
    const errors = validate(this.schema, document);
    if (errors.length) return json(400, { errors });
    const args = { schema: this.schema, document, variableValues: variables };
    if (!query.startsWith('subscription')) return json(200, await execute(args));
    const stream = request.headers.accept === 'text/event-stream' && this.speaks.has('sse');
    if (!stream) return json(400, { errors: [{ message: 'Subscriptions are not served over this protocol.' }] });
    this.#note('sse', { query, variables });
    const events = await subscribe(args);
    if (!(Symbol.asyncIterator in events)) return json(200, events);
    await this.#stream(events, response);
  }

  async #stream(events: AsyncGenerator<ExecutionResult>, response: ServerResponse): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(':\n\n');
    response.on('close', () => void events.return(undefined));
    for await (const event of events) response.write(`event: next\ndata: ${JSON.stringify(event)}\n\n`);
    response.end('event: complete\ndata:\n\n');
  }

  async #verify(assertion: unknown): Promise<boolean> {
    try {
      const { payload } = await jwtVerify(String(assertion), createLocalJWKSet(this.keys), {
        issuer: assertionIssuer,
        audience: this.name,
        typ: assertionType,
        algorithms: ['EdDSA'],
      });
      this.subjects.push(payload['subject'] as Subject);
      return true;
    } catch {
      return false;
    }
  }

  /** Breaks every connection, as a department that dies. */
  die(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.die();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}
