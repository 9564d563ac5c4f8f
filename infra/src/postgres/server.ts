import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { postgresFailed } from '../errors.js';
import { findBinaries } from './binaries.js';
import type { Binaries } from './binaries.js';
import { inspectDirectory, makeDirectory, superuser } from './directory.js';
import { clearLeftover, stopServer } from './leftover.js';
import { choosePort } from './ports.js';
import { chooseRunAs, ownerOf } from './run-as.js';
import type { RunAs } from './run-as.js';

export interface PostgresOptions {
  /** Absolute path of the data directory; made on the first start. */
  readonly directory: string;
  /** Password of the superuser; fixed when the data directory is made. */
  readonly password: string;
  /** The port to use again if it is free. */
  readonly port?: number;
  /** File that the server's messages are appended to. */
  readonly log: string;
  /** Called when the server ends without having been told to. */
  readonly onExit?: () => void;
}

export interface Postgres {
  /** Connection URL of the superuser, on the database `postgres`. Holds the password. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ends all connections and the server; resolves when its process has gone. */
  stop(): Promise<void>;
}

/** Enough for a hub's departments on a laptop. Nothing here trades durability for speed. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '120',
  shared_buffers: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements and row values can hold personal data and must not reach the log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/**
 * Starts the PostgreSQL that npm installed, making its data directory on the first start and mending what a killed
 * predecessor left.
 *
 * @throws HubError with a `POSTGRES_…` code
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { directory } = options;
  const binaries = findBinaries();
  mkdirSync(dirname(directory), { recursive: true });
  const state = inspectDirectory(directory);
  const runAs = chooseRunAs(
    binaries.postgres,
    state === 'made' ? directory : dirname(directory),
    state === 'made' ? ownerOf(directory) : undefined,
  );
  if (state === 'missing') await makeDirectory(directory, options.password, options.log, binaries, runAs);

  // A port can be taken between choosing and listening, and the memory of a killed server takes a moment to go.
  for (let attempt = 1; ; attempt++) {
    await clearLeftover(directory);
    const port = await choosePort(attempt === 1 ? options.port : undefined);
    const problem = await launch(port, options, binaries, runAs);
    if (typeof problem !== 'string') return problem;
    const passing = /could not bind|Address already in use|shared memory block|lock file/i.test(problem);
    if (!passing || attempt === 40) throw postgresFailed(problem, options.log);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** One try: the running server, or the reason why it ended. */
async function launch(
  port: number,
  { directory, password, log, onExit }: PostgresOptions,
  binaries: Binaries,
  runAs: RunAs,
): Promise<Postgres | string> {
  const flags = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const [command = '', ...rest] = [...runAs.prefix, binaries.postgres, '-D', directory, ...flags];
  const before = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  const output = openSync(log, 'a', 0o600);
  // In a session of its own: Ctrl-C in a terminal must reach the launcher alone, which stops the database last.
  const child = spawn(command, rest, {
    uid: runAs.uid,
    gid: runAs.gid,
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output],
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  });
  closeSync(output);
  const exited = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  if (!(await becomesReady(child, directory, exited))) {
    const said = readFileSync(log).subarray(before).toString('utf8').trim().split('\n');
    return said.find((line) => /FATAL|PANIC/.test(line)) ?? said.at(-1) ?? 'it ended without a word';
  }
  const pid = child.pid as number;
  let wanted = false;
  void exited.then(() => {
    if (!wanted) onExit?.();
  });
  return {
    url: `postgresql://${superuser}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    port,
    pid,
    async stop() {
      wanted = true;
      await stopServer(pid);
    },
  };
}

/** The server writes its state into the eighth line of postmaster.pid. */
async function becomesReady(child: ChildProcess, directory: string, exited: Promise<void>): Promise<boolean> {
  let gone = false;
  void exited.then(() => (gone = true));
  while (!gone) {
    const lines = readLock(directory);
    if (lines[0] === String(child.pid) && lines[7]?.trim() === 'ready') return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

function readLock(directory: string): string[] {
  try {
    return readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}
