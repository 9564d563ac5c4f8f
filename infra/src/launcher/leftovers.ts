import { rmSync } from 'node:fs';
import { z } from 'zod';
import { processStart, signal, waitForExit } from '../postgres/process.js';
import type { Home } from './home.js';
import { readJson, writeJson } from './json-file.js';
import { processIdentity, stillRuns } from './lock.js';

const processesFile = z.array(processIdentity);

/** Notes which processes belong to this home, so that a start after a crash can find them. */
export function noteProcesses(home: Home, pids: readonly number[]): void {
  const known = pids.flatMap((pid) => {
    const started = processStart(pid);
    return started === undefined ? [] : [{ pid, started }];
  });
  writeJson(home.processes, known);
}

/**
 * Ends what a killed launcher left running. Services end by themselves when their launcher goes, but one that is busy
 * may take a while, and meanwhile holds its port and its database.
 *
 * @returns how many were still there
 */
export async function endLeftovers(home: Home): Promise<number> {
  const noted = processesFile.catch([]).parse(readJson(home.processes));
  const alive = noted.filter(stillRuns);
  await Promise.all(
    alive.map(async ({ pid }) => {
      signal(pid, 'SIGTERM');
      if (await waitForExit(pid, 6_000)) return;
      signal(pid, 'SIGKILL');
      await waitForExit(pid, 2_000);
    }),
  );
  rmSync(home.processes, { force: true });
  rmSync(home.hub, { force: true });
  return alive.length;
}
