import type { IncomingHttpHeaders } from 'node:http';
import { CloseCode, MessageType, parseMessage, stringifyMessage, type ConnectionInitMessage } from 'graphql-ws';
import type { SubscribeMessage } from 'graphql-ws';
import { WebSocket } from 'ws';
import { Refusal, type ResponseError } from '../errors.js';
import type { Actor } from '../policy/actor.js';
import type { GraphQLService, ResponseStream } from './service.js';
import { parseJson } from './json.js';
import { at } from '../subscription/expiry.js';
import { lastResponse, type End, type Streams } from '../subscription/streams.js';
import { failureOf } from '../telemetry/failure.js';

/** Close codes of RFC 6455, 7.4.1, and those registered after it. */
const goingAway = 1001;
const tryAgainLater = 1013;
/** Bytes of a close reason (RFC 6455, 5.5.1). */
const maxReason = 123;
/** Milliseconds a client has to close its side. */
const closeMs = 500;

/**
 * Speaks graphql-transport-ws with one client until either side closes. Who asks, and what for, is told once, in
 * the payload of `connection_init` or, failing that, in the headers of the handshake, by the names of the headers. Queries and mutations are answered
 * as well.
 */
export class WebSocketConnection {
  #actor: Actor | undefined;
  #initialised = false;
  #alive = true;
  #cancelExpiry: () => void = () => undefined;
  readonly #operations = new Map<string, AbortController>();
  readonly #initialisation: NodeJS.Timeout;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #release: () => void;

  /** @throws Refusal (503) where no more streams are taken */
  constructor(
    readonly socket: WebSocket,
    readonly headers: IncomingHttpHeaders,
    readonly service: GraphQLService,
    readonly streams: Streams,
  ) {
    const { initialisationMs, heartbeatMs } = streams.limits;
    this.#release = streams.open((end) => this.#end(end));
    this.#initialisation = setTimeout(
      () => this.#close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout'),
      initialisationMs,
    );
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs);
    socket.on('pong', () => (this.#alive = true));
    socket.on('message', (data, binary) => void this.#receive(data as Buffer, binary));
    // A broken frame or a broken connection: the close that follows says all there is to do.
    socket.on('error', () => undefined);
    socket.on('close', () => this.#closed());
  }

  async #receive(data: Buffer, binary: boolean): Promise<void> {
    this.#alive = true;
    let message;
    try {
      if (binary) throw new Error('not text');
      message = parseMessage(parseJson(data.toString(), 'The message'));
    } catch {
      return this.#close(CloseCode.BadRequest, 'This is no message of graphql-transport-ws');
    }
    switch (message.type) {
      case MessageType.ConnectionInit:
        return this.#initialise(message);
      case MessageType.Ping:
        return this.#send(stringifyMessage({ ...message, type: MessageType.Pong }));
      case MessageType.Pong:
        return;
      case MessageType.Subscribe:
        return this.#subscribe(message);
      case MessageType.Complete:
        this.#operations.get(message.id)?.abort();
        this.#operations.delete(message.id);
        return;
      case MessageType.ConnectionAck:
      case MessageType.Next:
      case MessageType.Error:
        return this.#close(CloseCode.BadRequest, `A client sends no ${message.type}`);
    }
  }

  async #initialise({ payload }: ConnectionInitMessage): Promise<void> {
    if (this.#initialised)
      return this.#close(CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests');
    this.#initialised = true;
    clearTimeout(this.#initialisation);
    const told = payload?.['authorization'] ?? payload?.['Authorization'] ?? this.headers.authorization;
    if (told !== undefined && typeof told !== 'string') {
      return this.#close(
        CloseCode.BadRequest,
        'The authorization of connection_init must be text: Bearer and the token',
      );
    }
    try {
      this.#actor = await this.service.authenticate(told, (name) => {
        const declared = payload?.[name] ?? this.headers[name];
        return typeof declared === 'string' ? declared : undefined;
      });
    } catch (error) {
      if (error instanceof Refusal && error.status < 500) return this.#close(CloseCode.Forbidden, error.message);
      if (error instanceof Refusal) return this.#close(tryAgainLater, error.message);
      return this.#fail(error);
    }
    if (this.socket.readyState !== WebSocket.OPEN) return;
    this.#cancelExpiry = at(this.streams.expiryOf(told), () => this.#end('expired'));
    this.#send(stringifyMessage({ type: MessageType.ConnectionAck }));
  }

  async #subscribe({ id, payload }: SubscribeMessage): Promise<void> {
    const actor = this.#actor;
    if (!actor) return this.#close(CloseCode.Unauthorized, 'Send connection_init and wait for connection_ack first');
    if (this.#operations.has(id))
      return this.#close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`);
    const { operationsPerConnection } = this.streams.limits;
    if (this.#operations.size >= operationsPerConnection) {
      const message = `This connection runs ${operationsPerConnection} operations already. Complete one first.`;
      return this.#refuse(id, [{ message, extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }]);
    }
    const { query, operationName = null, variables = null, extensions = null } = payload;
    const stop = new AbortController();
    // Taken before the document is looked for, so that a second subscription of this id is refused meanwhile.
    this.#operations.set(id, stop);
    let stream: ResponseStream;
    try {
      const request = await this.service.resolve({
        query: query === '' ? null : query,
        documentId: null,
        operationName,
        variables,
        extensions,
      });
      if (stop.signal.aborted) return;
      stream = await this.service.stream(request, actor, { queriesOnly: false });
      if (stop.signal.aborted) return;
    } catch (error) {
      if (this.#operations.get(id) === stop) this.#operations.delete(id);
      if (error instanceof Refusal) return this.#refuse(id, error.errors);
      return this.#fail(error);
    }
    const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
    try {
      for await (const text of stream.start(stop.signal)) {
        if (stop.signal.aborted) return;
        this.#send(`${head}${text}}`);
      }
      if (stop.signal.aborted) return;
      this.#send(stringifyMessage({ type: MessageType.Complete, id }));
    } catch (error) {
      // A supergraph that came in between may not know the operation any more.
      if (error instanceof Refusal) this.#refuse(id, error.errors);
      else this.#fail(error);
    } finally {
      if (this.#operations.get(id) === stop) this.#operations.delete(id);
    }
  }

  #refuse(id: string, errors: readonly ResponseError[]): void {
    this.#send(`{"id":${JSON.stringify(id)},"type":"error","payload":${JSON.stringify(errors)}}`);
  }

  /** Sends what waits for no slow reader: a client that lets too much wait is cut off. */
  #send(text: string): void {
    const { socket, streams } = this;
    if (socket.readyState !== WebSocket.OPEN) return;
    if (socket.bufferedAmount <= streams.limits.bufferedBytes) return socket.send(text);
    streams.log('warn', 'a client that reads too slowly was cut off', { waiting: socket.bufferedAmount });
    socket.terminate();
  }

  #beat(): void {
    if (!this.#alive) return this.socket.terminate();
    this.#alive = false;
    this.socket.ping();
  }

  /** The gateway ends all operations, and with them the connection. */
  #end(end: End): void {
    for (const [id, stop] of this.#operations) {
      stop.abort();
      this.#send(`{"id":${JSON.stringify(id)},"type":"next","payload":${lastResponse(end)}}`);
      this.#send(stringifyMessage({ type: MessageType.Complete, id }));
    }
    this.#operations.clear();
    if (end === 'expired') this.#close(CloseCode.Forbidden, 'The access token has expired, sign in again');
    else this.#close(goingAway, 'The gateway is closing');
  }

  #fail(error: unknown): void {
    this.streams.log('error', 'a subscription failed', failureOf(error));
    this.#close(CloseCode.InternalServerError, 'The gateway failed. Try again');
  }

  #close(code: number, reason: string): void {
    const { socket } = this;
    socket.close(
      code,
      Buffer.from(reason)
        .subarray(0, maxReason)
        .toString()
        .replace(/\uFFFD+$/, ''),
    );
    const cut = setTimeout(() => socket.terminate(), closeMs);
    socket.once('close', () => clearTimeout(cut));
  }

  #closed(): void {
    for (const stop of this.#operations.values()) stop.abort();
    this.#operations.clear();
    clearTimeout(this.#initialisation);
    clearInterval(this.#heartbeat);
    this.#cancelExpiry();
    this.#release();
  }
}
