import { expect, test } from '@jest/globals';
import { negotiate, requireJson } from '../../src/http/media-types.js';

const graphql = 'application/graphql-response+json';
const json = 'application/json';

test.each([
  [undefined, json],
  ['', json],
  ['*/*', json],
  ['application/*', json],
  [json, json],
  [graphql, graphql],
  [`${graphql}, ${json};q=0.9`, graphql],
  [`${json};q=0.9, ${graphql}`, graphql],
  [`${graphql}, ${json}`, graphql],
  [`${graphql};q=0.1, ${json}`, json],
  [`${graphql}; charset=utf-8`, graphql],
  [`${graphql}; charset=latin1, ${json}`, json],
  [`text/html, ${json};q=0.5`, json],
  [`text/html, */*;q=0.1`, json],
  [`${json};q=0, */*`, graphql],
  ['APPLICATION/JSON', json],
])('Accept: %s is answered with %s', (accept, type) => {
  expect(negotiate(accept)).toBe(type);
});

test.each(['text/html', 'application/xml', 'application/json;q=0', 'image/*', '*/*;q=0', 'nonsense'])(
  'Accept: %s cannot be satisfied',
  (accept) => {
    expect(() => negotiate(accept)).toThrow(/Send "Accept: application\/graphql-response\+json"/);
  },
);

test.each([json, `${json}; charset=utf-8`, `${json};charset="UTF-8"`, 'Application/JSON'])('%s is taken', (type) => {
  expect(() => requireJson(type, undefined)).not.toThrow();
});
