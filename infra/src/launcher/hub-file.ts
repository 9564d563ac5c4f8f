import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { subgraphs } from '@linli/schema/platforms';
import { hubNotRunning, serviceStuck, unknownService } from '../errors.js';
import { signal } from '../postgres/process.js';
import type { Home } from './home.js';
import { readJson } from './json-file.js';
import { lockHolder } from './lock.js';

const service = z.object({
  state: z.enum(['starting', 'ready', 'restarting', 'stopping', 'stopped']),
  pid: z.int().optional(),
  url: z.string().optional(),
});

const hubFile = z.object({
  /** The launcher. */
  pid: z.int(),
  port: z.int(),
  /** Where the gateway answers, without a path. */
  url: z.string(),
  issuer: z.string(),
  services: z.record(z.string(), service),
});

/** What runs where, as other programs may know it: `run/hub.json`. */
export type HubInfo = z.infer<typeof hubFile>;

/**
 * Reads what runs on a home.
 *
 * @throws HubError `HUB_NOT_RUNNING` also when only its file is left
 */
export function readHub(home: Home): HubInfo {
  const hub = hubFile.safeParse(readJson(home.hub));
  if (!hub.success || lockHolder(home)?.pid !== hub.data.pid) throw hubNotRunning(home.folder);
  return hub.data;
}

/** The services that can be taken down while the hub runs. */
export const stoppable: readonly string[] = [...subgraphs, 'identity', 'platforms'];

/** Whether a service is wanted down. */
export function isStopped(home: Home, name: string): boolean {
  return existsSync(join(home.stopped, name));
}

/**
 * Takes a service of a running hub down, or up again, and waits until it is so.
 *
 * @param limit seconds to wait
 * @throws HubError `UNKNOWN_SERVICE`, `HUB_NOT_RUNNING`, `SERVICE_STUCK`
 */
export async function want(home: Home, name: string, wanted: 'stopped' | 'started', limit = 60): Promise<void> {
  const running = Object.keys(readHub(home).services).filter((each) => stoppable.includes(each));
  if (!running.includes(name)) throw unknownService(name, running);
  const marker = join(home.stopped, name);
  if (wanted === 'started') rmSync(marker, { force: true });
  else {
    mkdirSync(home.stopped, { recursive: true });
    writeFileSync(marker, '');
  }
  signal(readHub(home).pid, 'SIGUSR2');
  const goal = wanted === 'started' ? 'ready' : 'stopped';
  const end = Date.now() + limit * 1000;
  while (readHub(home).services[name]?.state !== goal) {
    if (Date.now() > end) throw serviceStuck(name, wanted, limit);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
