import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { TestHub } from './hub.js';

/** The gateway's program, as it is built. */
export const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Variables that a gateway over a test hub's departments needs. */
export function settingsFor(hub: TestHub): Record<string, string> {
  return {
    PORT: '0',
    LINLI_ISSUER: hub.issuer.url,
    LINLI_ASSERTION_KEY_FILE: hub.assertionKeyFile,
    LINLI_SUPERGRAPH: hub.supergraph,
    LINLI_POLICIES: hub.policies,
  };
}

export interface Service {
  child: ChildProcess;
  /** Every message it sends to its launcher, in their order. */
  messages: unknown[];
  ready: Promise<{ type: string; url: string }>;
  exit: Promise<{ code: number | null; lines: Record<string, unknown>[] }>;
  /** The lines it has logged by now. */
  logged: () => Record<string, unknown>[];
}

/** Starts the gateway's program with these variables, and nothing else of the environment but the path. */
export function startService(env: Record<string, string>, args: readonly string[] = []): Service {
  const child = fork(program, args, { env: { PATH: process.env['PATH'], ...env }, silent: true, execArgv: [] });
  const messages: unknown[] = [];
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ready = new Promise<{ type: string; url: string }>((resolve) =>
    child.on('message', (message) => {
      messages.push(message);
      resolve(message as { type: string; url: string });
    }),
  );
  const logged = () =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const exit = Promise.all([once(child, 'exit'), once(child.stderr as Readable, 'end')]).then(([[code]]) => ({
    code: code as number | null,
    lines: logged(),
  }));
  return { child, messages, ready, exit, logged };
}
