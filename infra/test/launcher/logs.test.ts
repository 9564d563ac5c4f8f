import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastWords, logSize } from '../../src/launcher/logs.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-logs-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function wordsOf(text: string, from = 0): string | undefined {
  const file = join(folder, 'service.log');
  writeFileSync(file, text);
  return lastWords(file, from);
}

describe('the last words of a service', () => {
  test('are the message of its last error, whatever it said after', () => {
    const lines = [
      { level: 'info', msg: 'starting' },
      { level: 'error', msg: 'PORT must be a port' },
      { level: 'info', msg: 'stopping' },
    ];
    expect(wordsOf(lines.map((line) => JSON.stringify(line)).join('\n'))).toBe('PORT must be a port');
  });

  test('are the error of a crash, without its stack', () => {
    const crash = `file:///service.js:3
    throw new Error('boom');
          ^

Error: The register is not there
    at start (file:///service.js:3:11)
    at node:internal/main:1:1 {
  code: 'X'
}

Node.js v20.20.2
`;
    expect(wordsOf(crash)).toBe('Error: The register is not there');
  });

  test('count from where this start began', () => {
    const before = '{"level":"error","msg":"an old fault"}\n';
    expect(wordsOf(`${before}plain farewell\n`, before.length)).toBe('plain farewell');
    expect(wordsOf(before, before.length)).toBeUndefined();
  });

  test('are none where there is no log', () => {
    expect(lastWords(join(folder, 'no.log'), 0)).toBeUndefined();
    expect(logSize(join(folder, 'no.log'))).toBe(0);
  });
});
