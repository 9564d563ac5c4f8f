import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { StartError } from '../../src/errors.js';
import { startGateway } from '../../src/gateway.js';
import { loadSupergraph } from '../../src/supergraph/load.js';
import type { TestHub } from '../support/hub.js';
import { startTestHub } from '../support/hub.js';

let hub: TestHub;
let folder: string;
beforeAll(async () => {
  hub = await startTestHub();
  folder = await mkdtemp(join(tmpdir(), 'linli-supergraph-'));
});
afterAll(async () => {
  await hub.close();
  await rm(folder, { recursive: true });
});

async function file(text: string): Promise<string> {
  const path = join(folder, 'supergraph.graphql');
  await writeFile(path, text);
  return path;
}

test('a composed supergraph tells its departments, with their titles and URLs', async () => {
  const { subgraphs } = await loadSupergraph(hub.supergraph, { health: 'http://health.internal:4001/graphql' });
  expect(subgraphs).toEqual([
    { name: 'civil-affairs', title: '民政', url: hub.civilAffairs.url },
    { name: 'health', title: '卫健', url: 'http://health.internal:4001/graphql' },
  ]);
});

test.each([
  ['Community', 'code', 'L1'],
  ['Community', 'population', 'L2'],
  ['Community', 'clinics', 'L1'],
  ['Resident', 'name', 'L3'],
  ['Resident', 'record', 'L4'],
  ['Camera', 'name', 'L1'],
  ['Mapped', 'name', 'L2'],
  ['Unclassified', 'text', 'L4'],
  ['NoSuchType', 'field', 'L4'],
])('%s.%s has level %s', async (type, field, level) => {
  const { classification } = await loadSupergraph(hub.supergraph, {});
  expect(classification.levelOf(type, field)).toBe(level);
});

describe('a supergraph that cannot be used is told in one line', () => {
  test.each([
    ['is not GraphQL', 'type {', /^The supergraph file .* is not GraphQL: Syntax Error/],
    [
      'is the SDL of one subgraph',
      'type Query { a: Int }',
      /is not a Federation 2 supergraph.*not the SDL of one subgraph/,
    ],
    [
      'has no URL',
      'enum join__Graph { A @join__graph(name: "a", url: "") } type Query { a: Int }',
      /Subgraph a has no http URL .*LINLI_SUBGRAPH_URLS/,
    ],
    [
      'is broken',
      'schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION) { query: Query } enum join__Graph { A @join__graph(name: "a", url: "http://a") } type Query { a: Missing }',
      /^The supergraph file .* is not valid: /,
    ],
  ])('%s', async (_, text, message) => {
    const starting = startGateway({ insecure: true, supergraph: await file(text), port: 0, log: () => undefined });
    const error = await starting.then(
      () => undefined,
      (refused: unknown) => refused,
    );
    expect(error).toBeInstanceOf(StartError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('\n');
  });

  test('is missing', async () => {
    await expect(loadSupergraph(join(folder, 'none.graphql'), {})).rejects.toThrow(
      /none\.graphql does not exist\. Compose it/,
    );
  });

  test('does not have a subgraph that has a URL', async () => {
    const subgraphUrls = { helth: 'http://a' };
    const starting = startGateway({ insecure: true, supergraph: hub.supergraph, subgraphUrls, port: 0, log: () => {} });
    await expect(starting).rejects.toThrow(
      'LINLI_SUBGRAPH_URLS names helth, which the supergraph does not have. It has civil-affairs, health.',
    );
  });
});
