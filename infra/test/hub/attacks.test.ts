import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JWK } from 'jose';
import { SignJWT, UnsecuredJWT, generateKeyPair, importJWK } from 'jose';
import { departments } from '@linli/schema/departments';
import type { Department } from '@linli/schema/departments';
import { assertionHeader, assertionIssuer, assertionType } from '@linli/schema/subject';
import { homeAt } from '../../src/launcher/home.js';
import { readHub } from '../../src/launcher/hub-file.js';
import { canariesIn, logsOf, readCanaries } from '../support/canaries.js';
import { linli, testHub } from '../support/test-hub.js';

const here = '440303001001';
const users = ['resident', 'grid-worker', 'community-worker', 'property-manager', 'teacher', 'family-doctor'] as const;
const others = [
  'street-supervisor',
  'city-supervisor',
  'health-officer',
  'security-officer',
  'auditor',
  'kiosk',
] as const;
type User = (typeof users)[number] | (typeof others)[number] | 'anyone';
const attackers: readonly User[] = ['anyone', ...users, ...others];

/** What each would declare at work. */
const purposes: Readonly<Partial<Record<User, string>>> = {
  'grid-worker': 'service-handling',
  'community-worker': 'service-handling',
  'property-manager': 'service-handling',
  teacher: 'service-handling',
  'family-doctor': 'medical-care',
  'street-supervisor': 'statistics',
  'city-supervisor': 'statistics',
  'health-officer': 'statistics',
  auditor: 'audit',
  kiosk: 'service-handling',
};

interface Body {
  data?: Record<string, any> | null;
  errors?: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
}

const tokens = new Map<User, string>();
let canaries: ReadonlyMap<string, string>;
/** Everything that was answered to anybody. */
const heard: string[] = [];

async function ask(query: string, as: User, headers: Record<string, string> = {}) {
  const token = tokens.get(as);
  const purpose = purposes[as];
  const response = await fetch(`${testHub.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...(purpose && { 'linli-purpose': purpose }),
      ...headers,
    },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  heard.push(text, JSON.stringify([...response.headers]));
  return { status: response.status, text, body: JSON.parse(text) as Body };
}

beforeAll(async () => {
  for (const user of [...users, ...others]) tokens.set(user, (await linli(['token', user])).trim());
  canaries = await readCanaries(testHub.home);
  expect(canaries.size).toBeGreaterThan(1000);
  const kinds = new Set(canaries.values());
  for (const kind of ['phone', 'id number', 'name', 'address', 'report', 'reporter']) expect(kinds).toContain(kind);
});

afterAll(async () => {
  heard.push(await (await fetch(`${testHub.url}/health`)).text(), logsOf(testHub.home));
  expect(canariesIn(heard.join('\n'), canaries)).toEqual([]);
});

/** What is asked of a person, one at a time: a field that a role does not know would have the whole refused. */
const details = [
  'id',
  'name',
  'phone',
  'birthDate',
  'registration { idNumber registeredPlace }',
  'incidents { summary location }',
];
const ways: readonly (readonly [way: string, query: string])[] = [
  ['a list', `{ residents(place: "${here}", first: 20) { totalCount nodes { PERSON } } }`],
  ['a list of the whole city', '{ residents(place: "4403", first: 20) { edges { cursor node { PERSON } } } }'],
  ['a community', '{ community(code: "440305007002") { residents(first: 20) { totalCount nodes { PERSON } } } }'],
  ['households', '{ residents(place: "4403", first: 10) { nodes { household { members { PERSON } } } } }'],
  ['appeals', '{ appeals(place: "4403", first: 20) { totalCount nodes { appellant { PERSON } } } }'],
  ['contracts', '{ familyDoctorContracts(place: "4403", first: 20) { nodes { resident { PERSON } } } }'],
  [
    'tenancies',
    `{ community(code: "${here}") { buildings(first: 2) { nodes { units(first: 5) { nodes { tenancy { tenant { PERSON } } } } } } } }`,
  ],
  [
    'courses',
    '{ courses(place: "4403", first: 5) { nodes { enrollments(first: 5) { nodes { resident { PERSON } } } } } }',
  ],
  ['registrations', '{ registrations(place: "4403", first: 20) { totalCount nodes { resident { PERSON } } } }'],
];

describe('a resident’s secrets', () => {
  test.each(ways)('are not told to anybody without a right to them through %s', async (_, query) => {
    let answered = 0;
    for (const as of attackers) {
      for (const detail of details) {
        const { text, body } = await ask(query.replace('PERSON', detail), as);
        expect([as, detail, canariesIn(text, canaries)]).toEqual([as, detail, []]);
        if (body.data) answered += 1;
      }
    }
    expect(answered).toBeGreaterThan(0);
  });

  test('are not told to a list that is asked for fifty times at once', async () => {
    const list = (i: number) => `a${i}: residents(place: "${here}", first: 200) { nodes { id phone } }`;
    const some = `{ ${Array.from({ length: 25 }, (_, i) => list(i)).join(' ')} }`;
    const { body } = await ask(some, 'grid-worker');
    expect(body.data).toBeNull();
    expect(body.errors![0]!.extensions['code']).toBe('BULK_READ_REFUSED');
    const many = `{ ${Array.from({ length: 50 }, (_, i) => list(i)).join(' ')} }`;
    expect((await ask(many, 'grid-worker')).body.errors![0]!.extensions['code']).toBe('OPERATION_LIMIT_EXCEEDED');
  });
});

test('rows come in the order of their keys, whatever else they hold', async () => {
  for (const as of ['community-worker', 'grid-worker', 'property-manager'] as const) {
    const { body } = await ask(`{ residents(place: "${here}", first: 50) { nodes { id } } }`, as);
    const ids = (body.data!['residents'].nodes as { id: string }[]).map(({ id }) => id);
    expect([as, ids]).toEqual([as, [...ids].sort((a, b) => (a < b ? -1 : 1))]);
  }
});

describe('a row that one may not see', () => {
  test('answers exactly like one that does not exist, by every key that there is', async () => {
    const known = await ask('{ me { id household { id } appeals(first: 1) { nodes { no } } } }', 'resident');
    const { id, household, appeals } = known.body.data!['me'] as Record<string, any>;
    const keys: [string, string][] = [
      [id, '{ resident(id: "KEY") { __typename id } }'],
      [household.id, '{ household(id: "KEY") { __typename id members { id } } }'],
      ...(appeals.nodes as { no: string }[]).map(({ no }): [string, string] => [
        no,
        '{ appeal(no: "KEY") { __typename no } }',
      ]),
    ];
    for (const [key, query] of keys) {
      for (const as of ['anyone', 'auditor', 'kiosk', 'security-officer'] as const) {
        const hidden = await ask(query.replaceAll('KEY', key), as);
        const absent = await ask(query.replaceAll('KEY', 'x'.repeat(key.length)), as);
        expect([as, hidden.status, hidden.text]).toEqual([as, absent.status, absent.text]);
      }
    }
  });

  test('is not counted', async () => {
    const count = '{ residents(place: "4403", first: 1) { totalCount nodes { id } } }';
    for (const as of ['auditor', 'kiosk', 'security-officer'] as const) {
      const { status, body } = await ask(count, as);
      if (status === 200) expect([as, body.data]).toEqual([as, { residents: { totalCount: 0, nodes: [] } }]);
    }
  });
});

test('a kiosk on which nobody has signed in shows nobody', async () => {
  const { body } = await ask(`{ me { id } residents(place: "${here}") { totalCount nodes { id } } }`, 'kiosk');
  expect(body).toEqual({ data: { me: null, residents: { totalCount: 0, nodes: [] } } });
});

describe('filters', () => {
  test.each([
    // Who reads it in full at least in an emergency, or where it is assigned to them.
    ['living alone', 'livesAlone: true', ['grid-worker']],
    ['age', 'minAge: 80', ['grid-worker', 'community-worker']],
  ] as const)('by %s are refused to who may not read it now, and unknown to who never may', async (_, filter, may) => {
    const query = `{ residents(place: "${here}", ${filter}) { totalCount } }`;
    for (const as of ['grid-worker', 'community-worker', 'property-manager'] as const) {
      const { status, body } = await ask(query, as);
      const known = may.some((each) => each === as);
      const answer = known ? [403, 'INPUT_DENIED'] : [400, 'GRAPHQL_VALIDATION_FAILED'];
      expect([as, status, body.errors![0]!.extensions['code']]).toEqual([as, ...answer]);
    }
  });
});

describe('introspection', () => {
  const query = '{ __schema { types { name fields { name } } } }';
  const fieldsOf = async (as: User) => {
    const { body } = await ask(query, as);
    const types = body.data!['__schema'].types as { name: string; fields: { name: string }[] | null }[];
    return new Set(types.flatMap(({ name, fields }) => (fields ?? []).map((field) => `${name}.${field.name}`)));
  };

  test('shows each role its part of the graph, and nobody what is for the departments alone', async () => {
    const parts = new Map<User, Set<string>>();
    for (const as of attackers) parts.set(as, await fieldsOf(as));
    for (const [as, fields] of parts) {
      for (const hidden of [
        'Query.standing',
        'Query._entities',
        'Query._service',
        'Resident.handlers',
        'Resident.minor',
      ]) {
        expect([as, hidden, fields.has(hidden)]).toEqual([as, hidden, false]);
      }
    }
    expect(parts.get('anyone')!.has('Resident.phone')).toBe(false);
    expect(parts.get('grid-worker')!.has('Resident.phone')).toBe(true);
    expect(parts.get('grid-worker')!.has('HealthRecord.allergies')).toBe(false);
    expect(parts.get('family-doctor')!.has('HealthRecord.allergies')).toBe(true);
    for (const as of ['security-officer', 'auditor'] as const) expect(parts.get(as)!.has('Resident.phone')).toBe(false);
  });
});

describe('a department asked by others than the gateway', () => {
  const urlOf = (department: Department) => {
    const { url } = readHub(homeAt(testHub.home)).services[department]!;
    return url!.endsWith('/graphql') ? url! : `${url}/graphql`;
  };
  const subject = { id: 'mallory', roles: ['city-supervisor'], jurisdiction: ['4403'], purposes: [], scopes: [] };
  const claims = { subject, standing: { household: [], wards: [] }, scope: { Resident: ['none'] }, operation: 'x' };
  const assertion = (department: string, issuedAgo = 0) =>
    new SignJWT(claims)
      .setIssuer(assertionIssuer)
      .setAudience(department)
      .setSubject('mallory')
      .setIssuedAt(Math.floor(Date.now() / 1000) - issuedAgo)
      .setExpirationTime(Math.floor(Date.now() / 1000) - issuedAgo + 60);
  const header = (kid: string) => ({ alg: 'EdDSA', kid, typ: assertionType });

  async function forged(department: Department): Promise<Record<string, string | undefined>> {
    const jwk = JSON.parse(readFileSync(homeAt(testHub.home).assertionKey, 'utf8')) as JWK;
    const [real, kid] = [await importJWK(jwk, 'EdDSA'), jwk.kid!];
    const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    const other = departments.find((each) => each !== department)!;
    return {
      'without an assertion': undefined,
      'with words': 'let me in',
      'with a client’s token': tokens.get('city-supervisor'),
      'signed by somebody else': await assertion(department).setProtectedHeader(header(kid)).sign(privateKey),
      'for another department': await assertion(other).setProtectedHeader(header(kid)).sign(real),
      'that is over': await assertion(department, 600).setProtectedHeader(header(kid)).sign(real),
      'of another type': await assertion(department).setProtectedHeader({ alg: 'EdDSA', kid, typ: 'JWT' }).sign(real),
      'signed with the public key as a secret': await assertion(department)
        .setProtectedHeader({ alg: 'HS256', kid, typ: assertionType })
        .sign(Buffer.from(jwk.x!, 'base64url')),
      'that is not signed': new UnsecuredJWT(claims).setAudience(department).setIssuer(assertionIssuer).encode(),
    };
  }

  test.each(departments)('%s refuses, whatever they show, and says nothing', async (department) => {
    for (const [how, shown] of Object.entries(await forged(department))) {
      const response = await fetch(urlOf(department), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(shown !== undefined && { [assertionHeader]: shown }) },
        body: JSON.stringify({ query: '{ __typename _service { sdl } }' }),
      });
      const text = await response.text();
      heard.push(text);
      expect([how, response.status]).toEqual([how, 401]);
      expect(JSON.parse(text)).toEqual({
        errors: [expect.objectContaining({ extensions: { code: 'UNAUTHENTICATED' } })],
      });
    }
  });
});
