import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const script = fileURLToPath(new URL('many-requests.mjs', import.meta.url));
const megabyte = 1024 * 1024;

interface Found {
  requests: number;
  complete: number;
  partial: number;
  cancelled: number;
  /** Answers that were none of these. */
  wrong: string[];
  before: { heapUsed: number; external: number };
  after: { heapUsed: number; external: number };
  /** Connections that the departments had when all requests were answered. */
  openAtEnd: number;
  /** Connections that the process had when everything was closed. */
  left: number;
}

test('50,000 requests, a fifth of them with faults: right answers, a flat heap, no connection left, no crash', async () => {
  // What is thrown or rejected and caught by nobody ends the process with a code, which rejects here.
  const args = ['--expose-gc', '--unhandled-rejections=strict', script, '50000'];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
  const found = JSON.parse(stdout) as Found;
  expect(stderr).toBe('');
  expect(found.wrong).toEqual([]);
  expect(found.requests).toBe(50_000);
  expect(found.complete).toBeGreaterThan(found.partial);
  expect(found.partial).toBeGreaterThan(1000);
  expect(found.cancelled).toBeGreaterThan(0);
  expect(found.after.heapUsed - found.before.heapUsed).toBeLessThan(8 * megabyte);
  expect(found.after.external - found.before.external).toBeLessThan(8 * megabyte);
  // 64 to each department, and those that replace the ones just given up.
  expect(found.openAtEnd).toBeLessThanOrEqual(2 * 64);
  expect(found.left).toBe(0);
}, 120_000);
