import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Reply {
  readonly status?: number;
  /** Sent as JSON; a text as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Never answers. */
  readonly silent?: boolean;
}

/** A REST system over HTTP: answers what a test says, and notes what it was asked. */
export class RestSystem {
  readonly asked: string[] = [];
  reply: (path: string) => Reply = () => ({ status: 404, body: {} });
  #server: Server | undefined;

  get url(): string {
    return `http://127.0.0.1:${(this.#server!.address() as AddressInfo).port}/base`;
  }

  async start(): Promise<this> {
    this.#server = createServer((request, response) => {
      this.asked.push(request.url!);
      const { status = 200, body, headers = {}, silent } = this.reply(request.url!);
      if (silent) return;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    await new Promise<void>((resolve) => this.#server!.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}

export const project = (code: string, change: object = {}) => ({
  projectId: `sp-${code}`,
  communityCode: code,
  name: '示例花园',
  serviceGrade: 'B',
  feePerSquareMetre: 2.8,
  openRepairs: 3,
  lifts: { total: 6, outOfService: 1 },
  satisfaction: 81,
  updatedAt: '2025-06-30T00:00:00Z',
  ...change,
});
