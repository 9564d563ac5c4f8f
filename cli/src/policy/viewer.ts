import { effectiveRoles, readRealm, userAttribute } from '@linli/infra/identity/realm';
import type { Role } from '@linli/schema/roles';
import { roles } from '@linli/schema/roles';
import { unknownViewer } from '../errors.js';

/** Whoever a question is asked for: all that policies see of a subject. */
export interface Viewer {
  /** A demo user's name, or the roles. */
  readonly name: string;
  readonly roles: readonly string[];
  readonly department?: string;
  /** Purposes that the user was granted; undefined where only roles are given. */
  readonly granted?: readonly string[];
}

/**
 * Reads whom a command is about.
 *
 * @param as a demo user of the realm file; or roles with commas between them, and `@department` behind them
 * @throws CliError where it is neither
 */
export function viewerOf(as: string): Viewer {
  const realm = readRealm();
  const user = realm.users.find(({ username }) => username === as);
  if (user) {
    const department = userAttribute(realm, user, 'department')[0];
    return {
      name: as,
      roles: effectiveRoles(realm, user),
      ...(department !== undefined && { department }),
      granted: userAttribute(realm, user, 'purposes'),
    };
  }
  const [named = '', department] = as.split('@');
  const given = named.split(',');
  const known: readonly string[] = roles;
  if (!given.every((role) => known.includes(role))) {
    throw unknownViewer(as, [...realm.users.map(({ username }) => username)], roles);
  }
  return { name: as, roles: given.sort(), ...(department !== undefined && { department }) };
}

const viewers = new Map<Role, readonly Viewer[]>();

/** Whoever the realm file has of a role: the role with each department that its users belong to. */
export function viewersOf(role: Role): readonly Viewer[] {
  let found = viewers.get(role);
  if (!found) viewers.set(role, (found = readViewers(role)));
  return found;
}

function readViewers(role: Role): readonly Viewer[] {
  const realm = readRealm();
  const users = realm.users.filter((user) => effectiveRoles(realm, user).includes(role));
  const departments = new Set(users.map((user) => userAttribute(realm, user, 'department')[0]));
  if (departments.size === 0) departments.add(undefined);
  const held = [role];
  return [...departments].map((department) => ({
    name: role,
    roles: held,
    ...(department !== undefined && { department }),
  }));
}
