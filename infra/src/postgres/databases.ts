import pg from 'pg';
import type { Department } from '@linli/schema/departments';
import { databaseForbidden, databaseUnreachable } from '../errors.js';

/** Name of a department's database, and of its role in the embedded server. */
export function databaseName(department: Department): string {
  return `linli_${department.replaceAll('-', '_')}`;
}

/**
 * Makes the databases that are missing, on a server that was given by its owner.
 *
 * @param adminUrl a role with CREATEDB, or one for which the databases were made already
 * @returns a connection URL for each department
 * @throws HubError `DATABASE_UNREACHABLE`, `DATABASE_FORBIDDEN`; no message holds the password
 */
export async function createDatabases(
  adminUrl: string,
  departments: readonly Department[],
): Promise<ReadonlyMap<Department, string>> {
  return withAdmin(adminUrl, async (admin, server) => {
    for (const department of departments) await createDatabase(admin, server, databaseName(department));
    return new Map(departments.map((department) => [department, urlFor(adminUrl, databaseName(department))]));
  });
}

/**
 * Makes a database and a role for each department on the embedded server. The role owns that database and cannot
 * enter any other, so that a department's service holds the key to its own data alone.
 *
 * @param passwords of the roles, set anew at every start
 */
export async function createOwnedDatabases(
  adminUrl: string,
  passwords: ReadonlyMap<Department, string>,
): Promise<ReadonlyMap<Department, string>> {
  return withAdmin(adminUrl, async (admin, server) => {
    const urls = new Map<Department, string>();
    for (const [department, password] of passwords) {
      const name = databaseName(department);
      const role = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
      const verb = role.rowCount ? 'ALTER' : 'CREATE';
      await admin.query(`${verb} ROLE ${admin.escapeIdentifier(name)} LOGIN PASSWORD ${admin.escapeLiteral(password)}`);
      await createDatabase(admin, server, name, name);
      urls.set(department, urlFor(adminUrl, name, { user: name, password }));
    }
    return urls;
  });
}

/** Connects once, to say early and in one line that a server cannot be used. */
async function withAdmin<T>(adminUrl: string, work: (admin: pg.Client, server: string) => Promise<T>): Promise<T> {
  const server = describeServer(adminUrl);
  const admin = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  // A connection that breaks while idle reports here; the query at hand fails with the same reason.
  admin.on('error', () => undefined);
  try {
    await admin.connect();
  } catch (error) {
    throw databaseUnreachable(server, reason(error));
  }
  try {
    return await work(admin, server);
  } finally {
    await admin.end();
  }
}

async function createDatabase(admin: pg.Client, server: string, name: string, owner?: string): Promise<void> {
  const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (found.rowCount) return;
  const [quoted, by] = [admin.escapeIdentifier(name), owner ? ` OWNER ${admin.escapeIdentifier(owner)}` : ''];
  try {
    // From template0: the only template that may take an encoding other than the server's own.
    await admin.query(`CREATE DATABASE ${quoted}${by} TEMPLATE template0 ENCODING 'UTF8'`);
    if (owner) await admin.query(`REVOKE ALL ON DATABASE ${quoted} FROM PUBLIC`);
  } catch (error) {
    // 42P04 duplicate_database: another hub on the same server was faster.
    if ((error as { code?: string }).code === '42P04') return;
    throw databaseForbidden(name, server, reason(error));
  }
}

function urlFor(adminUrl: string, database: string, login?: { user: string; password: string }): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (login) {
    url.username = login.user;
    url.password = encodeURIComponent(login.password);
  }
  return url.href;
}

/** Host and port, without user, password or parameters. */
function describeServer(adminUrl: string): string {
  try {
    const url = new URL(adminUrl);
    if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') throw new Error(url.protocol);
    return `${url.hostname || 'localhost'}:${url.port || '5432'}`;
  } catch {
    throw databaseUnreachable('(unreadable)', 'it is not of the form postgresql://user:password@host:port/database');
  }
}

function reason(error: unknown): string {
  const failure = error as { message?: string; code?: string; errors?: { message?: string }[] };
  // A name with several addresses fails with one error per address and no message of its own.
  return failure.message || failure.errors?.[0]?.message || failure.code || 'no reason given';
}
