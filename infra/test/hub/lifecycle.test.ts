import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { choosePort } from '../../src/postgres/ports.js';
import { signal } from '../../src/postgres/process.js';
import { launch, postgresOf, processesOf, survivors } from '../support/launched.js';
import type { Launched } from '../support/launched.js';
import { ask, testHub } from '../support/test-hub.js';

jest.setTimeout(300_000);

const program = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'linli-lifecycle-'));
const launched: Launched[] = [];

async function start(
  name: string,
  port?: number,
  residents = 500,
): Promise<{ hub: Launched; home: string; port: number }> {
  const home = join(folder, name);
  const chosen = port ?? (await choosePort());
  const hub = launch({ LINLI_RESIDENTS: String(residents) }, program, [
    'dev',
    '--home',
    home,
    '--port',
    String(chosen),
  ]);
  launched.push(hub);
  await hub.ready;
  return { hub, home, port: chosen };
}

/** @param port of a hub of these tests; the one that all of them share, if unsaid */
async function everybodyAnswers(port?: number): Promise<void> {
  const answer = await ask(
    `{ community(code: "440303001001") { name healthFacilities { totalCount } buildings { totalCount }
       policePosts { totalCount } schools { totalCount } } }`,
    undefined,
    port === undefined ? testHub.url : `http://127.0.0.1:${port}`,
  );
  expect(answer).toMatchObject({ status: 200, data: { community: { name: '大塘龙社区' } } });
  expect(answer.errors).toBeUndefined();
}

afterEach(async () => {
  for (const { process: launcher, exit } of launched.splice(0)) {
    launcher.kill('SIGTERM');
    await exit;
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a hub', () => {
  test('runs beside another, and Ctrl-C of one leaves the other and no process of its own', async () => {
    const one = await start('one');
    await Promise.all([everybodyAnswers(one.port), everybodyAnswers()]);
    const pids = processesOf(one.home);
    one.hub.process.kill('SIGINT');
    expect(await one.hub.exit).toBe(0);
    expect(await survivors(pids)).toEqual([]);
    await everybodyAnswers();
  });

  test('starts again after its launcher was killed, and again after every process was', async () => {
    const first = await start('one');
    const pids = processesOf(first.home);
    const postgres = postgresOf(first.home);
    first.hub.process.kill('SIGKILL');
    await first.hub.exit;
    expect(await survivors(pids.filter((pid) => !postgres.includes(pid)))).toEqual([]);

    const second = await start('one', first.port);
    await everybodyAnswers(second.port);
    for (const pid of processesOf(second.home)) signal(pid, 'SIGKILL');
    await second.hub.exit;

    const third = await start('one', first.port);
    await everybodyAnswers(third.port);
  });

  test('killed in the middle of its first seeding is mended by the next start', async () => {
    const home = join(folder, 'torn');
    const port = await choosePort();
    // A department that had less to seed may have done it, and remembers how many there were to be.
    const residents = 5000;
    const torn = launch({ LINLI_RESIDENTS: String(residents) }, program, [
      'dev',
      '--home',
      home,
      '--port',
      String(port),
    ]);
    launched.push(torn);
    while (!torn.output().includes('seeding')) await new Promise((resolve) => setTimeout(resolve, 10));
    torn.process.kill('SIGKILL');
    await torn.exit;
    await start('torn', port, residents);
    await everybodyAnswers(port);
  });
});
