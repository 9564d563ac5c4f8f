import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './layout.mjs';

const stampFile = join(root, '.build-stamp.json');

/** What each step's inputs looked like when it last succeeded, by the step's name. */
export function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
}

export function writeStamp(stamp) {
  const unfinished = `${stampFile}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(stamp, null, 2));
  renameSync(unfinished, stampFile);
}

/**
 * A hash over the names and contents of files, and over the version of Node.
 *
 * @param paths files and folders relative to the root; a missing one counts as empty
 * @param match which files of a folder count, by name; all if unset
 */
export function fingerprint(paths, match = /./) {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths.flatMap((each) => filesOf(each, match)).sort()) {
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}

function filesOf(path, match) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && match.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .filter((name) => !/(^|\/)(node_modules|dist)\//.test(name));
}
