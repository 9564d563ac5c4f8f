import { afterAll, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { geography } from '@linli/schema/geography';
import { departments } from '@linli/schema/departments';
import { IdentityError } from '../../src/identity/errors.js';
import { demoUsers, effectiveRoles, readRealm, userAttribute } from '../../src/identity/realm.js';
import type { Realm, RealmUser } from '../../src/identity/realm.js';
import { temporaryFolder } from './support.js';

const realm = readRealm();

const roles = [
  ...['resident', 'guardian', 'grid-worker', 'community-worker', 'social-worker', 'family-doctor', 'property-manager'],
  ...['community-police', 'teacher', 'street-supervisor', 'district-supervisor', 'city-supervisor'],
  ...['department-data-officer', 'security-officer', 'auditor', 'operator', 'kiosk'],
];

describe('the realm file', () => {
  test('has exactly the roles that policies know', () => {
    expect(realm.roles.realm.map((one) => one.name).sort()).toEqual([...roles].sort());
  });

  test('has somebody for every role', () => {
    const held = new Set(realm.users.flatMap((one) => effectiveRoles(realm, one)));
    expect([...held].sort()).toEqual([...roles].sort());
  });

  test('keeps the three offices apart: nobody holds two, nor any role that sees residents', () => {
    const offices = ['security-officer', 'auditor', 'operator'];
    for (const user of realm.users) {
      const held = effectiveRoles(realm, user);
      if (held.some((one) => offices.includes(one))) expect(held).toHaveLength(1);
    }
  });

  test('names only places and departments that exist', () => {
    const codes = geography.communities.map((one) => one.code);
    for (const user of realm.users) {
      for (const prefix of userAttribute(realm, user, 'jurisdiction')) {
        expect(codes.some((code) => code.startsWith(prefix))).toBe(true);
      }
      for (const one of userAttribute(realm, user, 'department')) expect(departments).toContain(one);
    }
  });

  test('gives the city supervisor every community of the city, and the street supervisor one street', () => {
    const covered = (username: string) => {
      const user = realm.users.find((one) => one.username === username) as RealmUser;
      const prefixes = userAttribute(realm, user, 'jurisdiction');
      return geography.communities.filter(({ code }) => prefixes.some((one) => code.startsWith(one)));
    };
    expect(covered('city-supervisor')).toHaveLength(geography.communities.length);
    expect(covered('street-supervisor').every(({ code }) => code.startsWith('440303001'))).toBe(true);
    expect(covered('grid-worker').map(({ name }) => name)).toEqual(['大塘龙社区']);
  });

  test('holds no secret of a client, only the name of the variable that has it', () => {
    const secrets = realm.clients.flatMap((one) => (one.secret === undefined ? [] : [one.secret]));
    expect(secrets).toEqual(['${LINLI_KIOSK_SECRET}']);
  });
});

describe('demoUsers', () => {
  test('tells of each person what the banner shows, and leaves service accounts out', () => {
    const users = demoUsers(realm);
    expect(users).toHaveLength(20);
    expect(users.find((one) => one.username === 'street-supervisor')).toEqual({
      username: 'street-supervisor',
      name: '梁例明',
      roles: ['street-supervisor'],
      description: '街道督导：桂园街道的汇总数据，不见个人',
    });
    for (const user of users) expect(user.description).not.toBe('');
  });
});

describe('what a user has by other ways than its own entry', () => {
  const invented: Realm = {
    ...realm,
    roles: {
      realm: [
        { name: 'whole', description: '', composites: { realm: ['part'] } },
        { name: 'part', description: '', composites: { realm: ['whole'] } },
        { name: 'of-parent', description: '' },
      ],
    },
    groups: [
      {
        name: 'parent',
        attributes: { department: ['housing'], jurisdiction: ['4403'] },
        realmRoles: ['of-parent'],
        subGroups: [{ name: 'child', attributes: { department: ['health'] }, realmRoles: ['whole'], subGroups: [] }],
      },
    ],
  };
  const user = {
    ...(realm.users[0] as RealmUser),
    realmRoles: [],
    groups: ['/parent/child'],
    attributes: { jurisdiction: ['440303'] },
  };

  test('roles come from groups, their parents, and composite roles, even ones that hold each other', () => {
    expect(effectiveRoles(invented, user)).toEqual(['of-parent', 'part', 'whole']);
  });

  test('an attribute comes from the user, else from the nearest group', () => {
    expect(userAttribute(invented, user, 'jurisdiction')).toEqual(['440303']);
    expect(userAttribute(invented, user, 'department')).toEqual(['health']);
    expect(userAttribute(invented, { ...user, groups: ['/parent'] }, 'department')).toEqual(['housing']);
    expect(userAttribute(invented, user, 'purposes')).toEqual([]);
  });

  test('a group that does not exist is an error, not silence', () => {
    expect(() => effectiveRoles(invented, { ...user, groups: ['/parent/lost'] })).toThrow(/no group \/parent\/lost/);
  });
});

describe('readRealm', () => {
  const folder = temporaryFolder();
  afterAll(folder.remove);
  const written = (text: string) => {
    const file = join(folder.path, 'realm.json');
    writeFileSync(file, text);
    return file;
  };
  const codeOf = (read: () => unknown) => {
    try {
      read();
    } catch (error) {
      return error instanceof IdentityError ? `${error.code}: ${error.message}` : String(error);
    }
    return 'read';
  };

  test('says which file it is, and what is wrong there', () => {
    expect(codeOf(() => readRealm(join(folder.path, 'missing.json')))).toMatch(
      /^IDENTITY_REALM: .*missing\.json cannot be read/,
    );
    expect(codeOf(() => readRealm(written('{')))).toMatch(/^IDENTITY_REALM: .*realm\.json is not JSON/);
    expect(codeOf(() => readRealm(written('{"realm":"linli"}')))).toMatch(/^IDENTITY_REALM: .* at accessTokenLifespan/);
  });

  test('refuses a protocol mapper that the embedded issuer would leave out', () => {
    const scope = {
      name: 'x',
      protocolMappers: [{ name: 'y', protocolMapper: 'oidc-hardcoded-claim-mapper', config: {} }],
    };
    const file = written(JSON.stringify({ ...realm, clientScopes: [scope] }));
    expect(codeOf(() => readRealm(file))).toMatch(/at clientScopes\.0\.protocolMappers\.0\.protocolMapper/);
  });
});
