import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { homeAt } from '../../src/launcher/home.js';
import type { Home } from '../../src/launcher/home.js';
import { assignPorts } from '../../src/launcher/ports.js';

let home: Home;

beforeAll(() => {
  home = homeAt(mkdtempSync(join(tmpdir(), 'linli-ports-')));
  mkdirSync(dirname(home.ports), { recursive: true });
});

afterAll(() => rmSync(home.folder, { recursive: true, force: true }));

test('services keep their ports, none twice, and yield one that somebody else has taken', async () => {
  const names = ['postgres', 'health', 'housing'];
  const first = await assignPorts(home, names, []);
  expect(new Set(first.values()).size).toBe(3);
  expect(await assignPorts(home, names, [])).toEqual(first);

  const other = createServer().listen(first.get('health'), '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const second = await assignPorts(home, names, []);
  await new Promise((resolve) => other.close(resolve));
  expect(second.get('health')).not.toBe(first.get('health'));
  expect(second.get('housing')).toBe(first.get('housing'));

  const third = await assignPorts(home, names, [second.get('postgres')!]);
  expect(third.get('postgres')).not.toBe(second.get('postgres'));
});

test('a torn file of ports is no obstacle', async () => {
  writeFileSync(home.ports, '{"health":');
  expect((await assignPorts(home, ['health'], [])).size).toBe(1);
});
