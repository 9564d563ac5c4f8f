import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { homeAt } from '../../src/launcher/home.js';
import type { Home } from '../../src/launcher/home.js';
import { writeJson } from '../../src/launcher/json-file.js';
import { acquireLock, lockHolder, ourselves } from '../../src/launcher/lock.js';
import { processStart } from '../../src/postgres/process.js';

let home: Home;

beforeEach(() => {
  home = homeAt(mkdtempSync(join(tmpdir(), 'linli-lock-')));
});

afterEach(() => rmSync(home.folder, { recursive: true, force: true }));

describe('the lock of a home', () => {
  test('is held by one launcher, and names it to the next', () => {
    const release = acquireLock(home);
    expect(lockHolder(home)).toEqual(ourselves());
    expect(() => acquireLock(home)).toThrow(`already running on ${home.folder} (process ${process.pid})`);
    release();
    expect(readdirSync(dirname(home.lock))).toEqual([]);
    acquireLock(home)();
  });

  test('of a dead launcher is taken over', async () => {
    const dead = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
    const started = processStart(dead.pid!)!;
    acquireLock(home)();
    writeJson(home.lock, { pid: dead.pid, started });
    expect(() => acquireLock(home)).toThrow(`process ${dead.pid}`);
    dead.kill('SIGKILL');
    await new Promise((resolve) => dead.once('exit', resolve));
    acquireLock(home)();
  });

  test('whose number belongs to another program by now is taken over', () => {
    acquireLock(home)();
    writeJson(home.lock, { pid: process.pid, started: 'at another time' });
    const release = acquireLock(home);
    expect(lockHolder(home)).toEqual(ourselves());
    release();
    expect(existsSync(home.lock)).toBe(false);
  });

  test('that holds no sense is taken over', () => {
    acquireLock(home)();
    writeJson(home.lock, 'torn');
    acquireLock(home)();
  });
});
