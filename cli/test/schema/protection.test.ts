import { describe, expect, test } from '@jest/globals';
import { compose } from '../../src/schema/compose.js';
import type { Contract } from '../../src/schema/contracts.js';
import { readContract } from '../../src/schema/contracts.js';
import { contract, ownContracts } from './support.js';

function told(contracts: readonly Contract[], everybody?: readonly Contract[]): string[] {
  return (compose(contracts, everybody).problems ?? []).map(({ code, message }) => `${code} ${message}`);
}

/** What composition says of one contract, or of several departments' contracts. */
function problems(...sdl: string[]): string[] {
  return told(sdl.map((text, index) => contract(['health', 'education', 'housing'][index]!, text)));
}

const person = `type Person @key(fields: "id") @classified(level: L3) @scoped(subject: "id") {
  id: ID! @classified(level: L3, mask: KEEP)`;
const query = 'type Query { people: [Person!] @classified(level: L2) }';

test('the departments’ own contracts are protected, together and each by itself', () => {
  const everybody = ownContracts();
  expect(told(everybody)).toEqual([]);
  for (const each of everybody) {
    // One that computes by others' fields does not compose without them, and says of which.
    const problems = told([each], everybody).filter((problem) => !problem.startsWith('EXTERNAL_MISSING_ON_BASE '));
    expect(problems).toEqual([]);
  }
});

describe('composition refuses', () => {
  test('fields without a level, with the full list and where they stand', () => {
    const { problems: found } = compose([contract('health', 'type Query { a: Int\n b: Int }')]);
    expect(found).toEqual(
      ['a', 'b'].map((field, index) => ({
        code: 'LEVEL_MISSING',
        message: `Query.${field} has no @classified level, neither its own nor its type's.`,
        departments: ['health'],
        places: [{ file: 'health.graphql', line: index + 1 }],
      })),
    );
  });

  test.each(['name: String', 'name: [String!]!', 'tags: Kind @classified(level: L4)'])(
    'a personal value that does not say how it is masked: %s',
    (field) => {
      const [only, ...more] = problems(`${query} ${person} ${field} friend: Person } enum Kind { A }`);
      expect([only, more]).toEqual([
        expect.stringMatching(/^MASK_MISSING Person\.(name|tags) is L[34] and does not say how it is masked/),
        [],
      ]);
    },
  );

  test('but not one that clients never see, nor one whose type says it', () => {
    expect(problems(`${query} ${person} hidden: String! @inaccessible }`)).toEqual([]);
    expect(problems(`${query} ${person.replace('(level: L3)', '(level: L3, mask: WITHHOLD)')} name: String }`)).toEqual(
      [],
    );
  });

  test.each([
    [
      'secret: String! @classified(level: L4, mask: WITHHOLD, sealed: true)',
      'Person.secret is sealed and cannot be null',
    ],
    ['report: Report!', 'Person.report leads to Report, which is sealed, and cannot be null'],
  ])('what is sealed and cannot be null: %s', (field, message) => {
    const report =
      'type Report @classified(level: L4, sealed: true) { text: String @classified(level: L4, mask: TEXT) }';
    const used = field.includes('Report') ? report : '';
    expect(problems(`${query} ${person} ${field} reports: [Person!]! } ${used}`)).toEqual([
      expect.stringContaining(`SEALED_NOT_NULLABLE ${message}: drop its "!"`),
    ]);
  });

  test('a promise of a row that may be out of sight', () => {
    expect(problems(`${query} ${person} friend: Person! all: [Person!]! }`)).toEqual([
      expect.stringContaining('HIDDEN_NOT_NULLABLE Person.friend must be nullable'),
    ]);
  });

  test('an entity above L1 that does not say whose its rows are, unless its owner does', () => {
    const alone = `${query} ${person.replace('@scoped(subject: "id")', '')} }`;
    expect(problems(alone)).toEqual([
      expect.stringContaining(
        'SCOPE_MISSING Person is an entity with fields above L1 (id is L3) and does not say whose',
      ),
    ]);
    expect(problems(alone, `${person} }`)).toEqual([]);
    expect(told([contract('health', alone)], [contract('education', `${person} }`)])).toEqual([]);
  });

  test.each([
    ['ghost', 'names Person.ghost, which does not exist'],
    ['friend(name: 1) { id }', 'names Person.friend, which takes arguments'],
    ['friends { id }', 'names Person.friends, which takes arguments'],
    ['friend', 'ends in Person.friend, which is an object'],
    ['id { id }', 'goes on below Person.id, which has no fields'],
    ['friend { ... on Person { id } }', 'has a fragment'],
    ['friend {', 'is no selection ("friend {")'],
  ])('a path of @scoped that leads nowhere: %s', (path, fault) => {
    const sdl = `${query} ${person.replace('subject: "id"', `subject: "id", community: "${path}"`)}
      friend: Person friends(first: Int): [Person!] }`;
    expect(problems(sdl)).toEqual([
      expect.stringContaining(`SCOPE_PATH_WRONG Person says @scoped(community:) by a path that ${fault}.`),
    ]);
  });

  test.each([
    ['people(name: String): [Person!]', 'Query.people(name:)'],
    ['people(first: Int, oldest: Boolean): PersonConnection', 'Query.people(oldest:)'],
    ['person(id: ID!, phone: String): Person', 'Query.person(phone:)'],
    ['people(where: Where): [Person!]', 'Where.name'],
  ])('an argument that chooses among somebody’s rows and does not say by what: %s', (field, coordinate) => {
    const sdl = `type Query { ${field} @classified(level: L2) } ${person} }
      type PersonConnection @classified(level: L1) { edges: [PersonEdge!]! }
      type PersonEdge @classified(level: L1) { node: Person! cursor: String! }
      input Where { name: String }`;
    expect(problems(sdl)).toEqual([
      expect.stringContaining(`USE_MISSING ${coordinate} chooses among rows of Person and does not say by what`),
    ]);
  });

  test.each(['Person.nmae', 'Person', 'Ghost.name'])('an argument that uses what does not exist: %s', (use) => {
    const field = `people(name: String @uses(fields: ["Person.id", "${use}"])): [Person!] @classified(level: L2)`;
    expect(problems(`type Query { ${field} } ${person} }`)).toEqual([
      expect.stringContaining(`USE_UNKNOWN Query.people(name:) says that it uses ${use}, which does not exist`),
    ]);
  });

  const born = 'born: String @classified(level: L4, mask: DATE)';
  test.each([
    [
      '@requires',
      [
        `${query} ${person} ${born} }`,
        `${person} born: String @external age: Int @requires(fields: "born") @classified(level: L3, mask: BAND) }`,
      ],
      'Person.age reads Person.born, which is L4, not L3',
    ],
    [
      '@provides',
      [
        `type Query { people: [Person!] @classified(level: L2) one: Person @provides(fields: "born") @classified(level: L2) }
          ${person} ${born.replace('@', '@external @')} }`,
        `${person} ${born} }`,
      ],
      'Query.one provides Person.born, which is L4, not L2',
    ],
    [
      '@requires of what is shared less',
      [
        `${query} ${person} born: String @classified(level: L3, sharing: NONE, mask: DATE) }`,
        `${person} born: String @external age: Int @requires(fields: "born") @classified(level: L3, mask: BAND) }`,
      ],
      'Person.age reads Person.born, which is shared as NONE, not CONDITIONAL',
    ],
  ])('a field that is less strict than what it reads: %s', (_, sdl, message) => {
    expect(problems(...sdl)).toEqual([expect.stringContaining(`READS_STRICTER ${message}`)]);
  });

  test('two departments that mask one field differently', () => {
    const name = (mask: string) => `${person} name: String @shareable @classified(level: L3, mask: ${mask}) }`;
    expect(problems(`${query} ${name('NAME')}`, name('TEXT'))).toEqual([
      'MASKS_DISAGREE Person.name is classified differently (mask): NAME by health, TEXT by education.',
    ]);
  });

  test.each([
    ['(level: L4, mask: KEEP)', 'is L4'],
    ['(level: L3, mask: ID_NUMBER)', 'is masked as an ID number'],
  ])('a key that is sensitive by itself: %s', (classified, why) => {
    expect(problems(`${query} ${person.replace('(level: L3, mask: KEEP)', classified)} }`)).toEqual([
      expect.stringContaining(`KEY_IS_SENSITIVE Person has a @key with Person.id, which ${why}`),
    ]);
  });
});

describe('whatever the directives are called', () => {
  const names = { classified: 'grade', scoped: 'about', uses: 'by' };
  const head = (composed: readonly string[]) => `
    extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
        { name: "@key", as: "@identity" }, { name: "@inaccessible", as: "@hide" }, { name: "@requires", as: "@needs" },
        { name: "@external", as: "@others" }, { name: "@authenticated", as: "@signedIn" },
        { name: "@requiresScopes", as: "@scopes" }, { name: "@context", as: "@within" },
        { name: "@fromContext", as: "@inherited" }, "@composeDirective"])
      @link(url: "https://linli.example/classified/v1.0", import: [
        { name: "@classified", as: "@grade" }, { name: "@scoped", as: "@about" }, { name: "@uses", as: "@by" }])
      ${composed.map((name) => `@composeDirective(name: "@${name}")`).join(' ')}
    directive @grade(level: Level!, sharing: Sharing, mask: Mask, sealed: Boolean) on OBJECT | INTERFACE | FIELD_DEFINITION
    directive @about(subject: String, community: String, assigned: String, minor: String) repeatable on OBJECT | INTERFACE
    directive @by(fields: [String!]!) on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
    enum Level { L1 L2 L3 L4 } enum Sharing { UNCONDITIONAL CONDITIONAL NONE } enum Mask { NAME ID_NUMBER DATE KEEP WITHHOLD }`;
  const renamed = (sdl: string, composed: readonly string[] = Object.values(names)): string[] => {
    const read = readContract('health', [{ name: 'health.graphql', text: `${head(composed)} ${sdl}` }]);
    if (!('document' in read)) throw new Error(JSON.stringify(read));
    return told([read]);
  };
  const people = 'type Query { people: [Person!] @grade(level: L2) }';
  const own = `type Person @identity(fields: "id") @grade(level: L3) @about(subject: "id") { id: ID! @grade(level: L3, mask: KEEP)`;

  test('a good contract is composed', () => {
    expect(renamed(`${people} ${own} minor: Boolean! @hide @grade(level: L4) }`)).toEqual([]);
  });

  test.each([
    ['LEVEL_MISSING', 'type Query { a: Int }'],
    ['MASK_MISSING', `${people} ${own} name: String }`],
    ['SEALED_NOT_NULLABLE', `${people} ${own} name: String! @grade(level: L4, mask: NAME, sealed: true) }`],
    ['HIDDEN_NOT_NULLABLE', `${people} ${own} friend: Person! }`],
    ['SCOPE_MISSING', `${people} ${own.replace('@about(subject: "id")', '')} }`],
    ['SCOPE_PATH_WRONG', `${people} ${own.replace('subject: "id"', 'subject: "ghost"')} }`],
    ['USE_MISSING', `type Query { people(name: String): [Person!] @grade(level: L2) } ${own} }`],
    [
      'USE_UNKNOWN',
      `type Query { people(name: String @by(fields: ["Person.x"])): [Person!] @grade(level: L2) } ${own} }`,
    ],
    ['KEY_IS_SENSITIVE', `${people} ${own.replace('mask: KEEP', 'mask: ID_NUMBER')} }`],
    [
      'READS_STRICTER',
      `${people} ${own.replace('@grade', '@within(name: "person") @grade')}
        born: String @grade(level: L4, mask: DATE) pet: Pet }
        type Pet @identity(fields: "id") @grade(level: L1) {
          id: ID! tag(born: String @inherited(field: "$person { born }")): String }`,
    ],
  ])('%s is found', (code, sdl) => {
    expect(renamed(sdl)).toEqual([expect.stringMatching(new RegExp(`^${code} `))]);
  });

  test.each([
    ['grade', `type Query { a: Int @grade(level: L4, mask: KEEP) }`, 'Query.a'],
    ['about', `type Query { people: Person @grade(level: L2) } ${own.replace(/@identity\S* "id"\)/, '')} }`, 'Person'],
    ['by', `type Query { a(b: Int @by(fields: ["Query.a"])): Int @grade(level: L1) }`, 'Query.a(b:)'],
  ])('a directive that is not composed protects nothing, which is told: @%s', (left, sdl, coordinate) => {
    const composed = Object.values(names).filter((name) => name !== left);
    expect(renamed(sdl, composed)).toContainEqual(
      expect.stringContaining(`PROTECTION_LOST [health] ${coordinate} is protected by @${left}`),
    );
  });

  test('a requirement without an alternative is told: composition leaves it out', () => {
    expect(
      renamed('type Query { a: Int @scopes(scopes: []) @grade(level: L1) b: Int @signedIn @grade(level: L1) }'),
    ).toEqual([expect.stringContaining('PROTECTION_LOST [health] Query.a is protected by @requiresScopes')]);
  });
});
