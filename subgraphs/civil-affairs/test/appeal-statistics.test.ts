import { describe, expect, test } from '@jest/globals';
import { geography } from '@linli/schema/geography';
import fc from 'fast-check';
import { upperTail } from '../src/appeals/binomial.js';
import { defaultRules } from '../src/appeals/defaults.js';
import { discoveries } from '../src/appeals/false-discovery.js';
import { clusters, type Counts } from '../src/appeals/weak-signal.js';
import type { AppealCategory } from '../src/generated/graphql.js';

const categories = Object.keys(defaultRules) as AppealCategory[];
const codes = geography.communities.map(({ code }) => code);

describe('the binomial tail', () => {
  test.each([
    [0, 10, 0.3, 1],
    [1, 1, 0.25, 0.25],
    [2, 2, 0.5, 0.25],
    [1, 3, 0.5, 0.875],
    [8, 10, 0.5, 56 / 1024],
    [11, 10, 0.5, 0],
    [3, 10, 0, 0],
    [3, 10, 1, 1],
  ])('of %i or more in %i at %d is %d', (successes, trials, chance, tail) => {
    expect(upperTail(successes, trials, chance)).toBeCloseTo(tail, 12);
  });

  test('keeps its digits far out', () => {
    expect(upperTail(40, 40, 1e-6) / 1e-240).toBeCloseTo(1, 9);
  });

  test('agrees with the sum of the probabilities', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.nat(40),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (n, k, p) => {
          let sum = 0;
          for (let i = k; i <= n; i++) sum += choose(n, i) * p ** i * (1 - p) ** (n - i);
          expect(upperTail(k, n, p)).toBeCloseTo(Math.min(1, sum), 9);
        },
      ),
    );
  });
});

describe('the false discovery rate', () => {
  test('the example of Benjamini and Hochberg, 1995, has four discoveries', () => {
    const pValues = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ];
    expect(discoveries(pValues, 15, 0.05).filter(Boolean)).toHaveLength(4);
  });

  test('what is not listed counts as tested', () => {
    expect(discoveries([0.001], 10, 0.05)).toEqual([true]);
    expect(discoveries([0.001], 1000, 0.05)).toEqual([false]);
    expect(discoveries([], 1000, 0.05)).toEqual([]);
  });
});

describe('clusters', () => {
  const quiet = (category: AppealCategory): Counts[] =>
    codes.map((communityCode, i) => ({ communityCode, category, now: i % 8 === 0 ? 1 : 0, before: 1 }));
  const of = (communityCode: string, category: AppealCategory, now: number, before: number): Counts => ({
    communityCode,
    category,
    now,
    before,
  });

  test('ten in a week where there was one in eight are one', () => {
    const counts = [...quiet('NOISE').slice(1), of(codes[0]!, 'NOISE', 10, 1)];
    expect(clusters(counts)).toMatchObject([{ communityCode: codes[0], category: 'NOISE', now: 10 }]);
  });

  test('two are none, however quiet it was', () => {
    expect(clusters([of(codes[0]!, 'NOISE', 2, 0)])).toEqual([]);
  });

  test('a place that always complains so much is none', () => {
    expect(clusters([...quiet('NOISE').slice(1), of(codes[0]!, 'NOISE', 10, 80)])).toEqual([]);
  });

  test('a week in which the whole city complains warns nobody', () => {
    const storm = codes.map((code) => of(code, 'ENVIRONMENT', 10, 8));
    expect(clusters(storm)).toEqual([]);
  });

  test('says what was expected, the more of both', () => {
    const [found] = clusters([...quiet('NOISE').slice(1), of(codes[0]!, 'NOISE', 12, 8)]);
    expect(found!.expected).toBeCloseTo(1, 5);
    expect(found!.pValue).toBeLessThan(1e-4);
  });

  test('weeks at random warn falsely in no more than the bound says', () => {
    let seed = 7;
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
    const poisson = (mean: number) => {
      let count = 0;
      for (let product = random(); product > Math.exp(-mean); product *= random()) count++;
      return count;
    };
    let warned = 0;
    const weeks = 60;
    for (let week = 0; week < weeks; week++) {
      const counts = codes.flatMap((code, i) =>
        categories.map((category) =>
          of(code, category, poisson(0.2 + (i % 10) / 10), poisson(8 * (0.2 + (i % 10) / 10))),
        ),
      );
      if (clusters(counts).length > 0) warned++;
    }
    // With nothing to find every warning is false, and the rate bounds how many weeks have one.
    expect(warned / weeks).toBeLessThanOrEqual(0.1);
  });
});
