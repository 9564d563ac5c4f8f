import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { IdentityError } from './errors.js';

/** The realm file of this repository: the only place where roles, clients and demo users are written. */
export const realmFile = fileURLToPath(new URL('../../keycloak/realm.json', import.meta.url));

const attributes = z.record(z.string(), z.array(z.string())).default({});

/** The mappers the embedded issuer knows; any other in the file is an error, so that none is left out in silence. */
const mapperKinds = [
  'oidc-sub-mapper',
  'oidc-usersessionmodel-note-mapper',
  'oidc-acr-mapper',
  'oidc-allowed-origins-mapper',
  'oidc-usermodel-attribute-mapper',
  'oidc-full-name-mapper',
  'oidc-usermodel-realm-role-mapper',
  'oidc-audience-mapper',
] as const;

const mapper = z.object({
  name: z.string(),
  protocolMapper: z.enum(mapperKinds),
  config: z.record(z.string(), z.string()),
});

const clientScope = z.object({
  name: z.string(),
  attributes: z.record(z.string(), z.string()).default({}),
  protocolMappers: z.array(mapper).default([]),
});

const client = z.object({
  clientId: z.string(),
  name: z.string().default(''),
  enabled: z.boolean().default(true),
  publicClient: z.boolean().default(false),
  bearerOnly: z.boolean().default(false),
  secret: z.string().optional(),
  standardFlowEnabled: z.boolean().default(false),
  directAccessGrantsEnabled: z.boolean().default(false),
  serviceAccountsEnabled: z.boolean().default(false),
  redirectUris: z.array(z.string()).default([]),
  webOrigins: z.array(z.string()).default([]),
  attributes: z.record(z.string(), z.string()).default({}),
  defaultClientScopes: z.array(z.string()).default([]),
  protocolMappers: z.array(mapper).default([]),
});

const user = z.object({
  id: z.uuid(),
  username: z.string(),
  enabled: z.boolean().default(true),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  email: z.string().optional(),
  serviceAccountClientId: z.string().optional(),
  attributes,
  realmRoles: z.array(z.string()).default([]),
  groups: z.array(z.string()).default([]),
  credentials: z.array(z.object({ type: z.string(), value: z.string().optional() })).default([]),
});

const group = z.object({
  name: z.string(),
  attributes,
  realmRoles: z.array(z.string()).default([]),
  get subGroups() {
    return z.array(group).default([]);
  },
});

const role = z.object({
  name: z.string(),
  description: z.string().default(''),
  composites: z.object({ realm: z.array(z.string()).default([]) }).optional(),
});

const seconds = z.int().positive();

const realm = z.object({
  realm: z.string().regex(/^[\w-]+$/),
  displayName: z.string().default(''),
  accessTokenLifespan: seconds,
  ssoSessionIdleTimeout: seconds,
  ssoSessionMaxLifespan: seconds,
  accessCodeLifespan: seconds,
  accessCodeLifespanLogin: seconds,
  revokeRefreshToken: z.boolean().default(false),
  bruteForceProtected: z.boolean().default(false),
  failureFactor: z.int().positive().default(30),
  waitIncrementSeconds: seconds.default(60),
  maxFailureWaitSeconds: seconds.default(900),
  maxDeltaTimeSeconds: seconds.default(43_200),
  roles: z.object({ realm: z.array(role) }),
  groups: z.array(group).default([]),
  clientScopes: z.array(clientScope),
  clients: z.array(client),
  users: z.array(user),
});

export type Realm = z.infer<typeof realm>;
export type RealmClient = z.infer<typeof client>;
export type RealmUser = z.infer<typeof user>;
export type RealmGroup = z.infer<typeof group>;
export type ProtocolMapper = z.infer<typeof mapper>;

/**
 * Reads a Keycloak realm export, as far as Linli needs it. Durations in it are seconds.
 *
 * @param file absolute path; by default the realm file of this repository
 * @throws IdentityError `IDENTITY_REALM` when the file cannot be read or lacks a needed part
 */
export function readRealm(file: string = realmFile): Realm {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new IdentityError(
      'IDENTITY_REALM',
      `The realm file ${file} ${why}; set LINLI_REALM_FILE to a Keycloak realm export.`,
      {
        cause,
      },
    );
  }
  const result = realm.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new IdentityError(
    'IDENTITY_REALM',
    `The realm file ${file} is not usable at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'unknown reason'}.`,
  );
}

/** What the launcher's banner shows of a demo user. */
export interface DemoUser {
  username: string;
  name: string;
  roles: string[];
  description: string;
}

/** The people who can sign in with a password, in the file's order; service accounts are left out. */
export function demoUsers(of: Realm): DemoUser[] {
  return of.users
    .filter((one) => one.enabled && one.serviceAccountClientId === undefined)
    .map((one) => ({
      username: one.username,
      name: fullName(one),
      roles: effectiveRoles(of, one),
      description: userAttribute(of, one, 'description')[0] ?? '',
    }));
}

/** First and last name, as Keycloak joins them. */
export function fullName(of: RealmUser): string {
  return [of.firstName, of.lastName].filter(Boolean).join(' ');
}

/** Every realm role a user has: own, by group (a group has its parents' too), and inside composite roles. Sorted. */
export function effectiveRoles(of: Realm, who: RealmUser): string[] {
  const composites = new Map(of.roles.realm.map((one) => [one.name, one.composites?.realm ?? []]));
  const found = new Set<string>();
  const add = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    composites.get(name)?.forEach(add);
  };
  who.realmRoles.forEach(add);
  for (const path of who.groups) for (const one of groupChain(of, path)) one.realmRoles.forEach(add);
  return [...found].sort();
}

/** A user's attribute: the user's own, else that of the first group that has it, nearest first, as in Keycloak. */
export function userAttribute(of: Realm, who: RealmUser, name: string): readonly string[] {
  if (name === 'username') return [who.username];
  const own = who.attributes[name];
  if (own?.length) return own;
  for (const path of who.groups) {
    const inherited = groupChain(of, path).find((one) => one.attributes[name]?.length);
    if (inherited) return inherited.attributes[name] ?? [];
  }
  return [];
}

/** The group at a path like `/departments/health`, then its parents up to the top. */
function groupChain(of: Realm, path: string): RealmGroup[] {
  const chain: RealmGroup[] = [];
  let level = of.groups;
  for (const name of path.split('/').filter(Boolean)) {
    const next = level.find((one) => one.name === name);
    if (!next) throw new IdentityError('IDENTITY_REALM', `The realm has no group ${path}, which a user belongs to.`);
    chain.unshift(next);
    level = next.subGroups;
  }
  return chain;
}
