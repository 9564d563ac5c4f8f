// Runs many requests through the engine against departments that fail in turn, and writes what it found as JSON.
// Arguments: how many requests. Needs --expose-gc.
import { Buffer } from 'node:buffer';
import { createServer } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { linliEngine } from '@linli/gateway/execution/linli-engine';
import { SubgraphClient } from '@linli/gateway/execution/subgraph-client';
import { defaultLimits } from '@linli/gateway/operation/limits';
import { operationLoader } from '@linli/gateway/operation/load';
import { noPolicy } from '@linli/gateway/policy/no-policy';
import { openSupergraph } from '@linli/gateway/supergraph/load';
import { anonymous } from '@linli/schema/subject';

const total = Number(process.argv[2]);
const concurrency = 40;
const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])';

const json = (text, status = '200 OK') =>
  `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
const items = '{"data":{"items":[{"__typename":"Item","id":"1"},{"__typename":"Item","id":"2"}]}}';
const prices = '{"data":{"_entities":[{"price":1},{"price":2}]}}';

/** What the shaky department does with its requests, one after the other. */
const faults = [
  (socket) => socket.destroy(),
  (socket) => socket.resetAndDestroy(),
  (socket) => socket.write(json('{"data":{"_entities":[{"price":')),
  (socket) => socket.write(json('<h1>500</h1>', '500 Oh')),
  (socket) => socket.write(json('{}', '503 Busy')),
  (socket) => socket.write(json('{"data":{"_entities":[]}}')),
  (socket) => socket.write(json(' '.repeat(100_000))),
  (socket) => socket.write(json(prices) + json(prices)),
  (socket) => socket.write(json('{"data":null,"errors":[{"message":"no","extensions":{"stacktrace":["x"]}}]}')),
  (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"da'),
  (socket) => socket.end('no HTTP at all\r\n\r\n'),
  () => undefined,
];

const sockets = new Set();
function serve(answer) {
  return new Promise((resolve) => {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1');
        const end = text.indexOf('\r\n\r\n') + 4;
        if (end < 4 || text.length < end + Number(/content-length: (\d+)/i.exec(text)[1])) return;
        text = '';
        answer(socket);
      });
    });
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

let shakyRequests = 0;
const servers = [
  await serve((socket) => socket.write(json(items))),
  await serve((socket) => {
    shakyRequests += 1;
    if (shakyRequests % 5 > 0) socket.write(json(prices));
    else faults[(shakyRequests / 5) % faults.length](socket);
  }),
];
const urls = servers.map((server) => `http://127.0.0.1:${server.address().port}/`);
const { supergraphSdl } = composeServices([
  {
    name: 'steady',
    url: urls[0],
    typeDefs: parse(`${link} type Query { items: [Item!]! } type Item @key(fields: "id") { id: ID! }`),
  },
  { name: 'shaky', url: urls[1], typeDefs: parse(`${link} type Item @key(fields: "id") { id: ID! price: Int }`) },
]);
const supergraph = openSupergraph(supergraphSdl, 'supergraph', {});
const clients = new Map(
  supergraph.subgraphs.map((subgraph) => [
    subgraph.name,
    new SubgraphClient(subgraph, {
      timeoutMs: subgraph.name === 'shaky' ? 100 : 30_000,
      maxResponseBytes: 50_000,
      circuit: { failuresInARow: Infinity, ratio: 2 },
    }),
  ]),
);
const load = operationLoader(supergraph.apiSchema, defaultLimits);
const engine = linliEngine(supergraph, {
  clients,
  assert: undefined,
  showInternalErrors: false,
  shareInFlight: false,
  log: () => undefined,
});
const authority = noPolicy(load).authorityOf({ subject: anonymous, declaration: {} });
const operation = load('{ items { id price } }', null);

const found = { requests: 0, complete: 0, partial: 0, cancelled: 0, wrong: [] };

async function one(n) {
  const gone = new globalThis.AbortController();
  const answer = engine.execute(operation, {}, authority, gone.signal);
  const leaves = n % 100 === 0;
  // Half of those who leave do so before any department can have answered, the others at some time.
  if (leaves) void (n % 200 === 0 ? nextTurn() : sleep(n % 7)).then(() => gone.abort());
  const { data, errors } = JSON.parse(await answer);
  const is = data?.items?.map(({ price }) => price).join();
  found.requests += 1;
  if (is === '1,2' && !errors) found.complete += 1;
  else if (is === ',' && errors?.length) found.partial += 1;
  else if (leaves && errors?.length) found.cancelled += 1;
  else if (found.wrong.length < 3) found.wrong.push(JSON.stringify({ data, errors }));
}

let next = 0;
async function run(until) {
  const worker = async () => {
    while (next < until) await one(next++);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

async function memory() {
  for (let i = 0; i < 3; i++) {
    await sleep(50);
    globalThis.gc();
  }
  const { heapUsed, external } = process.memoryUsage();
  return { heapUsed, external };
}

await run(total / 5);
const before = await memory();
await run(total);
const after = await memory();
const openAtEnd = sockets.size;
for (const client of clients.values()) client.close();
for (const server of servers) server.close();
while (sockets.size > 0) await sleep(10);
const left = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
process.stdout.write(JSON.stringify({ ...found, before, after, openAtEnd, left }));
