import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { judge, linli } from './contenders.js';
import { operations } from './operations.js';
import { shop } from './fixtures/shop.js';

const universes = [shop];
const runs = Number(process.env['LINLI_DIFFERENTIAL_RUNS'] ?? 2000);

describe.each(universes.map((universe) => [universe.name, universe] as const))('%s', (_, universe) => {
  test('Linli answers random operations as one schema over the same data does', async () => {
    const right = judge(universe);
    const contender = linli(universe);
    let valid = 0;
    await fc.assert(
      fc.asyncProperty(operations(contender.schema), async (operation) => {
        fc.pre(validate(contender.schema, parse(operation.query)).length === 0);
        valid++;
        const [expected, answer] = await Promise.all([right(operation), contender(operation)]);
        expect(JSON.stringify(answer.data)).toBe(JSON.stringify(expected.data));
        expect(answer.errors.length > 0).toBe(expected.errors.length > 0);
      }),
      {
        numRuns: runs,
        seed: 1,
        maxSkipsPerRun: 1000,
        interruptAfterTimeLimit: 300_000,
        endOnFailure: !process.env['LINLI_SHRINK'],
      },
    );
    expect(valid).toBeGreaterThanOrEqual(runs);
  }, 600_000);
});
