import { expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { defaultLimits } from '../../src/operation/limits.js';
import { operationLoader } from '../../src/operation/load.js';
import { sha256 } from '../../src/operation/manifest.js';

const schema = buildSchema('type Query { a: String b: String }');

test('an operation that is asked for again is the same one, with all that is remembered of it', () => {
  const load = operationLoader(schema, defaultLimits);
  const text = '{ a }';
  // Another string of the same text, as the next request brings it.
  const again = ['{', 'a', '}'].join(' ');
  expect(load(text, null)).toBe(load(again, null));
  expect(load(text, null).hash).toBe(sha256(text));
});

test('operations of one document are told apart by name, and share their document', () => {
  const load = operationLoader(schema, defaultLimits);
  const text = 'query A { a } query B { b }';
  expect(load(text, 'A')).not.toBe(load(text, 'B'));
  expect(load(text, 'A').document).toBe(load(text, 'B').document);
  expect(load(text, 'B').name).toBe('B');
});

test('texts that differ in a space alone are two documents, so that errors show the right place', () => {
  const load = operationLoader(schema, defaultLimits);
  expect(load('{ a }', null)).not.toBe(load('{  a }', null));
});
