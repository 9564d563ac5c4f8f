import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { GatewayOptions, RunningGateway } from '../../src/gateway.js';
import { startGateway } from '../../src/gateway.js';
import { createLog } from '../../src/telemetry/log.js';
import { Shop } from './support/shop.js';

let shop: Shop;
let file: string;
let gateway: RunningGateway;
let logged: Record<string, unknown>[];

const names = '{ products { name } }';
const stocks = '{ products { stock } }';
const stars = '{ products { stars } }';
const kettle = { data: { products: [{ name: 'Kettle' }, { name: 'Stool' }] } };

beforeEach(async () => {
  logged = [];
  shop = await Shop.start();
  file = join(shop.folder, 'operations.json');
  await write({ names });
  gateway = await start();
});
afterEach(async () => {
  await gateway.close();
  await shop.close();
});

function start(options: Partial<GatewayOptions> = {}): Promise<RunningGateway> {
  return startGateway({
    insecure: true,
    supergraph: shop.file,
    operations: file,
    persistedOperations: 'only',
    port: 0,
    watch: false,
    log: createLog('gateway', (line) => logged.push(JSON.parse(line) as Record<string, unknown>)),
    ...options,
  } as GatewayOptions);
}

const write = (operations: Record<string, string>) => writeFile(file, JSON.stringify(operations));

async function ask(documentId: string): Promise<unknown> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ documentId }),
  });
  const body = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return body.errors ? body.errors[0]?.extensions.code : body;
}

interface Served {
  hash: string;
  loadedAt: string;
  count?: number;
  refused?: { hash?: string; reason: string };
}

async function health(): Promise<{ supergraph: Served; operations: Served }> {
  return (await (await fetch(`${gateway.url}/health`)).json()) as { supergraph: Served; operations: Served };
}

const lines = (msg: string) => logged.filter((line) => String(line['msg']).startsWith(msg));

describe('other persisted operations', () => {
  test('are served after a reload, over the same supergraph, and those that are gone are not', async () => {
    const before = await health();
    expect(before.operations).toMatchObject({ count: 1 });
    await write({ stocks, more: names });
    const reload = await gateway.reload();
    expect(reload.outcome).toBe('operations-swapped');
    expect(await ask('stocks')).toEqual({ data: { products: [{ stock: 7 }, { stock: 7 }] } });
    expect(await ask('more')).toEqual(kettle);
    expect(await ask('names')).toBe('PERSISTED_OPERATION_NOT_FOUND');
    const after = await health();
    expect(after.operations).toMatchObject({ hash: reload.hash, count: 2 });
    expect(after.supergraph).toEqual(before.supergraph);
    expect(lines('serving other persisted operations')).toHaveLength(1);
  });

  test('are served with the supergraph that they were made for, together with it', async () => {
    await shop.write(['products', 'stock', 'reviews']);
    await write({ stars });
    expect((await gateway.reload()).outcome).toBe('swapped');
    expect(await ask('stars')).toEqual({ data: { products: [{ stars: 5 }, { stars: 5 }] } });
    expect(await ask('names')).toBe('PERSISTED_OPERATION_NOT_FOUND');
  });

  test('are served over the old supergraph where the new one cannot be', async () => {
    await shop.writeText('type {');
    await write({ names, stocks });
    expect((await gateway.reload()).outcome).toBe('refused');
    expect(await ask('stocks')).toEqual({ data: { products: [{ stock: 7 }, { stock: 7 }] } });
    expect((await health()).supergraph.refused?.reason).toMatch(/is not GraphQL/);
  });

  test('that are the old ones change nothing', async () => {
    expect((await gateway.reload()).outcome).toBe('unchanged');
    expect(lines('serving other persisted operations')).toEqual([]);
  });
});

describe('persisted operations that cannot be served are refused as a whole', () => {
  test.each([
    ['no JSON', '{', /cannot be read/],
    ['no documents', '{"names":7}', /cannot be read/],
    [
      'an operation that the graph does not have',
      JSON.stringify({ names, stars }),
      /breaks the operation stars, .*"stars"/,
    ],
    [
      'an operation that is no GraphQL',
      JSON.stringify({ names, bad: 'query {' }),
      /breaks the operation bad, .*Syntax/,
    ],
  ])('%s', async (_, text, reason) => {
    const before = await health();
    await writeFile(file, text);
    const reload = await gateway.reload();
    expect(reload).toMatchObject({ outcome: 'operations-refused', reason: expect.stringMatching(reason) as unknown });
    await gateway.reload();
    expect(await ask('names')).toEqual(kettle);
    const { operations, supergraph } = await health();
    expect(supergraph).toEqual(before.supergraph);
    expect(operations).toMatchObject({
      ...before.operations,
      refused: { reason: expect.stringMatching(reason) as unknown },
    });
    expect(lines('refused other persisted operations')).toEqual([
      expect.objectContaining({ level: 'error', reason: expect.stringMatching(reason) as unknown }),
    ]);

    await write({ names });
    expect((await gateway.reload()).outcome).toBe('unchanged');
    expect((await health()).operations).not.toHaveProperty('refused');
  });

  test('and a new supergraph beside them is, too', async () => {
    await shop.write(['products', 'stock', 'reviews']);
    await writeFile(file, '{');
    expect(await gateway.reload()).toMatchObject({
      outcome: 'refused',
      reason: expect.stringMatching(/persisted operations .* cannot be read/) as unknown,
    });
    expect(await ask('names')).toEqual(kettle);
  });
});
