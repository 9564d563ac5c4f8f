import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * One PostgreSQL for all department tests of this run: LINLI_TEST_DATABASE_URL, a role that may create databases.
 * It belongs to a process of its own, which stops it and removes its data as soon as this one is gone, however it ends.
 */
export default async function startTestPostgres() {
  const keeper = fork(fileURLToPath(new URL('./postgres-keeper.mjs', import.meta.url)), {
    execArgv: [],
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  process.env.LINLI_TEST_DATABASE_URL = await new Promise((resolve, reject) => {
    keeper.once('message', (message) => (message.url ? resolve(message.url) : reject(new Error(message.error))));
    keeper.once('exit', (code) => reject(new Error(`The test database could not start (exit code ${code}).`)));
  });
  keeper.unref();
  keeper.channel.unref();
}
