/**
 * Everything the local stack can refuse, in one place. Each message is one line that says what is wrong, where, and
 * what to do about it; none holds a password.
 */
export type HubErrorCode =
  | 'BAD_SETTING'
  | 'PORT_IN_USE'
  | 'HUB_ALREADY_RUNNING'
  | 'HUB_NOT_RUNNING'
  | 'UNKNOWN_SERVICE'
  | 'SERVICE_FAILED'
  | 'SERVICE_STUCK'
  | 'SECRETS_UNREADABLE'
  | 'POSTGRES_UNSUPPORTED_PLATFORM'
  | 'POSTGRES_NO_USER'
  | 'POSTGRES_FOREIGN_DIRECTORY'
  | 'POSTGRES_OTHER_VERSION'
  | 'POSTGRES_FAILED'
  | 'DATABASE_UNREACHABLE'
  | 'DATABASE_FORBIDDEN';

/** A refusal meant for a person: `message` is complete by itself, no stack is needed to act on it. */
export class HubError extends Error {
  override readonly name = 'HubError';

  constructor(
    readonly code: HubErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export const badSetting = (problem: string) => new HubError('BAD_SETTING', problem);

export const portInUse = (port: number) =>
  new HubError(
    'PORT_IN_USE',
    `Port ${port} on 127.0.0.1 is in use by another program: stop that program or choose another port, for example LINLI_PORT=${port === 65535 ? port - 1 : port + 1}.`,
  );

export const hubAlreadyRunning = (home: string, pid: number) =>
  new HubError(
    'HUB_ALREADY_RUNNING',
    `A hub is already running on ${home} (process ${pid}): stop it first, or give this one its own LINLI_HOME and LINLI_PORT.`,
  );

export const hubNotRunning = (home: string) =>
  new HubError(
    'HUB_NOT_RUNNING',
    `No hub is running on ${home}: start one with npm start, or set LINLI_HOME to its home.`,
  );

export const unknownService = (name: string, known: readonly string[]) =>
  new HubError('UNKNOWN_SERVICE', `There is no service "${name}"; the services are ${known.join(', ')}.`);

export const serviceFailed = (name: string, reason: string, log: string) =>
  new HubError('SERVICE_FAILED', `${name} could not start: ${reason} (its log: ${log})`);

export const serviceStuck = (name: string, wanted: 'stopped' | 'started', seconds: number) =>
  new HubError(
    'SERVICE_STUCK',
    `${name} is not ${wanted} after ${seconds} s: look at its log in the run/logs folder of LINLI_HOME.`,
  );

export const secretsUnreadable = (file: string, reason: string) =>
  new HubError(
    'SECRETS_UNREADABLE',
    `${file} cannot be used: ${reason}. Mend it, or remove all of its LINLI_HOME to start afresh.`,
  );

export const postgresUnsupportedPlatform = (platform: string) =>
  new HubError(
    'POSTGRES_UNSUPPORTED_PLATFORM',
    `The bundled PostgreSQL has no build for ${platform}: set DATABASE_URL to a PostgreSQL 15 or newer (a role with CREATEDB).`,
  );

export const postgresNoUser = (directory: string, reason: string) =>
  new HubError(
    'POSTGRES_NO_USER',
    `PostgreSQL cannot run on ${directory} for this user (${reason}): run as the folder's owner, set LINLI_HOME to a folder that other users may enter, or set DATABASE_URL to your own PostgreSQL.`,
  );

export const postgresForeignDirectory = (directory: string) =>
  new HubError(
    'POSTGRES_FOREIGN_DIRECTORY',
    `${directory} holds files, but no PostgreSQL database: move them away, or set LINLI_HOME to another folder.`,
  );

export const postgresOtherVersion = (directory: string, found: string, wanted: string) =>
  new HubError(
    'POSTGRES_OTHER_VERSION',
    `The databases in ${directory} were made by PostgreSQL ${found}, this is ${wanted}: remove that folder to seed anew (all data in it is synthetic), or go back to the earlier version.`,
  );

export const postgresFailed = (reason: string, log: string) =>
  new HubError('POSTGRES_FAILED', `PostgreSQL could not start: ${reason} (its log: ${log})`);

export const databaseUnreachable = (server: string, reason: string) =>
  new HubError(
    'DATABASE_UNREACHABLE',
    `The database server ${server} named by DATABASE_URL cannot be used: ${reason}. Check that it runs and that user and password are right, or unset DATABASE_URL to use the bundled PostgreSQL.`,
  );

export const databaseForbidden = (database: string, server: string, reason: string) =>
  new HubError(
    'DATABASE_FORBIDDEN',
    `Database ${database} could not be made on ${server}: ${reason}. Give the role of DATABASE_URL the right CREATEDB, or create that database for it.`,
  );
