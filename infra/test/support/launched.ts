import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { homeAt } from '../../src/launcher/home.js';
import { readHub } from '../../src/launcher/hub-file.js';
import type { HubInfo } from '../../src/launcher/hub-file.js';
import { isAlive, waitForExit } from '../../src/postgres/process.js';

/** A launcher that runs as a process of its own, as at a user's. */
export interface Launched {
  readonly process: ChildProcess;
  /** What it printed so far, both streams. */
  output(): string;
  /** Resolves with what it said when it was ready; rejects when it ends before. */
  readonly ready: Promise<HubInfo>;
  /** Resolves with its exit code, null when it was killed. */
  readonly exit: Promise<number | null>;
}

/**
 * Starts a launcher.
 *
 * @param program the small services' launcher unless told
 * @param env added to a bare environment
 */
export function launch(env: Readonly<Record<string, string>>, program?: string, args: string[] = []): Launched {
  const file = program ?? fileURLToPath(new URL('./launch.mjs', import.meta.url));
  const child = fork(file, args, {
    execArgv: [],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  // Not the event `close`: it never comes for a child whose message channel we closed ourselves.
  const streams = [child.stdout, child.stderr].flatMap((stream) => stream ?? []);
  const read = streams.map((stream) => new Promise((resolve) => stream.once('close', resolve)));
  for (const stream of streams) stream.on('data', (text) => (output += String(text)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const exit = Promise.all([ended, ...read]).then(([code]) => code);
  const ready = new Promise<HubInfo>((resolve, reject) => {
    child.once('message', (info) => resolve(info as HubInfo));
    void exit.then((code) => reject(new Error(`The launcher ended with ${code}:\n${output}`)));
  });
  // Some tests are about launchers that never get ready.
  ready.catch(() => undefined);
  return { process: child, output: () => output, ready, exit };
}

/** Every process of the hub that runs on a home: launcher, services, PostgreSQL. */
export function processesOf(home: string): number[] {
  const hub = readHub(homeAt(home));
  const services = Object.values(hub.services).flatMap(({ pid }) => pid ?? []);
  return [hub.pid, ...services, ...postgresOf(home)];
}

/** Those of them that still live after at most `limit` milliseconds. */
export async function survivors(pids: readonly number[], limit = 10_000): Promise<number[]> {
  await Promise.all(pids.map((pid) => waitForExit(pid, limit)));
  return pids.filter(isAlive);
}

/** The PostgreSQL of a home, if one runs. */
export function postgresOf(home: string): number[] {
  const lock = join(home, 'postgres', 'postmaster.pid');
  return existsSync(lock) ? [Number.parseInt(readFileSync(lock, 'utf8'), 10)] : [];
}
