import { describe, expect, test } from '@jest/globals';
import type { GraphQLSchema } from 'graphql';
import { buildSchema, printSchema, validateSchema } from 'graphql';
import type { Reach } from '../../src/policy/visible/reach.js';
import { visibleSchema as schemaOf } from '../../src/policy/visible/schema.js';
import { Visible } from '../../src/policy/visible/visible.js';

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
const visibleSchema = (whole: GraphQLSchema, reach: Reach) => schemaOf(new Visible(whole, reach));
/** Everything but what is named: a field, an argument or a field of an input object. */
const reachWithout = (...hidden: string[]): Reach => ({
  field: (type, field) => !hidden.includes(`${type}.${field}`),
  argument: (type, field, argument) => !hidden.includes(`${type}.${field}(${argument}:)`),
  inputField: (type, field) => !hidden.includes(`${type}.${field}`),
});
const without = (...hidden: string[]) => printSchema(visibleSchema(schema, reachWithout(...hidden)));

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
  expect(validateSchema(visibleSchema(schema, reachWithout('Resident.name')))).toEqual([]);
});

test('for who may know of nothing, queries have no field', () => {
  expect(
    Object.keys(
      visibleSchema(schema, { ...reachWithout(), field: () => false })
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
  const text = printSchema(visibleSchema(relay, reachWithout('Case.text')));
  expect(text).not.toMatch(/Case|PageInfo/);
  expect(text).toContain('type NetworkConnection');
});

describe('arguments that can never be used', () => {
  const filtered = buildSchema(`
    type Query implements Listing {
      cases(by: Filter, first: Int = 20): [Case]
      some(must: Must): Case
      sorted(by: Order = { level: HIGH }): Case
      one(id: ID!): Case
    }
    interface Listing { cases(by: Filter, first: Int = 20): [Case] }
    type Case { text: String }
    input Filter { all: [Filter!] text: String level: Level }
    input Must { text: String! also: Filter }
    input Order { level: Level = LOW }
    enum Level { HIGH LOW }
  `);
  const left = (...hidden: string[]) => {
    const visible = visibleSchema(filtered, reachWithout(...hidden));
    expect(validateSchema(visible)).toEqual([]);
    return printSchema(visible);
  };

  test('are gone, and so are the types that only they took', () => {
    const text = left('Query.cases(by:)', 'Listing.cases(by:)', 'Query.some(must:)', 'Query.sorted(by:)');
    expect(text).toContain('cases(first: Int = 20): [Case]');
    expect(text).toContain('some: Case');
    expect(text).not.toMatch(/Filter|Must|Order|Level/);
  });

  test('take with them a field that cannot be asked for without them', () => {
    expect(left('Query.one(id:)')).not.toContain('one');
    // Whoever leaves it out has it all the same.
    expect(left('Query.sorted(by:)')).not.toContain('sorted');
    expect(left('Query.sorted(by:)', 'Query.cases(first:)', 'Listing.cases(first:)')).not.toMatch(/cases|Listing/);
  });

  test('are a field of an input object as well, and what can be said without it stays', () => {
    const text = left('Filter.level');
    expect(text).toContain('input Filter {\n  all: [Filter!]\n  text: String\n}');
    expect(text).toContain('enum Level');
  });

  test('are those of which nothing but themselves is left, or that must have what is gone', () => {
    const text = left('Filter.level', 'Filter.text', 'Must.text', 'Order.level');
    expect(text).not.toMatch(/Filter|Must|Order|Level/);
    expect(text).toContain('cases(first: Int = 20): [Case]');
    expect(text).not.toContain('sorted');
  });
});

test('who sees the same part knows it by one name, and who sees another by another', () => {
  const filtered = buildSchema(
    'type Query { cases(by: Filter): [Case] } type Case { id: ID text: String } input Filter { a: ID b: ID }',
  );
  const nameWithout = (...hidden: string[]) => new Visible(filtered, reachWithout(...hidden)).name;
  const parts = [[], ['Case.text'], ['Case.id'], ['Query.cases(by:)'], ['Filter.a'], ['Query.cases']];
  expect(new Set(parts.map((hidden) => nameWithout(...hidden))).size).toBe(parts.length);
  // Without its fields nothing is left of a filter, and so nothing of the argument either.
  expect(nameWithout('Filter.a', 'Filter.b')).toBe(nameWithout('Query.cases(by:)', 'Filter.a', 'Filter.b'));
});
