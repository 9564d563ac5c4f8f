import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Holds the launcher of a test hub: stops it when the tests are over, and removes its data. */
const [, , home] = process.argv;
const program = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));
const launcher = fork(program, ['dev'], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });

launcher.once('message', (ready) => process.send?.(ready));
launcher.once('exit', (code) => {
  rmSync(home, { recursive: true, force: true });
  process.exit(code ?? 1);
});
const stop = () => launcher.kill('SIGTERM');
process.once('disconnect', stop);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
