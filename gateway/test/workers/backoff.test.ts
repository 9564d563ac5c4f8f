import { expect, test } from '@jest/globals';
import { Backoff } from '../../src/workers/backoff.js';

test('a worker that dies again and again is replaced later and later, up to a bound', () => {
  const backoff = new Backoff({ firstMs: 100, maximumMs: 1000, soundMs: 10_000 });
  expect([5, 5, 5, 5, 5, 5].map((lived) => backoff.after(lived))).toEqual([100, 200, 400, 800, 1000, 1000]);
});

test('one that ran well for a while is replaced at once', () => {
  const backoff = new Backoff({ firstMs: 100, maximumMs: 1000, soundMs: 10_000 });
  backoff.after(5);
  backoff.after(5);
  expect(backoff.after(10_000)).toBe(100);
  expect(backoff.after(9_999)).toBe(200);
});
