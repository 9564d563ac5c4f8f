import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { postgresFailed, postgresForeignDirectory, postgresOtherVersion } from '../errors.js';
import type { Binaries } from './binaries.js';
import type { RunAs } from './run-as.js';

/** The only version whose data directories this package can open. */
export const majorVersion = '18';

/** The role that owns everything in the embedded server. */
export const superuser = 'linli';

/**
 * Looks at a data directory without touching it.
 *
 * @returns `made` when databases can be opened, `missing` when there is none yet
 * @throws HubError when it holds something else, or databases of another version
 */
export function inspectDirectory(directory: string): 'made' | 'missing' {
  const versionFile = join(directory, 'PG_VERSION');
  if (existsSync(versionFile)) {
    const found = readFileSync(versionFile, 'utf8').trim();
    if (found !== majorVersion) throw postgresOtherVersion(directory, found, majorVersion);
    return 'made';
  }
  if (existsSync(directory) && readdirSync(directory).length > 0) throw postgresForeignDirectory(directory);
  return 'missing';
}

/**
 * Makes a new data directory (initdb). It grows under another name and is renamed when complete, so that a start that
 * was cut short leaves nothing that could be taken for a database; the next one throws the rest away.
 */
export async function makeDirectory(
  directory: string,
  password: string,
  log: string,
  binaries: Binaries,
  runAs: RunAs,
): Promise<void> {
  const unfinished = `${directory}.unfinished`;
  // The killed start's initdb may still be writing for a moment.
  rmSync(unfinished, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  mkdirSync(unfinished, { mode: 0o700 });
  const data = join(unfinished, 'data');
  const passwordFile = join(unfinished, 'password');
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (runAs.owner) {
    for (const path of [unfinished, data, passwordFile]) chownSync(path, runAs.owner.uid, runAs.owner.gid);
  }
  await initdb(data, passwordFile, log, binaries, runAs);
  rmSync(directory, { recursive: true, force: true });
  renameSync(data, directory);
  rmSync(unfinished, { recursive: true, force: true });
}

async function initdb(
  data: string,
  passwordFile: string,
  log: string,
  binaries: Binaries,
  runAs: RunAs,
): Promise<void> {
  const [command = '', ...rest] = [
    ...runAs.prefix,
    binaries.initdb,
    `--pgdata=${data}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  const child = spawn(command, rest, { uid: runAs.uid, gid: runAs.gid, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (text) => (said += String(text)));
  child.stderr.on('data', (text) => (said += String(text)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return;
  appendFileSync(log, said, { mode: 0o600 });
  const lines = said.trim().split('\n');
  throw postgresFailed(
    lines.find((line) => /error|fatal/i.test(line)) ?? lines.at(-1) ?? `initdb ended with ${code}`,
    log,
  );
}
