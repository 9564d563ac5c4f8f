import { availableParallelism } from 'node:os';

const most = 128;

/** What a number of workers may be, for people. */
export const workersRule = `must be a number of processes, 1 to ${most}, or auto`;

/** The number of processes that a setting asks for, `auto` being one for each processor; undefined where it asks for none. */
export function parseWorkers(text: string): number | undefined {
  if (text === 'auto') return Math.min(availableParallelism(), most);
  return /^[1-9]\d{0,2}$/.test(text) && Number(text) <= most ? Number(text) : undefined;
}
