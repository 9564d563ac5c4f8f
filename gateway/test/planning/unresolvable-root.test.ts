import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startGateway, type RunningGateway } from '../../src/gateway.js';
import { createLog } from '../../src/telemetry/log.js';
import { Shop } from '../supergraph/support/shop.js';

let shop: Shop;
let gateway: RunningGateway;
const logged: string[] = [];

beforeAll(async () => {
  shop = await Shop.start();
  const sdl = shop.compose(['products', 'stock']);
  const resolved = 'product(id: ID!): Product @join__field(graph: PRODUCTS)';
  expect(sdl).toContain(resolved);
  // What no composition lets through, but a supergraph written by hand or by another tool may say.
  await shop.writeText(sdl.replace(resolved, resolved.replace('PRODUCTS', 'PRODUCTS, external: true')));
  gateway = await startGateway({
    insecure: true,
    supergraph: shop.file,
    port: 0,
    watch: false,
    log: createLog('gateway', (line) => logged.push(line)),
  });
});
afterAll(async () => {
  await gateway.close();
  await shop.close();
});

async function ask(query: string, variables: object = {}) {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as { data: unknown; errors?: { extensions: { code: string } }[] };
  return { ...body, codes: body.errors?.map(({ extensions }) => extensions.code) };
}

test.each([
  ['alone', '{ product(id: "p1") { name } }'],
  ['under another name', '{ mine: product(id: "p1") { __typename } }'],
  ['beside one that is resolved', '{ products { name } product(id: "p1") { stock } }'],
  ['in a fragment', 'query { ...F } fragment F on Query { product(id: "p1") { name } }'],
])('a root field that no department resolves is an error, never a silent null: %s', async (_, query) => {
  expect(await ask(query)).toMatchObject({ data: null, codes: ['UNPLANNABLE'] });
});

test('an operation that leaves it out is answered', async () => {
  const query = 'query($with: Boolean!) { products { name } product(id: "p1") @include(if: $with) { name } }';
  const products = [{ name: 'Kettle' }, { name: 'Stool' }];
  expect(await ask(query, { with: false })).toMatchObject({ data: { products }, codes: undefined });
  expect(await ask(query, { with: true })).toMatchObject({ data: null, codes: ['UNPLANNABLE'] });
});

test('the log says which operation it was, without its text', () => {
  const lines = logged.filter((line) => line.includes('could not be planned'));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    expect(JSON.parse(line)).toMatchObject({ level: 'error', operation: expect.any(String) as unknown });
    expect(line).not.toContain('p1');
  }
});
