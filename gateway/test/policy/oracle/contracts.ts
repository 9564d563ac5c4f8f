import type { Random } from '../../support/random.js';
import { pickOne } from '../../support/random.js';

/** SDL by department. */
export type Contracts = Readonly<Record<string, string>>;

const head = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires",
      "@inaccessible", "@composeDirective", "@authenticated", "@requiresScopes", "@policy"])
    @link(url: "https://linli.example/classified/v1.0", import: ["@classified", "@scoped"])
    @composeDirective(name: "@classified") @composeDirective(name: "@scoped")
  directive @classified(level: Level!, sharing: Sharing, mask: Mask, sealed: Boolean) on OBJECT | INTERFACE | FIELD_DEFINITION
  directive @scoped(subject: String, community: String, assigned: String, minor: String) repeatable on OBJECT | INTERFACE
  enum Level { L1 L2 L3 L4 } enum Sharing { UNCONDITIONAL CONDITIONAL NONE }
  enum Mask { NAME ID_NUMBER PHONE ADDRESS DATE PLATE EMAIL TEXT BAND WITHHOLD KEEP }`;

const closed = '@classified(level: L4, sharing: NONE)';

/**
 * A small graph that has everything a decision can meet: rows, rows in rows, parts of rows, parts of parts, an interface,
 * a union, what is computed of other fields of the same row and of another one, fields that two departments resolve. How
 * it is classified is drawn anew for each, some of it not at all.
 */
export function drawContracts(random: Random): Contracts {
  const maybe = (part: number, text: string) => (random() < part ? text : '');
  const classified = (leaf: boolean, nullable = true) => {
    if (random() < 0.15) return '';
    const method = pickOne(random, ['NAME', 'PHONE', 'TEXT', 'WITHHOLD', 'KEEP', 'KEEP', '']);
    return `@classified(level: ${pickOne(random, ['L1', 'L1', 'L2', 'L3', 'L4'])}${maybe(
      0.3,
      `, sharing: ${pickOne(random, ['UNCONDITIONAL', 'CONDITIONAL', 'NONE'])}`,
    )}${leaf && method ? `, mask: ${method}` : ''}${nullable ? maybe(0.15, ', sealed: true') : ''})`;
  };
  const type = () => `${classified(true)} ${maybe(0.05, '@authenticated')}`;
  const leaf = () => `${classified(true)} ${maybe(0.06, condition(random))}`;
  const object = () => `${classified(false)} ${maybe(0.04, condition(random))}`;
  // What others are computed of has no conditions of Federation's: composition wants those repeated.
  const required = () => classified(true, false);
  const root = '@classified(level: L2)';
  return {
    'civil-affairs': `${head}
      type Query {
        people: [Person!] ${root} person: Person ${root} cases: [Case] ${root} named: [Named!] ${root}
        things: [Thing!] ${root} notices: [Notice!]! @classified(level: L1)
        standing: Standing @inaccessible ${closed}
      }
      type Standing @inaccessible ${closed} { household: [ID!]! wards: [ID!]! }
      interface Named ${classified(true)} { id: ID! ${required()} name: String ${classified(true)} home: Home ${classified(false)} }
      union Thing = Person | Case | Notice
      type Person implements Named @key(fields: "id") ${classified(true)}
        @scoped(subject: "id", community: "home { code }", assigned: "handlers", minor: "young") {
        id: ID! ${required()} name: String ${leaf()} phone: String ${classified(true)} nicks: [String!] ${leaf()}
        home: Home ${object()} contact: Contact ${object()} spouse: Person ${object()} friends: [Person!] ${classified(false)}
        blood: String @shareable ${leaf()}
        handlers: [ID!] @inaccessible ${closed} young: Boolean @inaccessible ${closed}
      }
      type Home ${type()} { code: String ${leaf()} label: String! ${classified(true, false)} }
      type Contact ${type()} { line: String ${leaf()} more: [Detail!] ${object()} keeper: Person ${object()} }
      type Detail ${type()} { text: String ${leaf()} }
      type Case implements Named @key(fields: "id") ${classified(true)}
        @scoped(subject: "about { id }", minor: "about { young }") @scoped(community: "places", assigned: "worker") {
        id: ID! ${required()} name: String ${leaf()} home: Home ${object()} title: String ${classified(true)}
        about: Person ${classified(false)} notes: [Note] ${object()} seal: Seal ${object()}
        places: [String] @inaccessible ${closed} worker: ID @inaccessible ${closed}
      }
      type Note ${type()} { text: String ${leaf()} by: Person! @classified(level: L1) on: Thing ${object()} }
      type Seal @scoped(assigned: "keepers") @classified(level: L4, sealed: true, mask: TEXT) {
        text: String grade: String ${leaf()} keepers: [ID!] @inaccessible ${closed}
      }
      type Notice implements Named ${type()} {
        id: ID! ${required()} name: String ${leaf()} home: Home ${object()} text: String ${leaf()}
      }`,
    health: `${head}
      type Person @key(fields: "id") ${maybe(0.5, classified(true))} {
        id: ID! phone: String @external friends: [Person!] @external
        blood: String @shareable ${leaf()}
        reminder: String @requires(fields: "phone") ${leaf()}
        circle: String @requires(fields: "phone friends { phone }") ${leaf()}
        record: Record ${object()}
      }
      type Record @scoped(subject: "person { id }") ${type()} { diagnosis: String ${leaf()} person: Person! @classified(level: L1) }
      type Case @key(fields: "id") {
        id: ID! title: String @external about: Person @external
        brief: String @requires(fields: "title") ${leaf()}
        digest: String @requires(fields: "title about { phone }") ${leaf()}
      }`,
  };
}

function condition(random: Random): string {
  return pickOne(random, [
    '@authenticated',
    '@requiresScopes(scopes: [["a", "b"], ["c"]])',
    '@requiresScopes(scopes: [["a"]])',
    '@policy(policies: [["common.rule-0"], ["common.rule-1", "common.rule-2"]])',
  ]);
}
