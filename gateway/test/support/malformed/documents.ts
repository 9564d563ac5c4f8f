import { pickOne, randomInteger, randomName } from '../random.js';
import type { Family } from './request.js';
import { ask, good, graphqlJson, isJson, post } from './request.js';

export const badJson: Family = (random) => {
  for (;;) {
    const text = JSON.stringify(good, null, randomInteger(random, 0, 2));
    const at = randomInteger(random, 1, text.length - 1);
    const body = pickOne(random, [
      () => text.slice(0, at),
      () => text.slice(0, at) + pickOne(random, ['"', '}', ']', ',', ':', '\\', '\u0001', "'"]) + text.slice(at),
      () => text.slice(0, at) + text.slice(at + 1),
      () => text + pickOne(random, ['}', ' x', ',', '{}']),
      () => text.replaceAll('"', "'"),
      () => pickOne(random, ['NaN', 'undefined', '{query: 1}', '{"query": 01}', '// {}', '{"query": "\\x"}', '{']),
    ])();
    if (isJson(body)) continue;
    return post('bad JSON', body, { status: 400, code: 'BAD_JSON', message: /not valid JSON at line \d+, column \d+/ });
  }
};

export const wrongTypes: Family = (random) => {
  const wrong = (allowed: string): unknown =>
    pickOne(
      random,
      [{ a: 1 }, ['a'], 'text', 7, true, false, 0].filter((it) => kindOf(it) !== allowed),
    );
  return pickOne(random, [
    () => ask('wrong types', { query: wrong('string') }, 'BAD_REQUEST', /"query" must be a string/),
    () =>
      ask('wrong types', { ...good, variables: wrong('object') }, 'BAD_REQUEST', /"variables" must be a JSON object/),
    () =>
      ask('wrong types', { ...good, extensions: wrong('object') }, 'BAD_REQUEST', /"extensions" must be a JSON object/),
    () =>
      ask(
        'wrong types',
        { ...good, operationName: wrong('string') },
        'BAD_REQUEST',
        /"operationName" must be a string/,
      ),
    () => ask('wrong types', pickOne(random, [1, 'query', true, null]), 'BAD_REQUEST', /not a JSON object/),
    () =>
      ask('wrong types', pickOne(random, [{}, { query: null }, { query: '' }]), 'BAD_REQUEST', /"query" is missing/),
    () =>
      ask('wrong types', Array(randomInteger(random, 0, 4)).fill(good), 'BATCHING_NOT_SUPPORTED', /one request a time/),
  ])();
};

export const unknownFields: Family = (random) => {
  const name = randomName(random);
  const query = pickOne(random, [
    `{ ${name} }`,
    `query { __schema { ${name} } }`,
    `{ __typename ...on Query { ${name} } }`,
    `{ __typename @${name} }`,
    `{ __type(name: "Query", ${name}: 1) { name } }`,
    `query($x: ${name}) { __typename }`,
    `{ ...${name} }`,
  ]);
  const body = { query };
  if (random() < 0.7) return ask('unknown fields', body, 'GRAPHQL_VALIDATION_FAILED', new RegExp(name));
  const request = ask('unknown fields', body, 'GRAPHQL_VALIDATION_FAILED', new RegExp(name));
  // A client from before the GraphQL media type is told by the body alone.
  return {
    ...request,
    headers: { ...graphqlJson, accept: 'application/json' },
    expect: { ...request.expect, status: 200 },
  };
};

export const badDocuments: Family = (random) => {
  const query = pickOne(random, [
    '{',
    '}',
    '{ a',
    '{ a(b: ) }',
    'query {',
    'fragment on on Query { a }',
    '{ a(b: "',
    '{ "a" }',
    'quer { a }',
    '{ a: }',
    `{ ${randomName(random)}( }`,
    `{ ...on }`,
    '{ a # }',
    '{ a(b: 1.) }',
    '\u0007',
    `${randomName(random)}`,
  ]);
  return ask('bad documents', { query }, 'GRAPHQL_PARSE_FAILED', /Syntax Error/);
};

export const tooLarge: Family = (random) => {
  const over = (query: string, what: RegExp) => ask('over the limits', { query }, 'OPERATION_LIMIT_EXCEEDED', what);
  const depth = randomInteger(random, 21, 500);
  const wide = randomInteger(random, 600, 2000);
  return pickOne(random, [
    () => over('{ a '.repeat(depth) + '} '.repeat(depth), /more than \d+ fields nested/),
    () => over(`{ __schema { types { ${'ofType { '.repeat(depth)} name ${'}'.repeat(depth)} } } }`, /nested/),
    () => over(`{ ${Array.from({ length: wide }, (_, i) => `a${i}: __typename`).join(' ')} }`, /more than \d+/),
    () => over(`{ ${'__typename '.repeat(wide)} }`, /more than \d+ fields at its root/),
    () =>
      over(`{ __typename ${'@skip(if: false) '.repeat(randomInteger(random, 101, 700))} }`, /more than \d+ directives/),
    () => over(`{ ${'a '.repeat(6000)} }`, /more than \d+ tokens/),
    () => over(fragmentBomb(randomInteger(random, 12, 30)), /more than \d+/),
  ])();
};

/** Each fragment spreads the next one twice: 2^n fields. */
function fragmentBomb(size: number): string {
  const fragments = Array.from({ length: size }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`);
  return `{ ...F0 } ${fragments.join(' ')} fragment F${size} on Query { __typename }`;
}

export const fragmentCycles: Family = (random) => {
  const size = randomInteger(random, 1, 20);
  const fragments = Array.from({ length: size }, (_, i) => `fragment F${i} on Query { ...F${(i + 1) % size} }`);
  return ask(
    'fragment cycles',
    { query: `{ ...F0 } ${fragments.join(' ')}` },
    'GRAPHQL_VALIDATION_FAILED',
    /within itself/,
  );
};

export const hugeBodies: Family = (random) => ({
  ...post('2 MB bodies', JSON.stringify({ ...good, variables: { name: 'x'.repeat(2_000_000) } }), {
    status: 413,
    code: 'REQUEST_TOO_LARGE',
    message: /more than 1048576 bytes/,
  }),
  chunked: random() < 0.5,
});

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}
