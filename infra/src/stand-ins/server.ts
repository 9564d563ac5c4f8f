import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { Feed } from './feed.js';
import { propertyApi } from './property-api.js';

export interface StandInOptions {
  host: string;
  port: number;
  /** Signing secrets by the platforms' codes. */
  secrets: Readonly<Record<string, string>>;
  /** Where the hub's connectors answer, without a path. */
  connectors: string;
}

const maxBody = 256 * 1024;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > maxBody) throw new Error('too large');
  }
  return body;
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

/**
 * Stand-ins of the city's platforms, so that a local hub has somebody to exchange events with:
 *
 *   POST /PLATFORM/events     takes what the hub sends, with its signature
 *   GET  /PLATFORM/events     what was taken, the newest last
 *   POST /PLATFORM/send       sends the hub an event, signed: the body is its envelope; `?id=` sends one again
 *   POST /PLATFORM/away?for=  answers 503 for that many seconds
 *   GET  /smart-property/api/…  the property platform's own REST API (schema/platforms/smart-property.openapi.json)
 */
export async function serveStandIns({ host, port, secrets, connectors }: StandInOptions) {
  const feeds = new Map(Object.entries(secrets).map(([code, secret]) => [code, new Feed(secret)]));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const [, code = '', what = ''] = pathname.split('/');
    if (code === 'health') return answer(response, 200, { status: 'up' });
    const feed = feeds.get(code);
    if (!feed) return answer(response, 404, { error: 'no such platform' });
    if (code === 'smart-property' && what === 'api') {
      const found = feed.away ? { status: 503, body: { error: 'away' } } : propertyApi(pathname, searchParams);
      return answer(response, found.status, found.body);
    }
    const { method } = request;
    if (what === 'events' && method === 'GET') return answer(response, 200, feed.taken);
    if (method !== 'POST') return answer(response, 405, { error: 'POST' });
    const body = await bodyOf(request);
    if (what === 'events') return answer(response, feed.take(body, request.headers as Record<string, string>), {});
    if (what === 'away') {
      feed.away = true;
      setTimeout(() => (feed.away = false), Number(searchParams.get('for') ?? 10) * 1000).unref();
      return answer(response, 200, {});
    }
    if (what !== 'send') return answer(response, 404, { error: 'events, send, away' });
    const id = searchParams.get('id') ?? randomUUID();
    const now = new Date();
    const said = await fetch(`${connectors}/webhooks/${code}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': new Webhook(secrets[code]!).sign(id, now, body),
      },
      body,
    });
    answer(response, said.status, await said.json());
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else answer(response, 502, { error: 'could not' });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
