import { departments } from '@linli/schema/departments';
import type { Department } from '@linli/schema/departments';
import { createDatabases, createOwnedDatabases } from '../postgres/databases.js';
import { createRecorder } from '../postgres/recorder.js';
import { startPostgres } from '../postgres/server.js';
import type { Postgres } from '../postgres/server.js';
import { logFile } from './home.js';
import type { Home } from './home.js';
import type { Secrets } from './secrets.js';

/** The databases of a hub, and the server they are in if it is the hub's own. */
export interface Database {
  /** Connection URL of each department, good for its own database alone in the embedded server. */
  readonly urls: ReadonlyMap<Department, string>;
  /**
   * URL by which the gateway adds to the disclosure record, once there is one; in the embedded server that of a role
   * that can do nothing else.
   */
  recorderUrl(): Promise<string>;
  /** The server's process; undefined for a server that is not ours, and while it is down. */
  readonly pid?: number;
  stop(): Promise<void>;
}

export interface DatabaseEvents {
  /** The embedded server ended by itself and is being started again. */
  died(reason: string): void;
  /** It runs again. */
  recovered(): void;
}

/** Uses the server at a URL, making the databases that are missing. Nothing of it is stopped at the end. */
export async function useDatabase(url: string): Promise<Database> {
  const urls = await createDatabases(url, departments);
  return { urls, recorderUrl: async () => urls.get('governance')!, stop: async () => undefined };
}

/** Starts the embedded server and keeps it running on the same port. */
export async function startDatabase(
  home: Home,
  secrets: Secrets,
  port: number,
  events: DatabaseEvents,
): Promise<Database> {
  let current: Postgres | undefined;
  let stopping = false;
  let recovery: Promise<void> = Promise.resolve();

  const start = (on: number) =>
    startPostgres({
      directory: home.postgres,
      password: secrets.databasePassword,
      port: on,
      log: logFile(home, 'postgres'),
      onExit: () => {
        current = undefined;
        if (stopping) return;
        events.died('it ended by itself');
        recovery = recover();
      },
    });

  async function recover(): Promise<void> {
    for (let delay = 250; !stopping; delay = Math.min(delay * 2, 30_000)) {
      try {
        const server = await start(fixedPort);
        // On another port no department would find it.
        if (server.port === fixedPort) {
          current = server;
          return events.recovered();
        }
        await server.stop();
      } catch (error) {
        events.died(error instanceof Error ? error.message : String(error));
      }
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }

  current = await start(port);
  const { url: adminUrl, port: fixedPort } = current;
  const passwords = departments.map((department) => [department, secrets.departmentPasswords[department]] as const);
  let urls: ReadonlyMap<Department, string>;
  try {
    urls = await createOwnedDatabases(adminUrl, new Map(passwords));
  } catch (error) {
    stopping = true;
    await current.stop();
    throw error;
  }
  return {
    urls,
    recorderUrl: () => createRecorder(adminUrl, secrets.recorderPassword),
    get pid() {
      return current?.pid;
    },
    async stop() {
      stopping = true;
      await recovery;
      await current?.stop();
    },
  };
}
