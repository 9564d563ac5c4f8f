import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository this program was built in. */
export const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** The places inside LINLI_HOME. */
export interface Home {
  readonly folder: string;
  /** PostgreSQL's data directory. */
  readonly postgres: string;
  /** Keys and state of the embedded issuer. */
  readonly identity: string;
  readonly secrets: string;
  /** The gateway's private key, a JWK. */
  readonly assertionKey: string;
  /** Which synthetic people the databases were begun with. */
  readonly population: string;
  readonly lock: string;
  /** What runs where, for other programs; there only while a hub answers. */
  readonly hub: string;
  readonly ports: string;
  /** Process numbers of all services, for a start after a crash. */
  readonly processes: string;
  readonly logs: string;
  /** Holds an empty file for each service that is wanted to be down. */
  readonly stopped: string;
}

/** The layout under a folder; nothing is made or read. */
export function homeAt(folder: string): Home {
  const run = join(folder, 'run');
  return {
    folder,
    postgres: join(folder, 'postgres'),
    identity: join(folder, 'identity'),
    secrets: join(folder, 'secrets.json'),
    assertionKey: join(folder, 'assertion-key.json'),
    population: join(folder, 'population.json'),
    lock: join(run, 'launcher.lock'),
    hub: join(run, 'hub.json'),
    ports: join(run, 'ports.json'),
    processes: join(run, 'processes.json'),
    logs: join(run, 'logs'),
    stopped: join(run, 'stopped'),
  };
}

/** Makes the folders that a hub writes to. */
export function makeHome(home: Home): void {
  for (const folder of [home.logs, home.identity]) mkdirSync(folder, { recursive: true });
}

/** Forgets which services were wanted down: a new start starts everything. */
export function forgetStopped(home: Home): void {
  rmSync(home.stopped, { recursive: true, force: true });
}

/** Path of a service's log. */
export function logFile(home: Home, service: string): string {
  return join(home.logs, `${service}.log`);
}
