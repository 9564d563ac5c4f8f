import { expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { defaultLimits } from '../../src/operation/limits.js';
import { operationLoader } from '../../src/operation/load.js';
import { internalNames } from '../../src/planning/internal-names.js';
import { normalize } from '../../src/planning/normalize.js';

const schema = buildSchema(`
  type Query { pet: Pet dog: Dog }
  interface Pet { name: String parent: Pet }
  type Dog implements Pet { name: String parent: Dog }
  type Cat implements Pet { name: String parent: Cat! }
`);
const load = operationLoader(schema, defaultLimits);

function texts(query: string): readonly string[] {
  return normalize(load(query, null), schema, {}, internalNames(schema)).texts;
}

test('a field that types of an interface answer in different forms is asked of each type under another name', () => {
  expect(texts('{ pet { parent { name } } }')).toEqual([
    'query{pet{...on Dog{_0: parent{name } } ...on Cat{_1: parent{name } } __typename } }',
  ]);
});

test('a field that all types answer in one form keeps its name', () => {
  expect(texts('{ pet { name } dog { name } }')).toEqual(['query{pet{name __typename } dog{name } }']);
});
