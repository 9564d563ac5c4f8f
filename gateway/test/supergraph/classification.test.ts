import { readFileSync } from 'node:fs';
import { composeServices as composeWithApollo } from '@apollo/composition';
import { describe, expect, test } from '@jest/globals';
import { supergraphFile } from '@linli/schema/files';
import { Kind, parse } from 'graphql';
import { levels, maskMethods, sharingClasses } from '../../src/supergraph/classification.js';
import { readClassification } from '../../src/supergraph/classification/read.js';
import { classify, head } from './support/contract.js';

const query = 'type Query { people: [Person] @classified(level: L1) }';

describe('what a field says beats what its type says, argument by argument', () => {
  const { of } = classify(`${head()} ${query}
    type Person @key(fields: "id") @classified(level: L4, sharing: NONE, mask: WITHHOLD, sealed: true) {
      id: ID!
      kind: String @classified(level: L2)
      name: String @classified(level: L3, sharing: CONDITIONAL, mask: NAME, sealed: false)
      friend: Person
    }
    type Open @classified(level: L1) { text: String inner: String @classified(level: L3) }
    type Nobody { text: String }
    extend type Query { open: Open @classified(level: L1) nobody: Nobody @classified(level: L1) }`);

  test.each([
    ['Person', 'id', 'L4', 'NONE', 'WITHHOLD', true],
    ['Person', 'kind', 'L2', 'NONE', 'WITHHOLD', true],
    ['Person', 'name', 'L3', 'CONDITIONAL', 'NAME', false],
    ['Person', 'friend', 'L4', 'NONE', undefined, true],
    ['Open', 'text', 'L1', 'UNCONDITIONAL', undefined, false],
    ['Open', 'inner', 'L3', 'CONDITIONAL', undefined, false],
    ['Nobody', 'text', 'L4', 'NONE', undefined, false],
    ['NoSuchType', 'field', 'L4', 'NONE', undefined, false],
  ])('%s.%s', (type, field, level, sharing, mask, sealed) => {
    expect(of(type, field)).toMatchObject({ coordinate: `${type}.${field}`, level, sharing, mask, sealed });
  });
});

test('of several departments that classify one place, the strictest is heard', () => {
  const person = (classified: string, field = '') =>
    `${head()} type Person @key(fields: "id") @classified(${classified}) { id: ID! name: String @shareable ${field} }`;
  const { of } = classify(
    `${person('level: L3, sharing: UNCONDITIONAL')} ${query}`,
    person('level: L4, sharing: NONE, sealed: true').replace(
      /@shareable(?= *})/,
      '@shareable @classified(level: L3, mask: NAME)',
    ),
    person('level: L1').replace(/@shareable(?= *})/, '@shareable @classified(level: L3, mask: KEEP)'),
  );
  expect(of('Person', 'id')).toMatchObject({ level: 'L4', sharing: 'NONE', sealed: true });
  expect(of('Person', 'name')).toMatchObject({ level: 'L3', sharing: 'NONE', sealed: true, mask: 'WITHHOLD' });
});

describe('whatever the directives are called in the contracts', () => {
  const federation = ['authenticated', 'requiresScopes', 'policy'];
  const body = (classified: string, scoped: string, uses: string, own: (name: string) => string) => `
    type Query { people(name: String @${uses}(fields: ["Person.name"]), where: Where): [Person] @${classified}(level: L1) }
    input Where { name: String @${uses}(fields: ["Person.name"]) }
    type Person @key(fields: "id") @${classified}(level: L3) @${scoped}(subject: "id") {
      id: ID! @${own('authenticated')}
      name: String @${classified}(level: L4, mask: NAME) @${own('requiresScopes')}(scopes: [["a", "b"], ["c"]])
      phone: String @${own('policy')}(policies: [["health.wall"]])
    }`;
  const plain = `${head({ federation: federation.map((name) => `"@${name}"`) })}
    ${body('classified', 'scoped', 'uses', (name) => name)}`;
  const renamed = `${head({
    federation: federation.map((name) => `{ name: "@${name}", as: "@my_${name}" }`),
    classified: 'grade',
    scoped: 'about',
    uses: 'by',
  })} ${body('grade', 'about', 'by', (name) => `my_${name}`)}`;
  const prefixed = plain
    .replace('federation/v2.9"', 'federation/v2.9", as: "fed"')
    .replaceAll(/, "@(authenticated|requiresScopes|policy)"/g, '')
    .replaceAll(/@(authenticated|requiresScopes|policy)\b/g, '@fed__$1');

  const apollo = (sdl: string) => {
    const { supergraphSdl, errors } = composeWithApollo([{ name: 'a', typeDefs: parse(sdl), url: 'http://a' }]);
    if (!supergraphSdl) throw new Error(String(errors));
    return readClassification(parse(supergraphSdl));
  };

  test.each([
    ['imported under their names', () => classify(plain)],
    ['imported under other names', () => classify(renamed)],
    ['imported under other names, composed by Apollo', () => apollo(renamed)],
    ['prefixed with another name of their specification, composed by Apollo', () => apollo(prefixed)],
  ])('%s', (_, compose) => {
    const { of, factsOf, usesOf, usesOfInput } = compose();
    expect(of('Person', 'id')).toMatchObject({ level: 'L3', authenticated: true, scopes: [], policies: [] });
    expect(of('Person', 'name')).toMatchObject({ level: 'L4', mask: 'NAME', scopes: [['a', 'b'], ['c']] });
    expect(of('Person', 'phone')).toMatchObject({ level: 'L3', authenticated: false, policies: [['health.wall']] });
    expect(factsOf('Person')).toEqual({ subject: [['id']], community: [], assigned: [], minor: [] });
    expect(usesOf('Query', 'people', 'name')).toEqual(['Person.name']);
    expect(usesOfInput('Where', 'name')).toEqual(['Person.name']);
  });
});

describe('conditions of Federation', () => {
  const federation = ['"@authenticated"', '"@requiresScopes"', '"@policy"', '"@interfaceObject"'];
  const start = head({ federation });

  test('of several departments are all required', () => {
    const person = (own: string) =>
      `${start} type Person @key(fields: "id") @classified(level: L1) { id: ID! name: String @shareable ${own} }`;
    const { of } = classify(
      `${person('@requiresScopes(scopes: [["a"], ["b"]])')} ${query}`,
      person('@requiresScopes(scopes: [["c"]]) @authenticated'),
    );
    expect(of('Person', 'name')).toMatchObject({
      authenticated: true,
      scopes: [
        ['a', 'c'],
        ['b', 'c'],
      ],
    });
  });

  test('on a type hold for its fields and for those that return it', () => {
    const { of } = classify(`${start} type Query { person: Person hidden: Code open: Int }
      type Person @requiresScopes(scopes: [["a"], ["b"]]) { name: String @requiresScopes(scopes: [["b"]]) code: [Code!] }
      scalar Code @authenticated`);
    expect(of('Query', 'person').scopes).toEqual([['a'], ['b']]);
    expect(of('Person', 'name').scopes).toEqual([['b']]);
    expect(of('Person', 'code')).toMatchObject({ authenticated: true, scopes: [['a'], ['b']] });
    expect(of('Query', 'hidden').authenticated).toBe(true);
    expect(of('Query', 'open')).toMatchObject({ authenticated: false, scopes: [], policies: [] });
  });

  test('that nobody can meet are not taken for none', () => {
    const { of } = readClassification(parse('type Query { a: Int @requiresScopes(scopes: []) b: Int @policy }'));
    expect([of('Query', 'a').scopes, of('Query', 'b').policies]).toEqual([[['']], [['']]]);
  });

  test('and levels hold on an interface’s field where they hold on an implementation, and the other way round', () => {
    const { of, usesOf, factsOf } = classify(`${start}
      type Query { named: Named @classified(level: L1) }
      interface Named @classified(level: L1) @scoped(subject: "id") {
        id: ID! name(like: String @uses(fields: ["Named.name"])): String code: String @classified(level: L2)
      }
      type Person implements Named @classified(level: L1) {
        id: ID! name(like: String): String @classified(level: L4, mask: NAME) @requiresScopes(scopes: [["a"]]) code: String
      }
      type Shop implements Named @classified(level: L1) { id: ID! name(like: String): String code: String }
      extend type Query { shop: Shop @classified(level: L1) person: Person @classified(level: L1) }`);
    expect(of('Named', 'name')).toMatchObject({ level: 'L4', scopes: [['a']], interfaces: [] });
    expect(of('Person', 'name')).toMatchObject({ level: 'L4', interfaces: ['Named.name'] });
    expect(of('Shop', 'name')).toMatchObject({ level: 'L1', scopes: [] });
    expect(of('Shop', 'code').level).toBe('L2');
    expect(usesOf('Person', 'name', 'like')).toEqual(['Named.name']);
    expect(factsOf('Shop')?.subject).toEqual([['id']]);
  });
});

test('a field knows what it is computed of, through requirements of requirements and contexts', () => {
  const { of } = classify(
    `${head({ federation: ['"@context"', '"@fromContext"'] })} ${query}
      type Person @key(fields: "id") @context(name: "person") @classified(level: L1) {
        id: ID! born: String @classified(level: L3, mask: DATE) pet: Pet
      }
      type Pet @key(fields: "id") @classified(level: L1) { id: ID! tag(born: String @fromContext(field: "$person { born }")): String }`,
    `${head()} type Person @key(fields: "id") @classified(level: L1) {
        id: ID! born: String @external age: Int @requires(fields: "born") adult: Boolean @shareable }`,
    `${head()} type Person @key(fields: "id") @classified(level: L1) {
        id: ID! age: Int @external senior: Boolean @requires(fields: "age") }`,
  );
  expect(of('Person', 'age')).toMatchObject({ requires: ['Person.born'], departments: ['b'] });
  expect(of('Person', 'senior')).toMatchObject({ requires: ['Person.age', 'Person.born'], departments: ['c'] });
  expect(of('Pet', 'tag').requires).toEqual(['Person.born']);
  expect(of('Person', 'id')).toMatchObject({ requires: [], departments: ['a', 'b', 'c'] });
});

test('of what a field is computed of, it is known what is of other rows', () => {
  const { of } = classify(
    `${head()} ${query} type Person @key(fields: "id") @classified(level: L1) @scoped(subject: "id") {
      id: ID! phone: String home: Home friend: Person } type Home @classified(level: L1) { code: String }`,
    `${head()} type Home @classified(level: L1) { code: String @external }
      type Person @key(fields: "id") @classified(level: L1) {
        id: ID! phone: String @external home: Home @external friend: Person @external
        own: String @requires(fields: "phone home { code }") other: String @requires(fields: "friend { phone }")
        both: String @requires(fields: "phone friend { phone }") }`,
  );
  expect(of('Person', 'own')).toMatchObject({
    requires: ['Person.phone', 'Person.home', 'Home.code'],
    requiresOfOthers: [],
  });
  expect(of('Person', 'other').requiresOfOthers).toEqual(['Person.phone']);
  expect(of('Person', 'both').requiresOfOthers).toEqual(['Person.phone']);
});

test('facts of repeated statements unite; paths that lead nowhere tell nothing', () => {
  const { factsOf, scopedTypes } = classify(
    `${head()} ${query} type Person @key(fields: "id") @classified(level: L1)
      @scoped(subject: "id friend { id } ghost { id }", community: "home { code }") @scoped(assigned: "helpers home") {
      id: ID! friend: Person home: Home helpers: [ID!] }
      type Home @classified(level: L1) { code: String }`,
    `${head()} type Person @key(fields: "id") @classified(level: L1) @scoped(minor: "young") { id: ID! young: Boolean }`,
  );
  expect(factsOf('Person')).toEqual({
    subject: [['id'], ['friend', 'id']],
    community: [['home', 'code']],
    assigned: [['helpers']],
    minor: [['young']],
  });
  expect(factsOf('Home')).toBeUndefined();
  expect(scopedTypes('b')).toEqual(['Person']);
});

describe('the committed supergraph', () => {
  const document = parse(readFileSync(supergraphFile, 'utf8'));
  const { fields, of, factsOf, size } = readClassification(document);

  test.each([
    ['ClassificationLevel', levels],
    ['SharingClass', sharingClasses],
    ['MaskMethod', maskMethods],
  ])('knows the values of %s that the gateway knows', (name, known) => {
    const definition = document.definitions.find((each) => 'name' in each && each.name?.value === name);
    const values = definition?.kind === Kind.ENUM_TYPE_DEFINITION ? definition.values : undefined;
    expect(values?.map((each) => each.name.value).sort()).toEqual([...known].sort());
  });

  test('classifies every field', () => {
    expect(size).toBeGreaterThan(350);
    expect(fields.length).toBeGreaterThan(700);
    expect(new Set(fields.map(({ coordinate }) => coordinate)).size).toBe(fields.length);
  });

  test('says whose a resident’s row is, and where', () => {
    expect(of('Resident', 'name')).toMatchObject({ level: 'L3', mask: 'NAME', departments: ['civil-affairs'] });
    expect(factsOf('Resident')).toEqual({
      subject: [['id']],
      community: [['community', 'code']],
      assigned: [['handlers']],
      minor: [['minor']],
    });
  });
});
