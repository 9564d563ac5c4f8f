import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { JSONWebKeySet } from 'jose';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { execute, parse } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import type { Caller, Subject } from '@linli/schema/subject';
import { assertionHeader, assertionIssuer, assertionType } from '@linli/schema/subject';
import { accepted } from './accepted.js';

type Resolvers = NonNullable<Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: unknown }>['resolvers']>;

export type Fault = (request: IncomingMessage, response: ServerResponse) => void;

/** Ways in which a department can fail to answer. */
export const faults = {
  hang: () => undefined,
  reset: (request) => request.socket.destroy(),
  error500: (_, response) => response.writeHead(500, { 'content-type': 'application/json' }).end('{"errors":[]}'),
  html: (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>It works!</h1>'),
  truncated: (_, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"communities":[{"code":"44'),
  cutOff: (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"data":', () => response.destroy());
  },
  dripping: (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  },
  huge: (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const chunk = Buffer.alloc(65_536, 'x');
    const pour = (): void => {
      while (!response.destroyed && response.write(chunk));
      response.once('drain', pour);
    };
    pour();
  },
  notHttp: (request) => request.socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
  notGraphQL: (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":"no"}'),
  wrongEntities: (_, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"_entities":[]}}'),
} satisfies Record<string, Fault>;

/** A department's real subgraph over HTTP, which verifies assertions as departments do, and can be made to fail. */
export class Subgraph {
  fault: Fault | undefined;
  /** Whom the requests were made for, in their order. */
  readonly subjects: Subject[] = [];
  /** What was stated of them by which relations they may write; undefined for what is no mutation. */
  readonly writes: Caller['writes'][] = [];
  readonly headers: IncomingMessage['headers'][] = [];
  aborted = 0;
  /** Connections that were ever made to it, and those that are open. */
  connectionsMade = 0;
  connectionsOpen = 0;
  #server: Server | undefined;
  #port = 0;

  constructor(
    readonly name: string,
    readonly sdl: string,
    readonly schema: GraphQLSchema,
    readonly keys: JSONWebKeySet | undefined,
  ) {}

  static async start(name: string, sdl: string, resolvers: Resolvers, keys?: JSONWebKeySet): Promise<Subgraph> {
    const subgraph = new Subgraph(name, sdl, buildSubgraphSchema({ typeDefs: parse(sdl), resolvers }), keys);
    await subgraph.listen();
    return subgraph;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/graphql`;
  }

  async listen(): Promise<void> {
    const server = createServer((request, response) => {
      response.on('close', () => {
        if (!response.writableFinished) this.aborted += 1;
      });
      void this.#answer(request, response);
    });
    server.on('connection', (socket) => {
      this.connectionsMade += 1;
      this.connectionsOpen += 1;
      socket.on('close', () => (this.connectionsOpen -= 1));
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.fault) return this.fault(request, response);
    if (request.url === '/health') return void response.writeHead(200).end('{"status":"up"}');
    this.headers.push(request.headers);
    if (this.keys && !(await this.#verify(request, this.keys))) return void response.writeHead(401).end('{}');
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
    const document = accepted(this.schema, query);
    const result =
      'kind' in document
        ? await execute({ schema: this.schema, document, variableValues: variables })
        : { errors: document };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
  }

  async #verify(request: IncomingMessage, keys: JSONWebKeySet): Promise<boolean> {
    try {
      const { payload } = await jwtVerify(String(request.headers[assertionHeader]), createLocalJWKSet(keys), {
        issuer: assertionIssuer,
        audience: this.name,
        typ: assertionType,
        algorithms: ['EdDSA'],
        requiredClaims: ['exp', 'iat', 'jti', 'sub', 'subject'],
      });
      this.subjects.push(payload['subject'] as Subject);
      this.writes.push(payload['writes'] as Caller['writes']);
      return true;
    } catch {
      return false;
    }
  }

  /** Stops to listen, as a department that went down; `listen` starts it again on the same port. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }
}
