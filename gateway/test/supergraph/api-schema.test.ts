import { expect, test } from '@jest/globals';
import { isUnionType, parse, printSchema } from 'graphql';
import { apiSchema } from '../../src/supergraph/api-schema.js';
import { hidden } from '../differential/fixtures/hidden.js';
import { compose } from '../differential/universe.js';
import { head, supergraphOf } from './support/contract.js';

test('a union does not name the members that clients do not see', () => {
  const any = apiSchema(parse(compose(hidden))).getType('Any');
  expect(isUnionType(any) && any.getTypes().map(({ name }) => name)).toEqual(['Item']);
});

test('a field that somebody may be denied is nullable, and so is the interface field that it implements', () => {
  const sdl = supergraphOf(
    `${head({ federation: ['"@authenticated"'] })}
      type Query { named: Named @classified(level: L1) person: Person @classified(level: L1) }
      interface Named @classified(level: L1) { id: ID! name: String! tags: [String!]! }
      type Person implements Named @key(fields: "id") @classified(level: L1) {
        id: ID! name: String! @classified(level: L3, mask: NAME) tags: [String!]! @classified(level: L2)
        open: Int! signed: Int! @authenticated
      }
      type Shop implements Named @classified(level: L1) { id: ID! name: String! tags: [String!]! }
      extend type Query { shop: Shop @classified(level: L1) }`,
    `${head()} type Person @key(fields: "id") @classified(level: L1) {
      id: ID! name: String! @external initial: String! @requires(fields: "name") }`,
  );
  const printed = printSchema(apiSchema(parse(sdl)));
  expect(printed).toContain('interface Named {\n  id: ID!\n  name: String\n  tags: [String!]\n}');
  expect(printed).toContain(
    'type Person implements Named {\n  id: ID!\n  name: String\n  tags: [String!]\n  open: Int!\n  signed: Int\n  initial: String\n}',
  );
  expect(printed).toContain('type Shop implements Named {\n  id: ID!\n  name: String!\n  tags: [String!]!\n}');
});

test('where nothing is classified, every promise is kept', () => {
  const sdl = compose({ name: 'plain', subgraphs: { a: 'type Query { a: Int! }' } });
  expect(printSchema(apiSchema(parse(sdl)))).toContain('a: Int!');
});
