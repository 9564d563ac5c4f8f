import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { isFree } from '../postgres/ports.js';
import type { Home } from './home.js';
import { readJson, writeJson } from './json-file.js';

const portsFile = z.record(z.string(), z.int().min(1).max(65_535));

/**
 * Below the range from which systems lend ports to outgoing connections (32768 on Linux, 49152 on macOS): no such
 * connection can take a service's port while the service is down.
 */
const [lowest, highest] = [20_000, 32_000];

/**
 * A port for each service, the same as at the last start where nobody has taken it since.
 *
 * @param names services, in the order in which they choose
 * @param reserved ports that none may take
 */
export async function assignPorts(
  home: Home,
  names: readonly string[],
  reserved: readonly number[],
): Promise<ReadonlyMap<string, number>> {
  const known = portsFile.catch({}).parse(readJson(home.ports));
  const taken = new Set(reserved);
  const ports = new Map<string, number>();
  for (const name of names) {
    const port = await choose(known[name], taken);
    taken.add(port);
    ports.set(name, port);
  }
  writeJson(home.ports, { ...known, ...Object.fromEntries(ports) });
  return ports;
}

async function choose(preferred: number | undefined, taken: ReadonlySet<number>): Promise<number> {
  let port = preferred ?? randomInt(lowest, highest);
  while (taken.has(port) || !(await isFree(port))) port = randomInt(lowest, highest);
  return port;
}
