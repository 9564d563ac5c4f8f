import { readFileSync } from 'node:fs';
import { GraphQLError } from 'graphql';
import { schemaFile } from '@linli/schema/files';
import { secrets } from './secrets.js';

const directives = readFileSync(schemaFile('directives.graphql'), 'utf8');

/** The community in which the officials of these tests work, and another one. */
export const here = '440303001001';
export const elsewhere = '440305007002';

export const civilAffairs = `${directives}
  type Query @classified(level: L2) {
    resident(id: ID!): Resident
    residents(
      livesAlone: Boolean @uses(fields: ["Resident.livesAlone"])
      where: ResidentFilter
      first: Int
    ): [Resident!]
    household(id: ID!): Household
    reports: [Report!]
    report(id: ID!): Report
    sites: [Site!]
    anything: [Anything!]
    cases: [Case!]
    today: String @classified(level: L1)
  }
  type Mutation @classified(level: L3) { rename(id: ID!, name: String! @uses(fields: ["Resident.name"])): Boolean }
  input ResidentFilter {
    and: [ResidentFilter!]
    name: String @uses(fields: ["Resident.name"])
    first: Int
    secret: String @uses(fields: ["Resident.note"])
  }
  type Resident
    @key(fields: "id")
    @classified(level: L3)
    @scoped(subject: "id", community: "place { code }", assigned: "handlers") {
    id: ID! @classified(level: L3, mask: KEEP)
    name: String! @classified(level: L3, mask: NAME)
    phone: String @classified(level: L3, mask: PHONE)
    livesAlone: Boolean @classified(level: L3, mask: WITHHOLD)
    allergies: [String!] @classified(level: L3, mask: WITHHOLD)
    note: String! @classified(level: L4, sharing: NONE, mask: WITHHOLD)
    fragile: String @classified(level: L3, mask: TEXT)
    household: Household
    place: Community
    reports: [Report!] @classified(level: L4, sharing: NONE, sealed: true)
    handlers: [ID!]! @inaccessible @classified(level: L4, sharing: NONE)
  }
  type Community @key(fields: "code") @classified(level: L1) { code: ID! }
  type Household @key(fields: "id") @classified(level: L3) @scoped(community: "place") {
    id: ID! @classified(level: L3, mask: KEEP)
    members: [Resident!]
    place: ID! @inaccessible @classified(level: L4, sharing: NONE)
  }
  type Report
    @key(fields: "id")
    @classified(level: L4, sharing: NONE, sealed: true)
    @scoped(community: "place", assigned: "handlers") {
    id: ID! @classified(level: L4, mask: KEEP)
    text: String! @classified(level: L4, mask: TEXT)
    reporter: String! @classified(level: L4, sharing: NONE, mask: WITHHOLD)
    handlers: [ID!]! @inaccessible @classified(level: L4, sharing: NONE)
    place: ID! @inaccessible @classified(level: L4, sharing: NONE)
  }
  type Case @classified(level: L2) {
    title: String! @classified(level: L1)
    secret: String @classified(level: L4, sharing: NONE, mask: WITHHOLD)
    masked: String @classified(level: L3, mask: NAME)
    about: Report! @classified(level: L1)
  }
  interface Site @classified(level: L1) { title: String location: String }
  type Shelter implements Site @classified(level: L1) { title: String location: String }
  type Camera implements Site @classified(level: L1) {
    title: String
    location: String @classified(level: L4, sharing: NONE, mask: WITHHOLD)
  }
  union Anything = Shelter | Camera
`;

export const health = `${directives}
  type Query @classified(level: L1) { clinics: Int }
  type Resident @key(fields: "id") @classified(level: L3) {
    id: ID! @classified(level: L3, mask: KEEP)
    record: String @classified(level: L4, sharing: NONE, mask: WITHHOLD)
    doctor: Doctor @classified(level: L3)
  }
  type Doctor @classified(level: L2) { title: String }
  type Subscription @classified(level: L2) { visits: Visit! }
  type Visit @classified(level: L3) @scoped(subject: "of", community: "place", assigned: "by") {
    at: String @classified(level: L3, mask: WITHHOLD)
    of: ID! @inaccessible @classified(level: L4, sharing: NONE)
    by: ID @inaccessible @classified(level: L4, sharing: NONE)
    place: ID @inaccessible @classified(level: L4, sharing: NONE)
  }
`;

const person = (id: string, place: string, handlers: string[] = []) => ({
  id,
  name: place === here ? secrets.name : secrets.elsewhere,
  phone: place === here ? secrets.phone : secrets.elsewherePhone,
  livesAlone: true,
  allergies: secrets.allergies,
  note: secrets.note,
  place: { code: place },
  handlers,
});

/** Residents as civil affairs knows them: one here, one elsewhere, one here of whom little is known. */
export const residents = [
  person('r-1', here, ['case-worker']),
  person('r-2', elsewhere),
  { ...person('r-3', here), phone: null, livesAlone: null, allergies: [] },
];
const report = { id: 'p-1', text: secrets.report, reporter: secrets.reporter, handlers: ['handler'], place: here };
const household = { id: 'h-1', place: here, members: residents };

const known = (id: string) => residents.find((each) => each.id === id);

export const resolvers = {
  civilAffairs: {
    Query: {
      resident: (_: unknown, { id }: { id: string }) => known(id),
      residents: () => residents,
      household: () => household,
      reports: () => [report],
      report: (_: unknown, { id }: { id: string }) => (id === report.id ? report : null),
      sites: () => [
        { __typename: 'Shelter', title: '避难场所', location: '桂园路1号' },
        { __typename: 'Camera', title: '点位', location: secrets.camera },
      ],
      anything: () => [{ __typename: 'Camera', title: '点位', location: secrets.camera }],
      cases: () => [{ title: '个案', secret: secrets.internal, masked: secrets.name, about: report }],
      today: () => 'quiet',
    },
    Mutation: { rename: () => true },
    Resident: {
      __resolveReference: ({ id }: { id: string }) => known(id),
      fragile: ({ name }: { name: string }) => {
        throw new GraphQLError(`No consent of ${name}`, { extensions: { code: 'NO_CONSENT', of: name } });
      },
      household: () => household,
      reports: () => [report],
    },
  },
  health: {
    Query: { clinics: () => 1 },
    Resident: { record: () => secrets.record, doctor: () => ({ title: '全科医生' }) },
  },
};

const policy = (id: string, rest: string) => `@id("common.${id}") @why("测试") @owner("hub")\n${rest};\n`;
const reading = 'Linli::Action::"read"';
const masking = 'Linli::Action::"readMasked"';

/** Who sees what: the public, officials here (masked), those who handle a case, residents themselves. */
export const policies = [
  policy('public', `permit (principal, action == ${reading}, resource in Linli::Level::"L1")`),
  policy(
    'internal',
    `permit (principal, action == ${reading}, resource in Linli::Level::"L2")
     unless { principal in Linli::Role::"open-data" }`,
  ),
  policy(
    'masked',
    `permit (principal in Linli::Role::"grid-worker", action == ${masking}, resource in Linli::Level::"L3")
     when { context.relation == Linli::Relation::"community" && context has purpose &&
            context.purpose == Linli::Purpose::"service-handling" }`,
  ),
  policy(
    'assigned',
    `permit (principal in Linli::Role::"social-worker", action == ${reading}, resource)
     when { context.relation == Linli::Relation::"assigned" && context.legalBasis }`,
  ),
  policy(
    'own',
    `permit (principal in Linli::Role::"resident", action == ${reading}, resource)
     when { context.relation == Linli::Relation::"self" }`,
  ),
  policy(
    'emergency',
    `permit (principal in Linli::Role::"community-police", action == ${reading}, resource)
     when { context.emergency && context.relation == Linli::Relation::"community" }`,
  ),
  policy(
    'sealed',
    `forbid (principal, action, resource) when { resource.sealed && context.relation != Linli::Relation::"assigned" }`,
  ),
].join('');
