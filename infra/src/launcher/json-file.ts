import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

/**
 * Writes a JSON file so that a reader, or a start after a power cut, finds either all of it or the former one.
 *
 * @param mode permissions; readable by its owner alone unless told
 */
export function writeJson(path: string, value: unknown, mode = 0o600): void {
  const unfinished = `${path}.${process.pid}`;
  const file = openSync(unfinished, 'w', mode);
  try {
    writeSync(file, `${JSON.stringify(value, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
}

/** Reads a JSON file; undefined when it is missing or no JSON. What it holds is for the caller to check. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
