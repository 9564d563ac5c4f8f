import { IncomingMessage } from 'node:http';

const wanted = Symbol('wanted');

/**
 * A request of which only a WebSocket is an upgrade. node:http takes a request with any `Upgrade` header from its server
 * once that listens to upgrades, body unread; but clients that offer HTTP/2 in clear text (`h2c`), as Java's does unasked,
 * are to be answered over HTTP/1.1 where a server declines (RFC 9110, section 7.8).
 */
export class UpgradableRequest extends IncomingMessage {
  [wanted]: unknown;

  /** Set by node:http's parser before the headers are known, and asked once they are. */
  set upgrade(value: unknown) {
    this[wanted] = value;
  }

  get upgrade(): unknown {
    if (!this[wanted]) return this[wanted];
    return this.method === 'CONNECT' || this.headers.upgrade?.toLowerCase() === 'websocket';
  }
}
