import { describe, expect, test } from '@jest/globals';
import { composeServices as composeWithApollo } from '@apollo/composition';
import { Kind, parse, print } from 'graphql';
import type { ConstDirectiveNode, DefinitionNode } from 'graphql';
import { readFileSync } from 'node:fs';
import { supergraphFile } from '@linli/schema/files';
import { compose, routingUrl } from '../../src/schema/compose.js';
import type { Contract } from '../../src/schema/contracts.js';
import { readContract } from '../../src/schema/contracts.js';
import { contract, ownContracts } from './support.js';

/** Apollo's own composition of the same contracts. */
function apollo(contracts: readonly Contract[]) {
  return composeWithApollo(
    contracts.map(({ department, document }) => ({
      name: department,
      typeDefs: document,
      url: routingUrl(department),
    })),
  );
}

/** Directives in an order of their own, arguments by name, selections without spaces: what means the same reads the same. */
function directiveTexts(directives: readonly ConstDirectiveNode[] = []): string[] {
  return directives
    .map(
      ({ name, arguments: given = [] }) =>
        `@${name.value}(${given
          .map((each) => print(each).replace(/\s*([{}:])\s*/g, '$1'))
          .sort()
          .join(', ')})`,
    )
    .sort();
}

/**
 * Everything a supergraph says, as one entry for each coordinate: its type, description, directives and members. Left
 * out is the machinery of the join specification itself, of which either library prints the version it knows.
 */
function meaning(supergraph: string): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  const machinery = (definition: DefinitionNode) =>
    definition.kind === Kind.DIRECTIVE_DEFINITION ||
    ('name' in definition && /^(join|link)__(?!Graph)/.test(definition.name?.value ?? ''));
  for (const definition of parse(supergraph).definitions.filter((each) => !machinery(each))) {
    const name = 'name' in definition && definition.name ? definition.name.value : definition.kind;
    entries.push([
      name,
      {
        kind: definition.kind,
        description: ('description' in definition && definition.description?.value) || null,
        directives: 'directives' in definition ? directiveTexts(definition.directives as ConstDirectiveNode[]) : [],
        members: 'types' in definition ? (definition.types ?? []).map((type) => print(type)).sort() : [],
        interfaces: 'interfaces' in definition ? (definition.interfaces ?? []).map((type) => print(type)).sort() : [],
      },
    ]);
    for (const member of [...fieldsOf(definition), ...valuesOf(definition)]) {
      entries.push([
        `${name}.${member.name.value}`,
        {
          description: member.description?.value ?? null,
          directives: directiveTexts(member.directives),
          type: 'type' in member ? print(member.type) : null,
          arguments: ('arguments' in member ? (member.arguments ?? []) : []).map((each) => print(each)).sort(),
        },
      ]);
    }
  }
  return Object.fromEntries(entries);
}

function fieldsOf(definition: DefinitionNode) {
  return 'fields' in definition ? (definition.fields ?? []) : [];
}

function valuesOf(definition: DefinitionNode) {
  return definition.kind === Kind.ENUM_TYPE_DEFINITION ? (definition.values ?? []) : [];
}

describe('the departments’ own contracts', () => {
  const ours = compose(ownContracts());

  test('compose, and the committed supergraph is what they compose to', () => {
    expect(ours.problems).toBeUndefined();
    expect(readFileSync(supergraphFile, 'utf8')).toBe(ours.supergraph);
  });

  test('mean the same as Apollo’s composition of them, coordinate by coordinate', () => {
    const theirs = apollo(ownContracts());
    expect(theirs.errors).toBeUndefined();
    const [our, their] = [meaning(ours.supergraph!), meaning(theirs.supergraphSdl!)];
    expect(Object.keys(our).length).toBeGreaterThan(500);
    expect(our).toEqual(their);
  });

  test('keep the level of every classified type and field', () => {
    const count = (text: string) => text.match(/@classified\(level: L\d/g)?.length ?? 0;
    const named = new Set<string>();
    for (const { document } of ownContracts()) {
      for (const definition of document.definitions) {
        if (!('name' in definition) || !definition.name) continue;
        const parts = [
          { name: definition.name.value, node: definition as { directives?: readonly ConstDirectiveNode[] } },
        ];
        for (const field of fieldsOf(definition))
          parts.push({ name: `${definition.name.value}.${field.name.value}`, node: field });
        for (const { name, node } of parts) {
          if (node.directives?.some((directive) => directive.name.value === 'classified')) named.add(name);
        }
      }
    }
    expect(named.size).toBeGreaterThan(50);
    expect(count(ours.supergraph!)).toBe(named.size);
  });
});

const base = `
  type Community @key(fields: "code") @classified(level: L1) { code: CommunityCode! name: String! @shareable }
  type Query { community: Community }
`;
const broken: Record<string, readonly [string, string]> = {
  'types differ': [base, 'type Community @key(fields: "code") { code: CommunityCode! name: Int @shareable }'],
  'a key names no field': [base, 'type Community @key(fields: "nope") { code: CommunityCode! }'],
  'a field is not shareable': [
    base.replace(' @shareable', ''),
    'type Community @key(fields: "code") { code: CommunityCode! name: String! }',
  ],
  'a field cannot be reached': [base, 'type Community { code: CommunityCode! @shareable size: Int }'],
  'a type is not known': [base, 'type Community @key(fields: "code") { code: CommunityCode! mayor: Mayor }'],
  'a directive is not known': [base, 'type Community @key(fields: "code") { code: CommunityCode! size: Int @secret }'],
  'an external field is not used': [
    base,
    'type Community @key(fields: "code") { code: CommunityCode! size: Int @external }',
  ],
  'a requirement names no field': [
    base,
    'type Community @key(fields: "code") { code: CommunityCode! size: Int @requires(fields: "area") }',
  ],
  'a level does not exist': [
    base,
    'type Community @key(fields: "code") { code: CommunityCode! size: Int @classified(level: L9) }',
  ],
  'arguments differ': [
    `${base} type Shop @key(fields: "id") { id: ID! near(limit: Int): Int @shareable }`,
    'type Shop @key(fields: "id") { id: ID! near(limit: String): Int @shareable }',
  ],
  'an argument is missing': [
    `${base} type Shop @key(fields: "id") { id: ID! near(limit: Int!): Int @shareable }`,
    'type Shop @key(fields: "id") { id: ID! near: Int @shareable }',
  ],
  'an enum that goes in and out differs': [
    `${base} enum Kind { A B } input Filter { kind: Kind } extend type Query { list(filter: Filter): Kind }`,
    'enum Kind { A C } input Filter { kind: Kind } type Query { other(filter: Filter): Kind }',
  ],
  'kinds differ': [`${base} type Shop @key(fields: "id") { id: ID! }`, 'interface Shop { id: ID! }'],
};

describe('broken contracts', () => {
  test.each(Object.entries(broken))('when %s, the codes are Apollo’s and the place is named', (_case, [one, two]) => {
    const make = () => [contract('civil-affairs', one), contract('education', two)];
    const ours = compose(make()).problems ?? [];
    const theirs = apollo(make()).errors ?? [];
    expect(ours.map(({ code }) => code).sort()).toEqual(theirs.map(({ extensions }) => extensions['code']).sort());
    expect(ours.length).toBeGreaterThan(0);
    for (const { code, places, departments } of ours) {
      expect(departments.length).toBeGreaterThan(0);
      // What cannot be reached is a matter of the whole graph; all else stands somewhere.
      if (code !== 'SATISFIABILITY_ERROR') expect(places[0]?.file).toMatch(/^(civil-affairs|education)\.graphql$/);
    }
  });

  test('a syntax error is told with file and line', () => {
    const read = readContract('health', [{ name: 'health.graphql', text: 'type Query {\n  clinics: [Clinic\n}' }]);
    expect(read).toEqual([
      expect.objectContaining({ code: 'INVALID_GRAPHQL', places: [{ file: 'health.graphql', line: 3 }] }),
    ]);
  });

  test('an unknown argument of our own directive is told', () => {
    const wrong = contract('health', 'type Query { clinics: Int @classified(level: L1, veil: NAME) }');
    expect(compose([wrong]).problems).toEqual([
      expect.objectContaining({ message: '[health] Unknown argument "veil" of "@classified".' }),
    ]);
  });
});
