import { expect, test } from '@jest/globals';
import { merge, mergeCode, type Data } from '../../src/execution/merge.js';

// The code is made to be compiled: by nothing else can it be run.
// eslint-disable-next-line @typescript-eslint/no-implied-eval
const make = new Function('merge', 'abstract', `return ${mergeCode(['__typename', 'id'], 'merge', 'abstract')};`) as (
  each: typeof merge,
  abstract: (type: string) => boolean,
) => (known: Data, more: Data) => void;
const mergeFields = make(merge, (type) => type === 'Media');

test('an object’s own type takes the place of the interface that a subgraph knew it by', () => {
  const known: Data = { __typename: 'Media', id: '1' };
  mergeFields(known, { __typename: 'Film' });
  expect(known).toEqual({ __typename: 'Film', id: '1' });
});

test('the interface does not take the place of the object’s own type', () => {
  const known: Data = { __typename: 'Film' };
  mergeFields(known, { __typename: 'Media', id: '1' });
  expect(known).toEqual({ __typename: 'Film', id: '1' });
});
