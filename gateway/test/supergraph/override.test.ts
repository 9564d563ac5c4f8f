import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { RunningGateway } from '../../src/gateway.js';
import { startGateway } from '../../src/gateway.js';
import { createLog } from '../../src/telemetry/log.js';
import { compose } from '../support/hub.js';
import { Subgraph } from '../support/subgraph.js';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@override"])';
const fields = ['everybody', 'nobody', 'byLabel', 'half'];

let folder: string;
let older: Subgraph;
let newer: Subgraph;
let gateway: RunningGateway;
let logged: Record<string, unknown>[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linli-override-'));
  const answer = (text: string) => Object.fromEntries(fields.map((field) => [field, () => text]));
  older = await Subgraph.start(
    'older',
    `${link} type Query { p: P } type P @key(fields: "id") { id: ID! ${fields.join(': String ')}: String }`,
    { Query: { p: () => ({ id: '1' }) }, P: answer('older') },
  );
  newer = await Subgraph.start(
    'newer',
    `${link} type P @key(fields: "id") {
      id: ID!
      everybody: String @override(from: "older", label: "percent(100)")
      nobody: String @override(from: "older", label: "percent(0)")
      byLabel: String @override(from: "older", label: "by-label")
      half: String @override(from: "older", label: "percent(50)")
    }`,
    { P: answer('newer') },
  );
  await writeFile(join(folder, 'supergraph.graphql'), compose([older, newer]));
});
afterEach(() => gateway.close());
afterAll(async () => {
  await Promise.all([older.close(), newer.close()]);
  await rm(folder, { recursive: true });
});

async function start(overrideLabels: readonly string[]): Promise<void> {
  logged = [];
  gateway = await startGateway({
    insecure: true,
    supergraph: join(folder, 'supergraph.graphql'),
    overrideLabels,
    port: 0,
    log: createLog('gateway', (line) => logged.push(JSON.parse(line) as Record<string, unknown>)),
  });
}

async function ask(query: string): Promise<unknown> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

test('percentages hold without a setting, labels where they are on', async () => {
  await start([]);
  const query = '{ p { everybody nobody byLabel } }';
  expect(await ask(query)).toEqual({ data: { p: { everybody: 'newer', nobody: 'older', byLabel: 'older' } } });
  await gateway.close();
  await start(['by-label']);
  expect(await ask(query)).toEqual({ data: { p: { everybody: 'newer', nobody: 'older', byLabel: 'newer' } } });
});

test('both plans of a percentage serve side by side', async () => {
  await start([]);
  const seen = new Set<string>();
  while (seen.size < 2) seen.add(JSON.stringify(await ask('{ p { half } }')));
  expect([...seen].sort()).toEqual(['{"data":{"p":{"half":"newer"}}}', '{"data":{"p":{"half":"older"}}}']);
});

test('a label that the graph does not have is told', async () => {
  await start(['by-lable']);
  expect(logged).toContainEqual(
    expect.objectContaining({
      level: 'warn',
      msg: expect.stringContaining('no override') as unknown,
      labels: ['by-lable'],
    }),
  );
});
