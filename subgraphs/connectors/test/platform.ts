import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** A platform as tests need it: it notes what came, and answers with the status it is told to. */
export class Platform {
  readonly taken: { id: string; key: string; n: unknown }[] = [];
  tries = 0;
  status = 202;
  /** Keys that it refuses. */
  readonly refused = new Set<string>();
  #server: Server | undefined;
  url = '';

  async start(): Promise<this> {
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        this.tries += 1;
        const headers = request.headers as Record<string, string>;
        new Webhook(secret).verify(body, headers);
        const { key, data } = JSON.parse(body) as { key: string; data: { n?: unknown } };
        const status = this.refused.has(key) ? 500 : this.status;
        if (status < 300) this.taken.push({ id: headers['webhook-id']!, key, n: data.n });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => this.#server!.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/events`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}
