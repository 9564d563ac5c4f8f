import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Characters of a text that a snapshot holds at most: more than any answer has. */
const wholeTexts = '--heap-snapshot-string-limit=1000000';

/** A gateway whose memory can be looked into. */
export interface Inside {
  readonly url: string;
  /** Every text that it holds on to, in whatever cache, as key or as value. */
  held(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** @param folder where the snapshot is written */
export async function startInside(settings: object, folder: string): Promise<Inside> {
  const program = fileURLToPath(new URL('gateway-process.mjs', import.meta.url));
  const child = fork(program, [JSON.stringify(settings)], {
    execArgv: [wholeTexts],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    async held() {
      const file = join(folder, 'memory.heapsnapshot');
      child.send(file);
      await once(child, 'message');
      const { strings } = JSON.parse(await readFile(file, 'utf8')) as { strings: string[] };
      return strings;
    },
    async close() {
      const exit = once(child, 'exit');
      child.kill();
      await exit;
    },
  };
}
