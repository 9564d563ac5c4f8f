import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { askToken, signIn, verify } from '../../src/identity/contract/party.js';
import type { Party } from '../../src/identity/contract/party.js';
import type { RunningIssuer } from '../../src/identity/issuer.js';
import { kioskSecret, start, temporaryFolder } from './support.js';

const community = '440303001001';
const city = ['4403', '441521102', '441521103', '441521104', '441521105'];

/** What the gateway has to find in each demo user's token, written out by hand against DOMAIN's list of roles. */
const people: Record<
  string,
  {
    roles: string[];
    department?: string;
    jurisdiction?: string[];
    resident?: string;
    staff?: string;
    purposes?: string[];
  }
> = {
  resident: { roles: ['resident'], resident: 'demo-resident', purposes: ['own-affairs'] },
  guardian: { roles: ['guardian', 'resident'], resident: 'demo-spouse', purposes: ['own-affairs'] },
  'grid-worker': {
    roles: ['grid-worker'],
    staff: 'demo-grid-worker',
    department: 'public-security',
    jurisdiction: [community],
    purposes: ['service-handling', 'emergency'],
  },
  'community-worker': {
    roles: ['community-worker'],
    staff: 'demo-community-worker',
    department: 'civil-affairs',
    jurisdiction: [community],
    purposes: ['service-handling', 'social-assistance'],
  },
  'social-worker': {
    roles: ['social-worker'],
    staff: 'demo-social-worker',
    department: 'civil-affairs',
    jurisdiction: ['440303001'],
    purposes: ['service-handling', 'social-assistance'],
  },
  'family-doctor': {
    roles: ['family-doctor'],
    staff: 'demo-family-doctor',
    department: 'health',
    jurisdiction: [community],
    purposes: ['medical-care'],
  },
  'property-manager': {
    roles: ['property-manager'],
    staff: 'demo-property-manager',
    jurisdiction: [community],
    purposes: ['service-handling'],
  },
  'community-police': {
    roles: ['community-police'],
    staff: 'demo-community-police',
    department: 'public-security',
    jurisdiction: [community],
    purposes: ['law-enforcement', 'emergency'],
  },
  teacher: {
    roles: ['teacher'],
    staff: 'demo-teacher',
    department: 'education',
    jurisdiction: [community],
    purposes: ['service-handling'],
  },
  'street-supervisor': { roles: ['street-supervisor'], jurisdiction: ['440303001'], purposes: ['statistics'] },
  'district-supervisor': { roles: ['district-supervisor'], jurisdiction: ['440303'], purposes: ['statistics'] },
  'city-supervisor': { roles: ['city-supervisor'], jurisdiction: city, purposes: ['statistics'] },
  ...Object.fromEntries(
    ['civil-affairs', 'health', 'housing', 'public-security', 'education'].map((department) => [
      `${department}-officer`,
      { roles: ['department-data-officer'], department, jurisdiction: city, purposes: ['statistics'] },
    ]),
  ),
  'security-officer': { roles: ['security-officer'] },
  auditor: { roles: ['auditor'], purposes: ['audit'] },
  operator: { roles: ['operator'] },
};

const folder = temporaryFolder();
let party: RunningIssuer & Party;
beforeAll(async () => {
  party = await start(folder.path);
});
afterAll(async () => {
  await party.close();
  folder.remove();
});

describe('the access token of a demo user', () => {
  test('there is one for everybody in the realm file, and for nobody else', () => {
    const known = party.realm.users
      .filter((one) => one.serviceAccountClientId === undefined)
      .map((one) => one.username);
    expect(known.sort()).toEqual(Object.keys(people).sort());
  });

  test.each(Object.entries(people))('%s', async (username, person) => {
    const claims = await verify(party, (await signIn(party, username)).body['access_token']);
    expect(claims).toMatchObject({
      preferred_username: username,
      azp: 'linli-cli',
      aud: 'linli-gateway',
      typ: 'Bearer',
    });
    expect(claims['realm_access']).toEqual({ roles: person.roles });
    expect(claims['department']).toEqual(person.department);
    expect(claims['jurisdiction']).toEqual(person.jurisdiction);
    expect(claims['resident_id']).toEqual(person.resident);
    expect(claims['staff_id']).toEqual(person.staff);
    expect(claims['purposes']).toEqual(person.purposes);
  });

  test('names its key and says JWT, as Keycloak does', async () => {
    const { body } = await signIn(party, 'teacher');
    expect(decodeProtectedHeader(String(body['access_token']))).toEqual({
      alg: 'RS256',
      typ: 'JWT',
      kid: expect.any(String),
    });
  });
});

test('the kiosk is a service account with one narrow role', async () => {
  const fields = { grant_type: 'client_credentials', client_id: 'linli-kiosk', client_secret: kioskSecret };
  const claims = await verify(party, (await askToken(party, fields)).body['access_token']);
  expect(claims['realm_access']).toEqual({ roles: ['kiosk'] });
  expect(claims['jurisdiction']).toEqual([community]);
  expect(claims['resident_id']).toBeUndefined();
});

test('without the scope openid there is no ID token, and userinfo says nothing', async () => {
  const fields = { grant_type: 'password', client_id: 'linli-cli', username: 'teacher', password: 'linli-demo' };
  const { body } = await askToken(party, fields);
  expect(body).not.toHaveProperty('id_token');
  const info = await fetch(`${party.issuer}/protocol/openid-connect/userinfo`, {
    headers: { authorization: `Bearer ${String(body['access_token'])}` },
  });
  expect(info.status).toBe(403);
});
