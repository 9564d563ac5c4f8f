import { expect, test } from '@jest/globals';
import { buildSchema, printSchema, validateSchema } from 'graphql';
import { visibleSchema } from '../../src/policy/visible-schema.js';

const schema = buildSchema(`
  directive @stream(if: Boolean) on FIELD
  interface Named { name: String }
  type Query { community: Community secret(by: Filter): Secret either: Either order(kind: Kind): [Community!] search(by: Filter, scope: Scope): [Named!] }
  type Community implements Named { name: String residents: ResidentConnection }
  type ResidentConnection { nodes: [Resident!]! }
  type Resident implements Named { name: String record: Record }
  type Record { number: ID }
  type Secret { value: Level }
  type Mutation { note(text: String): Record }
  union Either = Community | Secret
  enum Kind { A B }
  enum Level { HIGH LOW }
  input Filter { scope: Scope level: Level }
  input Scope { kind: Kind }
`);
const without = (...hidden: string[]) =>
  printSchema(visibleSchema(schema, (type, field) => !hidden.includes(`${type}.${field}`)));

test('with everything visible it is the schema', () => {
  expect(without()).toBe(printSchema(schema));
});

test('a hidden field is gone, and so is what nothing leads to any more', () => {
  const text = without('Resident.record', 'Mutation.note');
  expect(text).not.toMatch(/record|Record|Mutation/);
  expect(text).toMatch(/type Resident implements Named \{\n {2}name: String\n\}/);
});

test('a field whose type has nothing visible is gone, up to where something is', () => {
  const text = without('Resident.name', 'Resident.record', 'Mutation.note');
  expect(text).not.toMatch(/Resident|Record/);
  expect(text).toContain('type Community implements Named {\n  name: String\n}');
});

test('unions lose the types that are hidden, and inputs and enums go with the arguments that used them', () => {
  const text = without('Secret.value', 'Query.search', 'Query.secret');
  expect(text).toContain('union Either = Community');
  expect(text).not.toMatch(/Secret|Filter|Scope|Level/);
  expect(text).toContain('enum Kind');
});

test('an interface has no field that one of its implementations has not', () => {
  const text = without('Resident.name');
  expect(text).not.toMatch(/Named/);
  expect(text).toContain('type Community {');
  expect(validateSchema(visibleSchema(schema, (type, field) => `${type}.${field}` !== 'Resident.name'))).toEqual([]);
});

test('for who may know of nothing, queries have no field', () => {
  expect(
    Object.keys(
      visibleSchema(schema, () => false)
        .getQueryType()!
        .getFields(),
    ),
  ).toEqual([]);
});

test('the given schema stays as it was', () => {
  const before = printSchema(schema);
  without('Resident.record');
  expect(printSchema(schema)).toBe(before);
});

test('plumbing to what is hidden is hidden with it, and a type that only ends like plumbing is not', () => {
  const relay = buildSchema(`
    type Query { cases: CaseConnection links: NetworkConnection }
    type CaseConnection { edges: [CaseEdge] totalCount: Int pageInfo: PageInfo }
    type CaseEdge { cursor: ID node: Case }
    type Case { text: String }
    type PageInfo { hasNextPage: Boolean }
    type NetworkConnection { speed: Int }
  `);
  const text = printSchema(visibleSchema(relay, (type) => type !== 'Case'));
  expect(text).not.toMatch(/Case|PageInfo/);
  expect(text).toContain('type NetworkConnection');
});
