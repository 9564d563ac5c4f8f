import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestHub } from '../support/hub.js';
import { startTestHub } from '../support/hub.js';

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

test('SIGHUP has the supergraph and the operations read again, and the process serves on', async () => {
  const operations = `${hub.supergraph}.operations.json`;
  await writeFile(operations, JSON.stringify({ anything: '{ anything { __typename } }' }));
  const child = fork(program, {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      LINLI_ISSUER: hub.issuer.url,
      LINLI_ASSERTION_KEY_FILE: hub.assertionKeyFile,
      LINLI_SUPERGRAPH: hub.supergraph,
      LINLI_POLICIES: hub.policies,
      LINLI_OPERATIONS: operations,
    },
    silent: true,
    execArgv: [],
  });
  let lines: Record<string, unknown>[] = [];
  let text = '';
  child.stderr!.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    // What follows the last line end is not whole yet.
    const whole = text.split('\n').slice(0, -1);
    lines = whole.map((line) => JSON.parse(line) as Record<string, unknown>);
  });
  const said = async (msg: string) => {
    while (!lines.some((line) => String(line['msg']).startsWith(msg))) await once(child.stderr!, 'data');
  };
  try {
    const [{ url }] = (await once(child, 'message')) as [{ url: string }];
    const supergraph = await readFile(hub.supergraph, 'utf8');
    await writeFile(hub.supergraph, supergraph.replaceAll('anything:', 'whatever:'));
    await said('refused another supergraph');
    expect(lines.at(-1)).toMatchObject({
      level: 'error',
      reason: expect.stringContaining('The supergraph breaks the operation anything') as unknown,
    });
    // Nothing watches the operations: the text that was refused stays refused until the signal.
    await writeFile(operations, JSON.stringify({ whatever: '{ whatever { __typename } }' }));
    child.kill('SIGHUP');
    await said('serving another supergraph');
    expect((await fetch(`${url}/health`)).status).toBe(200);
  } finally {
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  }
});
