import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';

/** What a raw server does with the text of one request (headers and body). */
export type RawAnswer = (socket: Socket, request: string) => void;

/** A server that writes bytes as they are, for answers that a well-behaved HTTP server cannot give. */
export interface RawServer {
  url: string;
  answer: RawAnswer;
  /** Requests that came, whole. */
  requests: number;
  /** Connections that are open now. */
  readonly open: number;
  /** Connections that were ever made, and that were closed again. */
  connections: number;
  closed: number;
  close(): Promise<void>;
}

export async function startRawServer(answer: RawAnswer): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    raw.connections += 1;
    socket.on('close', () => {
      sockets.delete(socket);
      raw.closed += 1;
    });
    socket.on('error', () => socket.destroy());
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (let whole = wholeRequest(text); whole !== undefined; whole = wholeRequest(text)) {
        text = text.slice(whole.length);
        raw.requests += 1;
        raw.answer(socket, whole);
      }
    });
  });
  const raw: RawServer = {
    url: '',
    answer,
    requests: 0,
    connections: 0,
    closed: 0,
    get open() {
      return sockets.size;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  raw.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  return raw;
}

function wholeRequest(text: string): string | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? 0);
  return text.length >= end + 4 + length ? text.slice(0, end + 4 + length) : undefined;
}

/** A well-formed answer of JSON. */
export function json(body: string, head = 'HTTP/1.1 200 OK'): Buffer {
  const bytes = Buffer.from(body);
  const headers = `${head}\r\ncontent-type: application/json\r\ncontent-length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(headers), bytes]);
}

/** Waits until something is so; fails by the test's own timeout. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
