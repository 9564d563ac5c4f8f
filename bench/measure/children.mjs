import { fork } from 'node:child_process';
import { once } from 'node:events';
import { clearTimeout, setTimeout } from 'node:timers';

const startWithinMs = 60_000;
const answerWithinMs = 120_000;

/**
 * Starts one of the benchmark's processes and waits until it is ready.
 *
 * @param file module to run
 * @param settings JSON that the module reads from its first argument
 * @returns what it said when it was ready, and `ask(message)` which resolves with its answer
 */
export async function start(file, settings = {}) {
  const child = fork(file, [JSON.stringify(settings)], {
    env: { ...process.env, NODE_ENV: 'bench' },
    // What peers log would only be noise; what they fail with must be seen.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  let complaints = '';
  child.stderr.on('data', (data) => (complaints = (complaints + data).slice(-2000)));
  const pending = new Map();
  const fail = (code) => {
    const error = new Error(`${file.pathname} ended with code ${code}: ${complaints}`);
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };
  const expect = (id, ms) =>
    new Promise((resolve, reject) => {
      const late = () => reject(new Error(`${file.pathname} did not answer within ${ms} ms. ${complaints}`));
      const timer = setTimeout(late, ms);
      pending.set(id, { resolve: (value) => (clearTimeout(timer), resolve(value)), reject });
    });
  child.on('message', (message) => {
    const id = message.id ?? message.type;
    pending.get(id)?.resolve(message);
    pending.delete(id);
  });
  child.on('exit', fail);
  const told = await expect('ready', startWithinMs);
  let last = 0;
  return {
    ...told,
    ask(message) {
      const id = ++last;
      child.send({ ...message, id });
      return expect(id, answerWithinMs);
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}
