import { fork } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * One whole hub for all hub tests of this run: LINLI_TEST_HUB, JSON of {url, home, issuer}. The launcher stops it when
 * this process ends, however it ends, and a keeper then removes its data.
 */
export default async function startTestHub() {
  const home = mkdtempSync(join(tmpdir(), 'linli-test-hub-'));
  const keeper = fork(fileURLToPath(new URL('./hub-keeper.mjs', import.meta.url)), [home], {
    execArgv: [],
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      LINLI_HOME: home,
      LINLI_PORT: String(await freePort()),
      LINLI_RESIDENTS: '2000',
      LINLI_ISSUER: '',
      DATABASE_URL: '',
      NODE_OPTIONS: '',
    },
  });
  const ready = await new Promise((resolve, reject) => {
    keeper.once('message', resolve);
    keeper.once('exit', (code) => reject(new Error(`The test hub could not start (exit code ${code}), see above.`)));
  });
  keeper.unref();
  keeper.channel.unref();
  process.env.LINLI_TEST_HUB = JSON.stringify({ url: ready.url, home, issuer: ready.issuer });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
