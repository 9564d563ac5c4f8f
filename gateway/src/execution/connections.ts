import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Connection, type Keeper, type OpenSocket } from './connection.js';
import type { Exchange } from './exchange.js';

const sweepMs = 1000;

/** The connections to one server, kept open between exchanges. Exchanges that find none free wait in their order. */
export class Connections implements Keeper {
  readonly #open: OpenSocket;
  readonly #all = new Set<Connection>();
  /** Those that wait for an exchange, the one used last at the end: it is used first, so that the others may close. */
  #idle: Connection[] = [];
  #waiting: Exchange[] = [];
  #sweeper: NodeJS.Timeout | undefined;
  #closed = false;

  /**
   * @param origin whose server it is: scheme, host and port
   * @param most connections at the same time
   * @param maxBytes bytes of an answer's body
   */
  constructor(
    origin: URL,
    readonly most: number,
    readonly maxBytes: number,
  ) {
    this.#open = opener(origin);
  }

  /** Sends an exchange's request over a connection, as soon as there is one. */
  carry(exchange: Exchange): void {
    if (this.#closed) exchange.end({ failure: 'unreachable', detail: 'the connections are closed' });
    else if (this.#idle.length > 0) this.#fresh(performance.now()).carry(exchange);
    else if (this.#all.size < this.most) this.#another().carry(exchange);
    else this.#waiting.push(exchange);
  }

  free(connection: Connection): void {
    const next = this.#next();
    if (next) return connection.carry(next);
    this.#idle.push(connection);
    this.#sweeper ??= setInterval(() => this.#sweep(), sweepMs).unref();
  }

  closed(connection: Connection): void {
    this.#all.delete(connection);
    const idle = this.#idle.indexOf(connection);
    if (idle >= 0) this.#idle.splice(idle, 1);
    const next = this.#next();
    if (next) this.#another().carry(next);
  }

  /** Ends what is under way and closes all connections. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#sweeper);
    for (const exchange of this.#waiting.splice(0)) {
      exchange.end({ failure: 'unreachable', detail: 'the connections are closed' });
    }
    for (const connection of this.#all) connection.close();
  }

  /** A connection that its server still keeps, as far as it said. */
  #fresh(now: number): Connection {
    for (let connection = this.#idle.pop(); connection; connection = this.#idle.pop()) {
      if (connection.idleUntil > now) return connection;
      connection.close();
    }
    return this.#another();
  }

  #another(): Connection {
    const connection = new Connection(this.#open, this.maxBytes, this);
    this.#all.add(connection);
    return connection;
  }

  /** The first exchange that waits and that somebody still waits for. */
  #next(): Exchange | undefined {
    for (let exchange = this.#waiting.shift(); exchange; exchange = this.#waiting.shift()) {
      if (!exchange.over) return exchange;
    }
    return undefined;
  }

  #sweep(): void {
    const now = performance.now();
    for (const connection of this.#idle.filter(({ idleUntil }) => idleUntil <= now)) connection.close();
    if (this.#idle.length > 0) return;
    clearInterval(this.#sweeper);
    this.#sweeper = undefined;
  }
}

function opener({ protocol, hostname, port }: URL): OpenSocket {
  const secure = protocol === 'https:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const to = { host, port: Number(port || (secure ? 443 : 80)), noDelay: true, keepAlive: true };
  if (!secure) return (onread) => connectTcp({ ...to, onread });
  let session: Buffer | undefined;
  return (onread) => {
    // Node's types do not know yet that TLS takes `onread`, too.
    const options = { ...to, onread, session, servername: nameFor(host), ALPNProtocols: ['http/1.1'] };
    const socket = connectTls(options);
    // Nothing leaves before it is sure who is there.
    socket.cork();
    socket.once('secureConnect', () => socket.uncork());
    // The next connection need not agree on keys anew.
    return socket.on('session', (given: Buffer) => (session = given));
  };
}

/** The name that a certificate must hold; an address is no name to ask for (RFC 6066, 3). */
function nameFor(host: string): string | undefined {
  return /^[\d.]+$|:/.test(host) ? undefined : host;
}
