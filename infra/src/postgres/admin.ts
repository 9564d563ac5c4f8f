import pg from 'pg';
import { databaseUnreachable } from '../errors.js';

/** Connects once, to say early and in one line that a server cannot be used. */
export async function withAdmin<T>(
  adminUrl: string,
  work: (admin: pg.Client, server: string) => Promise<T>,
): Promise<T> {
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

/** The same server's URL for another database, and maybe as another role. */
export function urlFor(adminUrl: string, database: string, login?: { user: string; password: string }): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (login) {
    url.username = login.user;
    url.password = encodeURIComponent(login.password);
  }
  return url.href;
}

/** What a driver's error says, in one line. */
export function reason(error: unknown): string {
  const failure = error as { message?: string; code?: string; errors?: { message?: string }[] };
  // A name with several addresses fails with one error per address and no message of its own.
  return failure.message || failure.errors?.[0]?.message || failure.code || 'no reason given';
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
