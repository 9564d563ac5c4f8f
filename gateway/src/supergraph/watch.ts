import type { FSWatcher } from 'node:fs';
import { realpathSync, watch } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Milliseconds without a further change after which a file counts as written, and after which it is read anyway. */
const quiet = 100;
const patience = 1000;

/**
 * Calls back when a file may have changed: its text is for the caller to compare. Watches folders and not the file,
 * because editors and container platforms put another file in its place; where the file is a symbolic link, the folder
 * of what it leads to as well. Several changes at once are one call.
 *
 * @param failed told why a folder cannot be watched: the file can still be read on demand
 * @returns ends the watch
 */
export function watchFile(file: string, changed: () => void, failed: (detail: string) => void): () => void {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let firstChange = 0;

  const drop = (folder: string) => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const arm = () => {
    const folders = foldersOf(file);
    for (const folder of watchers.keys()) if (!folders.has(folder)) drop(folder);
    for (const folder of folders) {
      if (watchers.has(folder)) continue;
      try {
        const watcher = watch(folder, { persistent: false }, later);
        watcher.on('error', (error) => {
          drop(folder);
          failed(String(error));
        });
        watchers.set(folder, watcher);
      } catch (error) {
        failed(String(error));
      }
    }
  };
  const later = () => {
    const now = Date.now();
    if (timer) clearTimeout(timer);
    else firstChange = now;
    timer = setTimeout(
      () => {
        timer = undefined;
        arm();
        changed();
      },
      Math.max(0, Math.min(quiet, firstChange + patience - now)),
    ).unref();
  };

  arm();
  return () => {
    clearTimeout(timer);
    for (const folder of [...watchers.keys()]) drop(folder);
  };
}

function foldersOf(file: string): Set<string> {
  const path = resolve(file);
  const folders = new Set([dirname(path)]);
  try {
    folders.add(dirname(realpathSync(path)));
  } catch {
    // The file is missing for now; its folder tells when it comes.
  }
  return folders;
}
