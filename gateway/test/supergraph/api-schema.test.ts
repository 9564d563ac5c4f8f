import { expect, test } from '@jest/globals';
import { isUnionType, parse } from 'graphql';
import { apiSchema } from '../../src/supergraph/api-schema.js';
import { hidden } from '../differential/fixtures/hidden.js';
import { compose } from '../differential/universe.js';

test('a union does not name the members that clients do not see', () => {
  const any = apiSchema(parse(compose(hidden))).getType('Any');
  expect(isUnionType(any) && any.getTypes().map(({ name }) => name)).toEqual(['Item']);
});
