import { describe, expect, test } from '@jest/globals';
import { Writable } from 'node:stream';
import { createReporter, progressText } from '../../src/launcher/reporter.js';

class Screen extends Writable {
  written = '';
  columns = 30;

  constructor(readonly isTTY?: boolean) {
    super();
  }

  override _write(chunk: unknown, _encoding: string, done: () => void): void {
    this.written += String(chunk);
    done();
  }
}

describe('progress', () => {
  test('is told as text with grouped numbers', () => {
    expect(progressText({ text: 'seeding residents', done: 12_000, total: 20_000 })).toBe(
      'seeding residents 12,000 / 20,000',
    );
    expect(progressText({ text: 'seeding', done: 5 })).toBe('seeding 5');
    expect(progressText({ text: 'migrating' })).toBe('migrating');
  });

  test('in a file is one line a change of state, and progress not all the time', () => {
    const screen = new Screen();
    const reporter = createReporter(screen);
    reporter.status('health', 'starting', 'state');
    reporter.status('health', 'seeding 1', 'progress');
    reporter.status('housing', 'seeding 1', 'progress');
    reporter.status('health', 'seeding 2', 'progress');
    reporter.status('health', 'ready', 'state');
    reporter.line('Done.');
    expect(screen.written).toBe('health: starting\nhealth: seeding 1\nhousing: seeding 1\nhealth: ready\nDone.\n');
  });

  test('in a terminal is one line a service, rewritten in place and never wider than it', () => {
    const screen = new Screen(true);
    const reporter = createReporter(screen);
    reporter.status('health', 'starting', 'state');
    reporter.status('housing', '正在写入居民的住房与租赁登记', 'progress');
    screen.written = '';
    reporter.status('health', 'ready', 'state');
    // 29 columns less 11 for the name: nine characters of two columns each.
    expect(screen.written).toBe('\u001b[2A\u001b[0J  health   ready\n  housing  正在写入居民的住房\n');
  });
});
