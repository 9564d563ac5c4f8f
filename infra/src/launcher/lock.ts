import { linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { hubAlreadyRunning } from '../errors.js';
import { processStart } from '../postgres/process.js';
import { readJson, writeJson } from './json-file.js';
import type { Home } from './home.js';

/** A process, told from any later one with the same number by the moment it started. */
export const processIdentity = z.object({ pid: z.int().positive(), started: z.string() });

export type ProcessIdentity = z.infer<typeof processIdentity>;

/** This very process. */
export function ourselves(): ProcessIdentity {
  return { pid: process.pid, started: processStart(process.pid) ?? '' };
}

/** Whether that process still runs. */
export function stillRuns({ pid, started }: ProcessIdentity): boolean {
  return processStart(pid) === started;
}

/**
 * Takes the lock of a home for this process.
 *
 * @returns gives it back
 * @throws HubError `HUB_ALREADY_RUNNING` while another launcher lives; a dead one's lock is taken over
 */
export function acquireLock(home: Home): () => void {
  mkdirSync(dirname(home.lock), { recursive: true });
  const mine = `${home.lock}.${process.pid}`;
  writeJson(mine, ourselves());
  try {
    for (;;) {
      if (tryLink(mine, home.lock)) return () => release(home);
      const holder = lockHolder(home);
      if (holder) throw hubAlreadyRunning(home.folder, holder.pid);
      setAside(home.lock);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** The launcher that runs on a home, if one does. */
export function lockHolder(home: Home): ProcessIdentity | undefined {
  const holder = processIdentity.safeParse(readJson(home.lock));
  return holder.success && stillRuns(holder.data) ? holder.data : undefined;
}

/** A link appears with its contents, and fails when the name is taken: nobody ever reads half a lock. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes a dead launcher's lock. Between judging and removing, another launcher may have done the same and taken
 * the lock: then it is that one's which was moved, and it is put back.
 */
function setAside(lock: string): void {
  const aside = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  const moved = processIdentity.safeParse(readJson(aside));
  if (moved.success && stillRuns(moved.data)) tryLink(aside, lock);
  rmSync(aside, { force: true });
}

function release(home: Home): void {
  const holder = processIdentity.safeParse(readJson(home.lock));
  if (holder.success && holder.data.pid === process.pid) rmSync(home.lock, { force: true });
}
