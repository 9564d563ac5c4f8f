import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { compileIdentity, compileRepresentation } from '../../src/execution/representations.js';
import { readSubtypes } from '../../src/execution/subtypes.js';
import type { RequiresSelection } from '../../src/planning/plan.js';

const subtypes = readSubtypes(parse('interface Media { id: ID } type Book implements Media { id: ID }'));
const of = (typeCondition: string, ...names: string[]): RequiresSelection => ({
  kind: 'InlineFragment',
  typeCondition,
  selections: ['__typename', ...names].map((name) => ({ kind: 'Field', name })),
});

describe('what tells entities apart', () => {
  test('is the one key of the one type, and says of the same entities the same as their text', () => {
    const requires = [of('Product', 'upc')];
    const identify = compileIdentity(requires, subtypes)!;
    const represent = compileRepresentation(requires, undefined, subtypes);
    const entities = ['1', '2', '1', 1, null].map((upc) => ({ __typename: 'Product', upc }));
    for (const a of entities) {
      for (const b of entities) expect(identify(a) === identify(b)).toBe(represent(a) === represent(b));
    }
  });

  test('leaves out other types and entities without the key, as the text does', () => {
    const requires = [of('Product', 'upc')];
    const represent = compileRepresentation(requires, undefined, subtypes);
    for (const entity of [{ __typename: 'Maker', upc: '1' }, { __typename: 'Product' }, { upc: '1' }]) {
      expect(compileIdentity(requires, subtypes)!(entity)).toBeUndefined();
      expect(represent(entity)).toBeUndefined();
    }
  });

  test('is the text where there is more than one field or type', () => {
    expect(compileIdentity([of('Maker', 'id', 'country')], subtypes)).toBeUndefined();
    expect(compileIdentity([of('Product', 'upc'), of('Maker', 'id')], subtypes)).toBeUndefined();
    expect(compileIdentity([of('Media', 'id')], subtypes)).toBeUndefined();
  });
});
