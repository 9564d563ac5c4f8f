import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import type { GatewayOptions, RunningGateway } from '../../src/gateway.js';
import { startGateway } from '../../src/gateway.js';
import { createLog } from '../../src/telemetry/log.js';
import type { GraphQLBody } from './hub.js';
import type { RawServer } from './raw-server.js';
import { json, startRawServer } from './raw-server.js';

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])`;

const steady = `${federation}
  type Query { items: [Item!]! }
  type Mutation { note: String }
  type Item @key(fields: "id") { id: ID! name: String }
`;
const shaky = `${federation}
  type Query { beta: String deep: Blob }
  type Mutation { change: String }
  type Item @key(fields: "id") { id: ID! price: Int }
  scalar Blob
`;

/** What is right for every operation that the tests send to `steady`. */
const steadyAnswer = json('{"data":{"items":[{"__typename":"Item","id":"1"},{"__typename":"Item","id":"2"}]}}');

/** What is right for every operation that the tests send to `shaky`. */
export const shakyBody = (request: string): string => {
  if (request.includes('_entities')) return '{"data":{"_entities":[{"price":1},{"price":2}]}}';
  return request.includes('change') ? '{"data":{"change":"done"}}' : '{"data":{"beta":"b"}}';
};

/** A gateway over two subgraphs that answer bytes: `steady` always well, `shaky` as a test says. */
export interface RawHub {
  gateway: RunningGateway;
  steady: RawServer;
  shaky: RawServer;
  logged: Record<string, unknown>[];
  query(query: string, signal?: AbortSignal): Promise<GraphQLBody>;
  /** Makes `shaky` answer well again. */
  heal(): void;
  close(): Promise<void>;
}

export async function startRawHub(options: Partial<Extract<GatewayOptions, { insecure: true }>> = {}): Promise<RawHub> {
  const first = await startRawServer((socket) => void socket.write(steadyAnswer));
  const healthy = (socket: { write(bytes: Buffer): unknown }, request: string) =>
    void socket.write(json(shakyBody(request)));
  const second = await startRawServer(healthy);
  const composed = composeServices([
    { name: 'steady', url: first.url, typeDefs: parse(steady) },
    { name: 'shaky', url: second.url, typeDefs: parse(shaky) },
  ]);
  if (composed.errors) throw new Error(composed.errors.map(({ message }) => message).join('\n'));
  const folder = await mkdtemp(join(tmpdir(), 'linli-raw-'));
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, composed.supergraphSdl);
  const logged: Record<string, unknown>[] = [];
  const gateway = await startGateway({
    insecure: true,
    port: 0,
    supergraph,
    watch: false,
    subgraphTimeoutMs: 400,
    circuit: { failuresInARow: Infinity, ratio: 2 },
    log: createLog('gateway', (line) => logged.push(JSON.parse(line) as Record<string, unknown>)),
    ...options,
  }).catch(async (error: unknown) => {
    await Promise.all([first.close(), second.close(), rm(folder, { recursive: true })]);
    throw error;
  });
  return {
    gateway,
    steady: first,
    shaky: second,
    logged,
    async query(query, signal) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
        signal: signal ?? null,
      });
      return (await response.json()) as GraphQLBody;
    },
    heal: () => void (second.answer = healthy),
    async close() {
      await gateway.close();
      await Promise.all([first.close(), second.close()]);
      await rm(folder, { recursive: true });
    },
  };
}
