import assert from 'node:assert/strict';
import type { JWTPayload } from 'jose';
import { effectiveRoles, fullName, userAttribute } from '../realm.js';
import type { RealmUser } from '../realm.js';
import type { Party } from './party.js';

/** Notes the shape of something an issuer said, to be compared with what another says. */
export type Note = (where: string, said: object) => void;

/** One thing that every issuer of the realm has to do; it throws where the issuer does not. */
export interface Check {
  readonly name: string;
  readonly run: (party: Party, note: Note) => Promise<void>;
}

/** The claims of a user's access token that the gateway makes a Subject of, by the realm file. */
export function expectedClaims({ realm }: Party, user: RealmUser): Record<string, unknown> {
  const list = (name: string) => userAttribute(realm, user, name);
  const claims = {
    sub: user.id,
    preferred_username: user.username,
    name: fullName(user) || undefined,
    realm_access: { roles: effectiveRoles(realm, user) },
    department: list('department')[0],
    jurisdiction: list('jurisdiction').length ? [...list('jurisdiction')] : undefined,
    resident_id: list('resident_id')[0],
    staff_id: list('staff_id')[0],
    purposes: list('purposes').length ? [...list('purposes')] : undefined,
  };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

/** Holds a token's claims against the realm file. */
export function assertClaims(party: Party, user: RealmUser, claims: JWTPayload): void {
  const names = [
    'sub',
    'preferred_username',
    'name',
    'realm_access',
    'department',
    'jurisdiction',
    'resident_id',
    'staff_id',
    'purposes',
  ];
  const found = Object.fromEntries(names.filter((name) => name in claims).map((name) => [name, claims[name]]));
  const access = found['realm_access'] as { roles?: string[] } | undefined;
  if (access?.roles) found['realm_access'] = { roles: [...access.roles].sort() };
  assert.deepEqual(found, expectedClaims(party, user), `the claims of ${user.username} are not the realm file's`);
}

/** The realm's user of that name; the checks name users that the file has. */
export const userOf = ({ realm }: Party, username: string) =>
  realm.users.find((one) => one.username === username) as RealmUser;
