import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Subject } from '@linli/schema/subject';
import { anonymous } from '@linli/schema/subject';
import { everythingForTheSignedIn } from '../support/policies.js';
import { Subgraph } from '../support/subgraph.js';
import { compose } from '../support/hub.js';
import { head } from '../supergraph/support/contract.js';
import { InProcessGateway } from './support/in-process.js';

/*
 * Mistakes for which other gateways had to publish advisories. Here each is tried over real departments: what is
 * protected is a text that must not be found in any answer to somebody who may not read it, and is found in the others.
 */

const canary = 'CANARY-4403';
const signedIn: Subject = { id: 'somebody', roles: ['resident'], jurisdiction: [], purposes: [], scopes: [] };
const holding = (...scopes: string[]): Subject => ({ ...signedIn, scopes });
/** Everybody reads everything, as far as the contracts do not want more. */
const everything = '@id("common.all") @why("测试") @owner("hub") permit (principal, action, resource);';
const conditions = ['authenticated', 'requiresScopes', 'policy'];
const federation = ['@context', '@fromContext', ...conditions.map((name) => `@${name}`)].map((name) => `"${name}"`);

interface Department {
  readonly sdl: string;
  readonly resolvers: Parameters<typeof Subgraph.start>[2];
}

/** Departments, composed, and a gateway over them. */
class Trial {
  private constructor(
    readonly departments: readonly Subgraph[],
    readonly gateway: InProcessGateway,
  ) {}

  /** @param change what is done to the composed supergraph, where no composition writes it so any more */
  static async open(departments: readonly Department[], policies: string, change = (supergraph: string) => supergraph) {
    const started = await Promise.all(
      departments.map(({ sdl, resolvers }, i) => Subgraph.start(String.fromCharCode(97 + i), sdl, resolvers)),
    );
    return new Trial(started, await InProcessGateway.open(change(compose(started)), { 'common.cedar': policies }));
  }

  /** Whether an answer, or the refusal of one, has the protected text in it. */
  async tells(subject: Subject, query: string): Promise<boolean> {
    const answer = await this.gateway.ask(subject, query).catch((refusal: unknown) => refusal);
    return JSON.stringify(answer instanceof Error ? { ...answer, message: answer.message } : answer).includes(canary);
  }

  async close(): Promise<void> {
    await this.gateway.close();
    await Promise.all(this.departments.map((department) => department.close()));
  }
}

function insert(mark: string | RegExp, directive: string) {
  return (supergraph: string) => {
    const changed = supergraph.replace(mark, (found) => `${found} ${directive}`);
    if (changed === supergraph) throw new Error(`The supergraph has no ${String(mark)}.`);
    return changed;
  };
}

const secret = { __typename: 'Person', id: '1', secret: canary };
const places = `type Query { named: [Named] person: Person either: [Either] } union Either = Person | Shop`;
const resolvers = { Query: { named: () => [secret], person: () => secret, either: () => [secret] } };
/** Every way to one value: by the interface, by the type, by a condition on either, by a union, under another name. */
const ways = [
  '{ named { secret } }',
  '{ named { ... on Person { secret } } }',
  '{ named { x: secret ... on Named { secret } } }',
  '{ person { secret } }',
  '{ person { ... on Named { secret } } }',
  '{ either { ... on Person { secret } } }',
  '{ either { ... on Named { secret } } }',
  'fragment F on Named { secret } { either { ...F } person { ...F } }',
];

describe.each<[advisory: string, mistake: string, departments: Department[], change: (text: string) => string]>([
  [
    'GHSA-x33c-7c2v-mrj9',
    // Where all implementations asked for the same, the interface was looked at in their place, and then not at them.
    'conditions of all implementations alike, which composition repeats on the interface',
    [
      {
        sdl: `${head({ federation })} ${places} interface Named { id: ID secret: String }
          type Person implements Named { id: ID secret: String @authenticated }
          type Shop implements Named { id: ID secret: String @authenticated }`,
        resolvers,
      },
    ],
    (text) => text,
  ],
  [
    'GHSA-x33c-7c2v-mrj9',
    'a condition of one implementation alone',
    [
      {
        sdl: `${head({ federation })} ${places} interface Named { id: ID secret: String }
          type Person implements Named { id: ID secret: String @authenticated }
          type Shop implements Named { id: ID secret: String }`,
        resolvers,
      },
    ],
    (text) => text,
  ],
  [
    'GHSA-mx7m-j9xf-62hw',
    // A condition that stood on the interface alone was passed by asking the implementation, by a fragment or directly.
    'a condition on the interface’s field alone',
    [
      {
        sdl: `${head({ federation })} ${places} interface Named { id: ID secret: String }
          type Person implements Named { id: ID secret: String } type Shop implements Named { id: ID secret: String }`,
        resolvers,
      },
    ],
    insert(/interface Named[^{]*\{[^}]*secret: String/, '@authenticated'),
  ],
  [
    'GHSA-mx7m-j9xf-62hw',
    'a condition on the interface itself',
    [
      {
        sdl: `${head({ federation })} ${places} interface Named { id: ID secret: String }
          type Person implements Named { id: ID secret: String } type Shop implements Named { id: ID secret: String }`,
        resolvers,
      },
    ],
    insert(/interface Named/, '@authenticated'),
  ],
  [
    'GHSA-g8jh-vg5j-4h3f',
    // Conditions were looked for by their usual names, and a contract may import them by others.
    'conditions that are imported under other names',
    [
      {
        sdl: `${head({ federation: ['{ name: "@authenticated", as: "@signedIn" }'] })} ${places}
          interface Named { id: ID secret: String } type Person implements Named { id: ID secret: String @signedIn }
          type Shop implements Named { id: ID secret: String }`,
        resolvers,
      },
    ],
    (text) => text,
  ],
  [
    'GHSA-g8jh-vg5j-4h3f',
    'conditions of a specification that the supergraph links under another name',
    [
      {
        sdl: `${head({ federation })} ${places} interface Named { id: ID secret: String }
          type Person implements Named { id: ID secret: String @authenticated }
          type Shop implements Named { id: ID secret: String }`,
        resolvers,
      },
    ],
    (text) =>
      text
        .replaceAll('@authenticated', '@signedIn')
        .replace(/(specs\.apollo\.dev\/authenticated\/v[\d.]+")/, '$1, as: "signedIn"'),
  ],
])('%s: %s', (_, __, departments, change) => {
  let trial: Trial;
  beforeAll(async () => {
    trial = await Trial.open(departments, everything, change);
  });
  afterAll(() => trial.close());

  test.each(ways)('holds in %s', async (query) => {
    expect([await trial.tells(anonymous, query), await trial.tells(signedIn, query)]).toEqual([false, true]);
  });
});

test('GHSA-g8jh-vg5j-4h3f: classification that is imported under another name holds, too', async () => {
  const trial = await Trial.open(
    [
      {
        sdl: `${head({ classified: 'grade' })} type Query { person: Person @grade(level: L1) }
          type Person @grade(level: L1) { id: ID secret: String @grade(level: L3) }`,
        resolvers,
      },
    ],
    everythingForTheSignedIn,
  );
  const query = '{ person { id secret } }';
  expect([await trial.tells(anonymous, query), await trial.tells(signedIn, query)]).toEqual([false, true]);
  await trial.close();
});

describe('GHSA-m8jr-fxqx-8xx6: what a field is computed of', () => {
  // Conditions were tried on what was asked for, not on what a field that was asked for had to be computed of.
  const person = {
    __typename: 'Person',
    id: '1',
    phone: canary,
    home: { code: canary },
    pet: { __typename: 'Pet', id: '2' },
  };
  const civil = {
    sdl: `${head({ federation })} type Query { person: Person }
      type Person @key(fields: "id") { id: ID! phone: String home: Home } type Home { code: String }`,
    resolvers: { Query: { person: () => person }, Person: { __resolveReference: () => person } },
  };
  const health = {
    sdl: `${head({ federation })} type Home { code: String @external }
      type Person @key(fields: "id") { id: ID! phone: String @external home: Home @external
        reminder: String @requires(fields: "phone") address: String @requires(fields: "home { code }") }`,
    resolvers: {
      Person: {
        reminder: ({ phone }: { phone?: string }) => `call ${phone}`,
        address: ({ home }: { home?: { code?: string } }) => `at ${home?.code}`,
      },
    },
  };
  const police = {
    sdl: `${head({ federation })} type Person @key(fields: "id") { id: ID! reminder: String @external
      summons: String @requires(fields: "reminder") }`,
    resolvers: { Person: { summons: ({ reminder }: { reminder?: string }) => `please ${reminder}` } },
  };

  test.each([
    ['by @requires', '{ person { reminder } }', insert(/phone: String[^\n]*/, '@authenticated')],
    ['by @requires of what is required', '{ person { summons } }', insert(/phone: String[^\n]*/, '@authenticated')],
    ['by @requires into another type', '{ person { address } }', insert(/code: String[^\n]*/, '@authenticated')],
    [
      'by @requires of a field whose type is protected',
      '{ person { address } }',
      insert(/type Home/, '@authenticated'),
    ],
  ])('%s is tried, too', async (_, query, change) => {
    const trial = await Trial.open([civil, health, police], everything, change);
    expect([await trial.tells(anonymous, query), await trial.tells(signedIn, query)]).toEqual([false, true]);
    await trial.close();
  });

  test('by @fromContext is tried, too', async () => {
    const trial = await Trial.open(
      [
        {
          sdl: `${head({ federation })} type Query { person: Person }
            type Person @key(fields: "id") @context(name: "person") { id: ID! phone: String pet: Pet }
            type Pet @key(fields: "id") { id: ID! tag(phone: String @fromContext(field: "$person { phone }")): String }`,
          resolvers: {
            Query: { person: () => person },
            Pet: { tag: (_: unknown, { phone }: { phone?: string }) => `return to ${phone ?? canary}` },
          },
        },
      ],
      everything,
      insert(/phone: String(?! *@from)[^\n]*/, '@authenticated'),
    );
    expect(await trial.tells(anonymous, '{ person { pet { tag } } }')).toBe(false);
    await trial.close();
  });
});

describe('two departments that both protect a field', () => {
  const contract = (query: string, own: string) => `${head({ federation })} ${query}
    type Person @key(fields: "id") { id: ID! secret: String @shareable ${own} }`;
  const query = '{ person { secret } }';

  test('are both obeyed', async () => {
    const trial = await Trial.open(
      [
        { sdl: contract('type Query { person: Person }', '@requiresScopes(scopes: [["a"]])'), resolvers },
        { sdl: contract('', '@requiresScopes(scopes: [["b"]]) @policy(policies: [["common.staff"]])'), resolvers: {} },
      ],
      `${everything} @id("common.staff") @why("测试") @owner("hub")
       permit (principal in Linli::Role::"grid-worker", action, resource);`,
    );
    const worker = (...scopes: string[]): Subject => ({ ...holding(...scopes), roles: ['grid-worker'] });
    const told = [anonymous, holding('a'), holding('b'), holding('a', 'b'), worker('a'), worker('b'), worker('a', 'b')];
    expect(await Promise.all(told.map((subject) => trial.tells(subject, query)))).toEqual([
      ...[false, false, false, false, false, false],
      true,
    ]);
    await trial.close();
  });
});
