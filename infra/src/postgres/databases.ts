import type pg from 'pg';
import type { Department } from '@linli/schema/departments';
import { databaseForbidden } from '../errors.js';
import { reason, urlFor, withAdmin } from './admin.js';

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
