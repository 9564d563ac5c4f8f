import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** Absolute path of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Folders of the departments, relative to the root, sorted. */
export function departmentFolders() {
  return subgraphFolders().filter((folder) => folder !== 'subgraphs/kit');
}

/** Folders of all workspaces that have a program to compile, each after those it depends on. */
export function workspaces() {
  return ['schema', 'subgraphs/kit', ...departmentFolders(), 'gateway', 'infra', 'cli'].filter((folder) =>
    containsTypeScript(join(root, folder, 'src')),
  );
}

function subgraphFolders() {
  const entries = readdirSync(join(root, 'subgraphs'), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => `subgraphs/${entry.name}`)
    .sort();
}

function containsTypeScript(folder) {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true }).some((name) => /\.tsx?$/.test(name));
}
