import { writeFile } from 'node:fs/promises';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { afterAll, afterEach, beforeAll, expect, describe, test } from '@jest/globals';
import type { Subject } from '@linli/schema/subject';
import type { LinliGateway, LinliGatewayOptions } from '../../src/apollo.js';
import { createLinliGateway } from '../../src/apollo.js';
import type { Log } from '../../src/telemetry/log.js';
import { createLog } from '../../src/telemetry/log.js';
import { Shop, until } from '../supergraph/support/shop.js';
import type { TestHub } from '../support/hub.js';
import { startTestHub } from '../support/hub.js';

const silent: Log = () => undefined;

interface Running {
  gateway: LinliGateway;
  server: ApolloServer<Context>;
  ask: (query: string, options?: { subject?: string; variables?: object; operationName?: string }) => Promise<Reply>;
}

interface Reply {
  status: number;
  headers: Headers;
  body: {
    data?: Record<string, any> | null;
    errors?: { message: string; path?: unknown[]; locations?: unknown; extensions: Record<string, unknown> }[];
  };
}

interface Context {
  subject?: unknown;
}

const servers: ApolloServer<Context>[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function start(options: LinliGatewayOptions, subjects: Record<string, unknown> = {}): Promise<Running> {
  const gateway = createLinliGateway({ log: silent, watch: false, ...options });
  const server = new ApolloServer<Context>({ gateway, introspection: true, includeStacktraceInErrorResponses: false });
  const { url } = await startStandaloneServer(server, {
    listen: { port: 0, host: '127.0.0.1' },
    context: async ({ req }) => ({ subject: subjects[String(req.headers['x-subject'])] }),
  });
  servers.push(server);
  return {
    gateway,
    server,
    async ask(query, { subject, ...rest } = {}) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(subject !== undefined && { 'x-subject': subject }) },
        body: JSON.stringify({ query, ...rest }),
      });
      return { status: response.status, headers: response.headers, body: (await response.json()) as Reply['body'] };
    },
  };
}

test('is what Apollo calls a gateway', async () => {
  const gateway: GatewayInterface = createLinliGateway({ insecure: true, log: silent });
  await gateway.stop();
});

describe('over a graph without identity', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.start();
  });
  afterAll(() => shop.close());

  test('queries are answered across departments, aliases and fragments included', async () => {
    const { ask } = await start({ insecure: true, supergraph: shop.file });
    const { status, body } = await ask(
      'query ($id: ID!) { it: product(id: $id) { ...F id: name } } fragment F on Product { left: stock __typename }',
      { variables: { id: 'p1' } },
    );
    expect(status).toBe(200);
    expect(body).toEqual({ data: { it: { left: 7, __typename: 'Product', id: 'Kettle' } } });
  });

  test('the operation that is named is answered, and one with a missing name is refused', async () => {
    const { ask } = await start({ insecure: true, supergraph: shop.file });
    const both = 'query A { product(id: "p1") { name } } query B { product(id: "p2") { name } }';
    expect((await ask(both, { operationName: 'B' })).body).toEqual({ data: { product: { name: 'Stool' } } });
    expect((await ask(both)).body.errors?.[0]?.extensions['code']).toBe('OPERATION_RESOLUTION_FAILURE');
  });

  test('mutations are answered', async () => {
    const { ask } = await start({ insecure: true, supergraph: shop.file });
    const { body } = await ask('mutation { rename(id: "p1", name: "Pot") { name stock } }');
    expect(body).toEqual({ data: { rename: { name: 'Pot', stock: 7 } } });
  });

  test('introspection is answered from the API schema', async () => {
    const { ask } = await start({ insecure: true, supergraph: shop.file });
    const { body } = await ask('{ __type(name: "Product") { fields { name } } products { name } }');
    expect(body.data?.['__type']).toEqual({ fields: [{ name: 'id' }, { name: 'name' }, { name: 'stock' }] });
    expect(body.data?.['products']).toHaveLength(2);
  });

  test("a department's errors keep their path, and the data beside them is there", async () => {
    const { ask } = await start({ insecure: true, supergraph: shop.file });
    const { status, body } = await ask('{ broken product(id: "p1") { name } }');
    expect(status).toBe(200);
    expect(body.data).toEqual({ broken: null, product: { name: 'Kettle' } });
    expect(body.errors).toEqual([
      expect.objectContaining({
        message: 'out of order',
        path: ['broken'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', service: 'products' },
      }),
    ]);
  });

  test('what the document or its variables lack is told with its place', async () => {
    const { ask } = await start({ insecure: true, supergraph: shop.file });
    const unknown = await ask('{ nothing }');
    expect(unknown.status).toBe(400);
    expect(unknown.body.errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    const missing = await ask('query (\n  $id: ID!\n) { product(id: $id) { name } }');
    expect(missing.status).toBe(400);
    expect(missing.body).toEqual({
      errors: [
        {
          message: 'Variable "$id" of required type "ID!" was not provided.',
          locations: [{ line: 2, column: 3 }],
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    });
  });

  test('the limits of an operation hold', async () => {
    const { ask } = await start({ insecure: true, supergraph: shop.file, limits: { aliases: 1 } });
    const { status, body } = await ask('{ a: products { id } b: products { id } }');
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions).toEqual({ code: 'OPERATION_LIMIT_EXCEEDED', limit: 'aliases', maximum: 1 });
  });

  test('a new supergraph is announced to the server and served', async () => {
    const { ask, gateway } = await start({ insecure: true, supergraph: shop.file });
    const query = '{ product(id: "p1") { stars } }';
    expect((await ask(query)).body.errors?.[0]?.message).toContain('Cannot query field "stars"');
    await shop.write(['products', 'stock', 'reviews']);
    expect((await gateway.reload()).outcome).toBe('swapped');
    expect((await ask(query)).body).toEqual({ data: { product: { stars: 5 } } });
    await shop.write(['products', 'stock']);
    expect((await gateway.reload()).outcome).toBe('swapped');
    expect((await ask(query)).body.errors?.[0]?.message).toContain('Cannot query field "stars"');
  });

  test('the file is watched, unless told otherwise', async () => {
    const { ask } = await start({ insecure: true, supergraph: shop.file, watch: true });
    await shop.write(['products', 'reviews']);
    await until(async () => (await ask('{ product(id: "p1") { stars } }')).body.errors === undefined);
    await shop.write(['products', 'stock']);
  });

  test('the end of the server closes the connections to departments', async () => {
    const { ask, server } = await start({ insecure: true, supergraph: shop.file });
    await ask('{ product(id: "p1") { stock } }');
    expect(shop.stock.connectionsOpen).toBeGreaterThan(0);
    await server.stop();
    await until(() => shop.stock.connectionsOpen === 0 && shop.products.connectionsOpen === 0);
  });

  test('a supergraph that cannot be served keeps the server from starting, and says why', async () => {
    const file = `${shop.file}.bad`;
    await writeFile(file, 'type {');
    const server = new ApolloServer({
      gateway: createLinliGateway({ insecure: true, supergraph: file, log: silent }),
      logger: { debug: silent, info: silent, warn: silent, error: silent } as never,
    });
    await expect(server.start()).rejects.toThrow(/is not GraphQL: Syntax Error/);
  });
});

describe('over a graph with identity', () => {
  const worker: Subject = Object.freeze({
    id: 'worker-1',
    roles: ['grid-worker'],
    jurisdiction: ['440303001001'],
    purposes: [],
    scopes: [],
  });
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub();
  });
  afterAll(() => hub.close());
  const subjects = { worker, broken: { id: 'x' }, nobody: null };
  const secure = () =>
    start(
      {
        supergraph: hub.supergraph,
        policies: hub.policies,
        assertionKeyFile: hub.assertionKeyFile,
        watch: false,
      },
      subjects,
    );

  test('the subject of the context is who departments are asked for', async () => {
    const { ask } = await secure();
    const { status, body } = await ask('{ residents { id record } }', { subject: 'worker' });
    expect(status).toBe(200);
    expect(body).toEqual({ data: { residents: [{ id: 'demo-elder', record: 'record of demo-elder' }] } });
    expect(hub.civilAffairs.subjects.at(-1)).toEqual(worker);
  });

  test.each([
    ['no subject', undefined],
    ['null', 'nobody'],
  ])('%s is the anonymous one, who reads open data alone', async (_, subject) => {
    const { ask } = await secure();
    const open = await ask('{ communities { name } }', subject === undefined ? {} : { subject });
    expect(open.body.errors).toBeUndefined();
    expect(hub.civilAffairs.subjects.at(-1)?.id).toBe('anonymous');
    const asked = hub.civilAffairs.subjects.length;
    const personal = await ask('{ residents { name } }', subject === undefined ? {} : { subject });
    expect(personal.status).toBe(400);
    expect(personal.body.data).toBeUndefined();
    // What is not for the subject is not in its schema either.
    expect(personal.body.errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(hub.civilAffairs.subjects).toHaveLength(asked);
  });

  test('half a subject is nobody: the request fails, and the log says what is wrong', async () => {
    const logged: string[] = [];
    const log = createLog('gateway', (line) => logged.push(line));
    const { ask } = await start(
      { supergraph: hub.supergraph, policies: hub.policies, assertionKeyFile: hub.assertionKeyFile, log },
      subjects,
    );
    const asked = hub.civilAffairs.subjects.length;
    const { status, body } = await ask('{ residents { name } }', { subject: 'broken' });
    expect(status).toBe(500);
    expect(body.errors?.[0]?.extensions['code']).toBe('INTERNAL_SERVER_ERROR');
    expect(JSON.stringify(body)).not.toContain('jurisdiction');
    expect(logged.join()).toContain(
      'contextValue.subject is no Subject (wrong: roles, jurisdiction, purposes, scopes)',
    );
    expect(hub.civilAffairs.subjects).toHaveLength(asked);
  });

  test('a key that is missing keeps the server from starting', async () => {
    const gateway = createLinliGateway({ supergraph: hub.supergraph, assertionKeyFile: 'none.json', log: silent });
    await expect(gateway.load()).rejects.toThrow(/none\.json cannot be read.*private key/);
  });
});

test('does not run without identity in production', async () => {
  const mode = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await expect(createLinliGateway({ insecure: true, log: silent }).load()).rejects.toThrow(
      /does not run with NODE_ENV=production/,
    );
  } finally {
    process.env['NODE_ENV'] = mode;
  }
});
