import { describe, expect, test } from '@jest/globals';
import { buildSchema, getIntrospectionQuery } from 'graphql';
import { Refusal } from '../../src/errors.js';
import { defaultLimits } from '../../src/operation/limits.js';
import { operationLoader } from '../../src/operation/load.js';

const schema = buildSchema('type Query { me: Query name: String }');
const load = operationLoader(schema, {
  tokens: 100,
  depth: 4,
  fields: 10,
  aliases: 3,
  rootFields: 5,
  directives: 3,
});

function refusalOf(text: string): unknown {
  try {
    load(text, null);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, limit }: Record<string, unknown> = error.errors[0]?.extensions ?? {};
    return [error.status, code, limit];
  }
}

const over = (limit: string) => [400, 'OPERATION_LIMIT_EXCEEDED', limit];

describe('an operation at a limit passes, and over it is refused', () => {
  test.each([
    ['depth', '{ me { me { me { name } } } }', '{ me { me { me { me { name } } } } }'],
    ['aliases', '{ a: name b: name c: name }', '{ a: name b: name c: name d: name }'],
    ['rootFields', '{ name name name name name }', '{ name name name name name name }'],
    ['fields', '{ me { name name name name name name name name name } }', `{ me { ${'name '.repeat(10)} } }`],
    ['directives', `{ name ${'@skip(if: false) '.repeat(1)} }`, `{ name ${'@a '.repeat(4)} }`],
    ['tokens', `{ name(${'a: 1 '.repeat(1)}) }`.replace('(a: 1 )', ''), `{ name(${'a: 1 '.repeat(40)}) }`],
  ])('%s', (limit, within, beyond) => {
    expect(refusalOf(within)).toBeUndefined();
    expect(refusalOf(beyond)).toEqual(over(limit));
  });

  test.each([
    ['depth', '{ me { ...A } } fragment A on Query { me { me { ...B } } } fragment B on Query { me { name } }'],
    ['aliases', '{ ...A me { ...A } } fragment A on Query { a: name b: name }'],
    ['rootFields', '{ ...A ...A } fragment A on Query { name name name }'],
    [
      'fields',
      '{ ...A } fragment A on Query { ...B ...B } fragment B on Query { ...C ...C } fragment C on Query { ...D ...D } fragment D on Query { __typename }',
    ],
    ['directives', '{ ...A ...A } fragment A on Query { name @skip(if: true) me @skip(if: true) { name } }'],
    ['depth', '{ name } fragment Unused on Query { me { me { me { me { name } } } } }'],
    ['depth', '{ me { ... { ... on Query { me { me { me { name } } } } } } }'],
  ])('%s counts through fragments', (limit, text) => {
    expect(refusalOf(text)).toEqual(over(limit));
  });
});

test('a fragment that doubles itself a hundred times is refused as soon as it is over the limit', () => {
  const fragments = Array.from({ length: 100 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`);
  const roomy = operationLoader(schema, { ...defaultLimits });
  expect(() => roomy(`{ ...F0 } ${fragments.join(' ')} fragment F100 on Query { name }`, null)).toThrow(
    /more than \d+ fields/,
  );
});

test('the introspection query of tools is within the default limits', () => {
  const roomy = operationLoader(schema, { ...defaultLimits });
  const text = getIntrospectionQuery({
    descriptions: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  });
  expect(roomy(text, 'IntrospectionQuery').name).toBe('IntrospectionQuery');
});

test('introspection that goes round in circles is refused', () => {
  const roomy = operationLoader(schema, { ...defaultLimits });
  const round =
    '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }';
  expect(() => roomy(round, null)).toThrow(/introspection depth/i);
});

test('the same text gives the very same operation', () => {
  expect(load('{ name }', null)).toBe(load('{ name }', null));
  expect(load('query A { name }', 'A')).toMatchObject({ name: 'A', type: 'query' });
});
