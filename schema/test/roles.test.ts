import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { purposes } from '../src/purposes.js';
import { roles } from '../src/roles.js';
import { anonymous } from '../src/subject.js';

interface Realm {
  readonly roles: { readonly realm: readonly { readonly name: string }[] };
  readonly users: readonly { readonly attributes?: { readonly purposes?: readonly string[] } }[];
}

const realm = JSON.parse(readFileSync(new URL('../../infra/keycloak/realm.json', import.meta.url), 'utf8')) as Realm;

test('roles are those of the realm, and that of whoever shows no token', () => {
  expect([...roles].sort()).toEqual([...realm.roles.realm.map(({ name }) => name), ...anonymous.roles].sort());
});

test('purposes are those that users of the realm were granted', () => {
  const granted = new Set(realm.users.flatMap(({ attributes }) => attributes?.purposes ?? []));
  expect([...purposes].sort()).toEqual([...granted].sort());
});
