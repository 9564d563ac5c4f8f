import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, processCommand, signal, waitForExit } from './process.js';

/**
 * Stops the server that a killed launcher left behind on this data directory, and takes away the lock of a server
 * that is gone. PostgreSQL itself trusts a lock as soon as any process has its number, so a number that the system
 * has given to another program since would block every later start.
 *
 * @returns the process number of the server that was stopped, if one ran
 */
export async function clearLeftover(directory: string): Promise<number | undefined> {
  const lock = join(directory, 'postmaster.pid');
  const pid = lockHolder(lock);
  if (pid === undefined) return undefined;
  if (!isAlive(pid) || !isServerOf(directory, pid)) {
    rmSync(lock, { force: true });
    return undefined;
  }
  await stopServer(pid);
  return pid;
}

/** Stops a server: at once but orderly (fast shutdown), then without ceremony; recovery repairs that at its next start. */
export async function stopServer(pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  if (await waitForExit(pid, 20_000)) return;
  signal(pid, 'SIGQUIT');
  if (await waitForExit(pid, 6_000)) return;
  signal(pid, 'SIGKILL');
  await waitForExit(pid, 2_000);
}

/** Reads the process number out of postmaster.pid: its first line. */
export function lockHolder(lock: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(lock, 'utf8'), 10);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isServerOf(directory: string, pid: number): boolean {
  const words = processCommand(pid) ?? '';
  return words.includes('postgres') && words.includes(`-D ${directory} `);
}
