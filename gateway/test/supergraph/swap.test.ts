import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, symlink, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import type { GatewayOptions, RunningGateway } from '../../src/gateway.js';
import { startGateway } from '../../src/gateway.js';
import { createLog } from '../../src/telemetry/log.js';
import { Shop, until } from './support/shop.js';

let shop: Shop;
let gateway: RunningGateway | undefined;
let logged: Record<string, unknown>[];

beforeEach(async () => {
  logged = [];
  shop = await Shop.start();
});
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
  await shop.close();
});

async function start(options: Partial<GatewayOptions> = {}): Promise<RunningGateway> {
  gateway = await startGateway({
    insecure: true,
    supergraph: shop.file,
    port: 0,
    watch: false,
    log: createLog('gateway', (line) => logged.push(JSON.parse(line) as Record<string, unknown>)),
    ...options,
  } as GatewayOptions);
  return gateway;
}

async function ask(query: string): Promise<{ data?: unknown; errors?: { message: string }[] }> {
  const response = await fetch(`${gateway!.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data?: unknown; errors?: { message: string }[] };
}

async function healthOf(): Promise<{
  departments: Record<string, unknown>;
  supergraph: { hash: string; loadedAt: string; refused?: { hash?: string; reason: string } };
}> {
  return (await (await fetch(`${gateway!.url}/health`)).json()) as Awaited<ReturnType<typeof healthOf>>;
}

const reload = () => gateway!.reload();
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const linesOf = (msg: string) => logged.filter((line) => String(line['msg']).startsWith(msg));
const withStars = '{ product(id: "p1") { name stars } }';

describe('a new supergraph', () => {
  test('is served after a reload, and health names it', async () => {
    await start();
    expect((await ask(withStars)).errors?.[0]?.message).toContain('Cannot query field "stars"');
    await shop.write(['products', 'stock', 'reviews']);
    const hash = hashOf(await readFile(shop.file, 'utf8'));
    expect(await reload()).toEqual({ outcome: 'swapped', hash });
    expect(await ask(withStars)).toEqual({ data: { product: { name: 'Kettle', stars: 5 } } });
    expect((await healthOf()).supergraph).toEqual({ hash, loadedAt: expect.any(String) as unknown });
    await until(async () => 'reviews' in (await healthOf()).departments);
  });

  test('is served by itself when the file is replaced', async () => {
    await start({ watch: true });
    await shop.write(['products', 'stock', 'reviews']);
    await until(async () => !(await ask(withStars)).errors);
    expect(linesOf('serving another supergraph')).toHaveLength(1);
  });

  test('is served by itself when the file is written in place, half of it first', async () => {
    await start({ watch: true });
    const text = shop.compose(['products', 'stock', 'reviews']);
    await writeFile(shop.file, text.slice(0, text.length / 2));
    await until(async () => (await healthOf()).supergraph.refused !== undefined);
    expect(await ask('{ product(id: "p1") { name stock } }')).toEqual({
      data: { product: { name: 'Kettle', stock: 7 } },
    });
    await writeFile(shop.file, text);
    await until(async () => !(await ask(withStars)).errors);
    expect((await healthOf()).supergraph.refused).toBeUndefined();
  });

  test('is served by itself behind links, as container platforms mount files', async () => {
    const text = await readFile(shop.file, 'utf8');
    const mount = join(shop.folder, 'mount');
    const release = async (name: string, content: string) => {
      await mkdir(join(mount, name), { recursive: true });
      await writeFile(join(mount, name, 'supergraph.graphql'), content);
      await symlink(name, join(mount, '..new'));
      await rename(join(mount, '..new'), join(mount, '..data'));
    };
    await release('..first', text);
    await symlink('..data/supergraph.graphql', join(mount, 'supergraph.graphql'));
    await start({ watch: true, supergraph: join(mount, 'supergraph.graphql') });
    for (const name of ['..second', '..third']) {
      const next = shop.compose(['products', 'stock', 'reviews'], name);
      await release(name, next);
      await until(async () => (await healthOf()).supergraph.hash === hashOf(next));
    }
    await rm(join(mount, '..first'), { recursive: true });
  });

  test('of several in quick succession the last is served', async () => {
    await start({ watch: true });
    for (let i = 0; i < 20; i++) await shop.write(i % 2 ? ['products', 'stock'] : ['products', 'reviews'], `${i}`);
    await shop.write(['products', 'stock', 'reviews'], 'last');
    const hash = hashOf(await readFile(shop.file, 'utf8'));
    await until(async () => (await healthOf()).supergraph.hash === hash);
    expect((await healthOf()).supergraph.refused).toBeUndefined();
    expect(await ask(withStars)).toEqual({ data: { product: { name: 'Kettle', stars: 5 } } });
  });

  test('reloads at the same time end with what the file says', async () => {
    await start();
    const first = reload();
    await shop.write(['products', 'reviews']);
    const results = await Promise.all([first, reload(), reload(), reload()]);
    expect(results.filter(({ outcome }) => outcome === 'swapped')).toHaveLength(1);
    expect(await ask(withStars)).toEqual({ data: { product: { name: 'Kettle', stars: 5 } } });
  });

  test('that is the old one changes nothing', async () => {
    await start();
    const { hash } = (await healthOf()).supergraph;
    expect(await reload()).toEqual({ outcome: 'unchanged', hash });
    expect(linesOf('serving another supergraph')).toEqual([]);
  });
});

describe('a request in flight', () => {
  test('finishes on the graph it began with, whose department is left alone afterwards', async () => {
    await start();
    await ask('{ product(id: "p1") { stock } }');
    expect(shop.stock.connectionsOpen).toBe(1);
    const held: ServerResponse[] = [];
    shop.stock.fault = (_, response) => void held.push(response);
    const slow = ask('{ product(id: "p1") { name stock } }');
    await until(() => held.length === 1);

    await shop.write(['products', 'reviews']);
    expect((await reload()).outcome).toBe('swapped');
    expect((await ask('{ product(id: "p1") { stock } }')).errors?.[0]?.message).toContain('Cannot query field "stock"');
    expect(await ask(withStars)).toEqual({ data: { product: { name: 'Kettle', stars: 5 } } });
    expect(shop.stock.connectionsOpen).toBe(1);

    held[0]!.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"_entities":[{"stock":3}]}}');
    expect(await slow).toEqual({ data: { product: { name: 'Kettle', stock: 3 } } });
    await until(() => shop.stock.connectionsOpen === 0);
  });

  test('does not keep a later swap, nor the end of the gateway, waiting', async () => {
    await start();
    const held: ServerResponse[] = [];
    shop.stock.fault = (_, response) => void held.push(response);
    const slow = ask('{ product(id: "p1") { stock } }');
    await until(() => held.length === 1);
    await shop.write(['products', 'reviews'], 'second');
    expect((await reload()).outcome).toBe('swapped');
    await shop.write(['products', 'reviews'], 'third');
    expect((await reload()).outcome).toBe('swapped');
    held[0]!.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"_entities":[{"stock":3}]}}');
    expect(await slow).toEqual({ data: { product: { stock: 3 } } });
    await gateway!.close();
    gateway = undefined;
    await until(() => shop.products.connectionsOpen === 0 && shop.stock.connectionsOpen === 0);
  });
});

test('connections to a department that stays are kept', async () => {
  await start();
  for (let i = 0; i < 5; i++) {
    await ask('{ product(id: "p1") { name } }');
    await shop.write(['products', i % 2 ? 'stock' : 'reviews'], `${i}`);
    expect((await reload()).outcome).toBe('swapped');
  }
  expect(shop.products.connectionsMade).toBe(1);
  expect(shop.products.connectionsOpen).toBe(1);
});

test('many requests over many swaps all get whole answers', async () => {
  await start();
  let running = true;
  const clients = Array.from({ length: 8 }, async () => {
    const answers: unknown[] = [];
    while (running) answers.push(await ask('{ products { id name } }'));
    return answers;
  });
  for (let i = 0; i < 12; i++) {
    await shop.write(['products', i % 2 ? 'stock' : 'reviews'], `${i}`);
    expect((await reload()).outcome).toBe('swapped');
  }
  running = false;
  const answers = (await Promise.all(clients)).flat();
  expect(answers.length).toBeGreaterThan(12);
  const whole = {
    data: {
      products: [
        { id: 'p1', name: 'Kettle' },
        { id: 'p2', name: 'Stool' },
      ],
    },
  };
  expect(answers.filter((answer) => JSON.stringify(answer) !== JSON.stringify(whole))).toEqual([]);
});

describe('a supergraph that cannot be served is refused', () => {
  test.each([
    ['no GraphQL', () => 'type {', /is not GraphQL: Syntax Error/],
    ['no supergraph', () => 'type Query { a: Int }', /is not a Federation 2 supergraph/],
    [
      'a subgraph without a URL',
      () => shop.compose(['products']).replace(shop.products.url, ''),
      /Subgraph products has no http URL/,
    ],
    [
      'an operation that is not valid any more',
      () => shop.compose(['products']),
      /breaks the operation stock\.graphql, which is not valid over it: Cannot query field "stock"/,
    ],
    [
      'an operation that no department can answer',
      () =>
        shop
          .compose(['products', 'stock'])
          .replace(/@join__type\(graph: STOCK, key: "id"\)/g, '@join__type(graph: STOCK)'),
      /breaks the operation stock\.graphql, which cannot be planned over it: /,
    ],
  ])('%s', async (_, text, reason) => {
    const operations = join(shop.folder, 'operations');
    await mkdir(operations);
    await writeFile(join(operations, 'names.graphql'), 'query A { products { name } } query B { products { id } }');
    await writeFile(
      join(operations, 'stock.graphql'),
      'query ($on: Boolean!) { products { stock @include(if: $on) } }',
    );
    await start({ operations });
    const before = (await healthOf()).supergraph;
    const bad = text();
    await shop.writeText(bad);

    const result = await reload();
    expect(result).toEqual({ outcome: 'refused', hash: hashOf(bad), reason: expect.stringMatching(reason) as unknown });
    await reload();
    expect(linesOf('refused another supergraph')).toEqual([
      expect.objectContaining({ level: 'error', hash: hashOf(bad), reason: expect.stringMatching(reason) as unknown }),
    ]);
    const { outcome: _outcome, ...refused } = result as { outcome: string; hash: string; reason: string };
    expect((await healthOf()).supergraph).toEqual({ ...before, refused });
    expect(refused.reason).not.toContain('\n');
    expect(await ask('{ product(id: "p2") { name stock } }')).toEqual({
      data: { product: { name: 'Stool', stock: 7 } },
    });
  });

  test('a file that is gone, until it is back', async () => {
    await start();
    const text = await readFile(shop.file, 'utf8');
    await rm(shop.file);
    expect(await reload()).toEqual({
      outcome: 'refused',
      reason: expect.stringContaining('supergraph.graphql does not exist') as unknown,
    });
    expect((await healthOf()).supergraph.refused).toHaveProperty('reason');
    await writeFile(shop.file, text);
    expect((await reload()).outcome).toBe('unchanged');
    expect((await healthOf()).supergraph).not.toHaveProperty('refused');
  });

  test('what is mended elsewhere is served on the next reload', async () => {
    const operations = join(shop.folder, 'operations');
    await mkdir(operations);
    await writeFile(join(operations, 'stock.graphql'), '{ products { stock } }');
    await start({ operations });
    await shop.write(['products', 'reviews']);
    expect((await reload()).outcome).toBe('refused');
    await rm(join(operations, 'stock.graphql'));
    expect((await reload()).outcome).toBe('swapped');
  });

  test('connections that only a refused one needed are closed, those of the old one are not', async () => {
    const operations = join(shop.folder, 'operations');
    await mkdir(operations);
    await writeFile(join(operations, 'stock.graphql'), '{ products { stock } }');
    await start({ operations });
    await ask('{ products { stock } }');
    await shop.write(['products', 'reviews']);
    await reload();
    await ask('{ products { stock } }');
    expect([shop.products.connectionsMade, shop.stock.connectionsMade, shop.reviews.connectionsMade]).toEqual([
      1, 1, 0,
    ]);
  });
});

test('a supergraph without a department that settings still name is served, with a warning', async () => {
  const settings = { subgraphUrls: { stock: shop.stock.url }, subgraphTimeoutsMs: { stock: 900 } };
  await start(settings);
  const warned = () => logged.filter(({ level, msg }) => level === 'warn' && String(msg).startsWith('LINLI_'));
  await shop.write(['products', 'stock', 'reviews']);
  await reload();
  expect(warned()).toEqual([]);
  await shop.write(['products', 'reviews']);
  expect((await reload()).outcome).toBe('swapped');
  expect(await ask(withStars)).toEqual({ data: { product: { name: 'Kettle', stars: 5 } } });
  expect(warned().map(({ msg }) => msg)).toEqual([
    'LINLI_SUBGRAPH_URLS names stock and LINLI_SUBGRAPH_TIMEOUTS_MS names stock, which the supergraph does not have. ' +
      'It has products, reviews.',
  ]);

  await gateway!.close();
  gateway = undefined;
  await expect(start(settings)).rejects.toThrow(
    /^LINLI_SUBGRAPH_URLS names stock and LINLI_SUBGRAPH_TIMEOUTS_MS names/,
  );
});

test('a first supergraph that breaks an operation is served with a warning: there is no other one', async () => {
  const operations = join(shop.folder, 'operations');
  await mkdir(operations);
  await writeFile(join(operations, 'stars.graphql'), withStars);
  await start({ operations });
  expect(await ask('{ product(id: "p1") { name } }')).toEqual({ data: { product: { name: 'Kettle' } } });
  expect(linesOf('the supergraph is served, but would be refused')).toHaveLength(1);
});
