import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Installs the peers on first use: the hub itself needs none of them, so its own installation does not bring them. */
export function installPeers() {
  if (existsSync(new URL('node_modules/@graphql-hive/gateway-runtime', import.meta.url))) return;
  process.stderr.write('Installing the gateways to compare with into bench/node_modules, once.\n');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    process.stderr.write('They could not be installed. Run "npm ci" in bench/ to see why, then run this again.\n');
    process.exit(1);
  }
}
