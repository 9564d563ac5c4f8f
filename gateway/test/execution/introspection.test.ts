import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery, graphqlSync, lexicographicSortSchema, printSchema } from 'graphql';
import type { IntrospectionQuery } from 'graphql';
import { executor } from '../../src/execution/execute.js';
import type { Execute } from '../../src/execution/execute.js';
import { readSubtypes } from '../../src/execution/subtypes.js';
import { defaultLimits } from '../../src/operation/limits.js';
import { operationLoader } from '../../src/operation/load.js';
import { coerceVariables } from '../../src/operation/variables.js';
import { operationPlanner } from '../../src/planning/planned-operation.js';
import { nativePlanner } from '../../src/planning/planner.js';
import type { Supergraph } from '../../src/supergraph/load.js';
import { openSupergraph } from '../../src/supergraph/load.js';
import { Shop } from '../supergraph/support/shop.js';

let shop: Shop;
let supergraph: Supergraph;
let answer: (query: string, variables?: Record<string, unknown>) => Promise<Buffer>;
/** How often a department was asked. */
let fetches: number;

beforeAll(async () => {
  shop = await Shop.start();
  supergraph = openSupergraph(shop.compose(['products', 'stock']), 'test', {});
});
afterAll(() => shop.close());

beforeEach(() => {
  fetches = 0;
  const { apiSchema, sdl, document } = supergraph;
  const plan = operationPlanner(nativePlanner(sdl), apiSchema);
  const execute: Execute = executor(apiSchema, readSubtypes(document));
  const load = operationLoader(apiSchema, defaultLimits);
  answer = (query, variables = {}) => {
    const operation = load(query, null);
    const values = coerceVariables(apiSchema, operation, variables);
    return execute(plan(operation, values), values, () => {
      fetches += 1;
      return Promise.resolve({ data: { products: [{ id: `p${fetches}` }] } });
    });
  };
});

test('the whole introspection describes the API schema', async () => {
  const { data } = JSON.parse((await answer(getIntrospectionQuery())).toString()) as { data: IntrospectionQuery };
  const print = (schema: typeof supergraph.apiSchema) => printSchema(lexicographicSortSchema(schema));
  expect(print(buildClientSchema(data))).toBe(print(supergraph.apiSchema));
});

test('it is the answer of graphql-js, to the letter', async () => {
  const query = `query ($name: String = "Product", $deep: Boolean! = true) {
    again: __type(name: $name) { ...T } __typename __type(name: "Int") { kind }
    __schema { queryType { name @include(if: $deep) } directives { name } } nothing: __type(name: "None") { name }
  } fragment T on __Type { name label: kind fields(includeDeprecated: true) { name type { ofType { name } } } }`;
  const { apiSchema: schema } = supergraph;
  for (const variableValues of [{}, { name: 'Query' }, { deep: false }, { name: 'Query' }, {}]) {
    expect((await answer(query, variableValues)).toString()).toBe(
      JSON.stringify(graphqlSync({ schema, source: query, variableValues })),
    );
  }
  expect(fetches).toBe(0);
});

test('the same question of the same values gets the same text, made once', async () => {
  const query = 'query ($n: String!) { __type(name: $n) { name } }';
  const [first, second, other] = [
    answer(query, { n: 'Product' }),
    answer(query, { n: 'Product' }),
    answer(query, { n: 'Query' }),
  ];
  expect(second).toBe(first);
  expect(other).not.toBe(first);
  expect((await other).toString()).toBe('{"data":{"__type":{"name":"Query"}}}');
});

test('only so many answers are kept, and none for very long values', async () => {
  const query = 'query ($n: String!) { __type(name: $n) { name } }';
  const first = answer(query, { n: 'Product' });
  for (let i = 0; i < 60; i++) await answer(query, { n: `T${i}` });
  expect(answer(query, { n: 'Product' })).not.toBe(first);
  const long = { n: 'x'.repeat(5000) };
  expect(answer(query, long)).not.toBe(answer(query, long));
  expect((await answer(query, long)).toString()).toBe('{"data":{"__type":null}}');
});

test('where a department has a part in the answer it is asked each time', async () => {
  const query = '{ products { id } __type(name: "Product") { kind } }';
  expect((await answer(query)).toString()).toBe('{"data":{"products":[{"id":"p1"}],"__type":{"kind":"OBJECT"}}}');
  expect((await answer(query)).toString()).toBe('{"data":{"products":[{"id":"p2"}],"__type":{"kind":"OBJECT"}}}');
});
