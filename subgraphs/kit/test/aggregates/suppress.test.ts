import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { defaultSmallestCount as smallestCount, suppress } from '../../src/aggregates/suppress.js';
import { areaOf, sum, within, type Area } from '../../src/aggregates/table.js';
import { bounds, type Known } from './attack.js';

const leaf = (code: string, ...cells: number[]): Area => ({ code, counts: { base: sum(cells), cells }, parts: [] });
const totals = (root: Area) => suppress(root, smallestCount, { baseKnown: () => false });

test('a table without small counts is published whole, with its zeros', () => {
  expect([...suppress(areaOf('city', [leaf('a', 0, 5), leaf('b', 12, 7)]), smallestCount)]).toEqual([]);
});

test('a small count takes the smallest sister with it, so that it cannot be subtracted', () => {
  const table = areaOf('city', [leaf('a', 3), leaf('b', 90), leaf('c', 20), leaf('d', 40)]);
  expect([...totals(table)].sort()).toEqual(['a', 'c']);
});

test('small sisters that are few together take one more', () => {
  const table = areaOf('city', [leaf('a', 1), leaf('b', 2), leaf('c', 20), leaf('d', 40)]);
  expect([...totals(table)].sort()).toEqual(['a', 'b', 'c']);
});

test('an only part of an area takes the area with it', () => {
  const small = areaOf('s', [leaf('s1', 3)]);
  expect([...totals(areaOf('city', [small, areaOf('t', [leaf('t1', 30)])]))].sort()).toEqual(['s', 's1', 't', 't1']);
});

test('an area whose people are all alike does not protect its sister', () => {
  const table = areaOf('city', [leaf('a', 2, 30), leaf('b', 0, 20), leaf('c', 25, 25)]);
  expect([...suppress(table, smallestCount)].sort()).toEqual(['a', 'b', 'c']);
});

const leaves = (columns: number) =>
  fc.array(
    fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 40 })), {
      minLength: columns,
      maxLength: columns,
    }),
    { minLength: 1, maxLength: 4 },
  );

/** A city of districts, streets and communities. */
function cityOf(districts: number[][][][]): Area {
  return areaOf(
    'city',
    districts.map((streets, d) =>
      areaOf(
        `${d}`,
        streets.map((communities, s) =>
          areaOf(
            `${d}${s}`,
            communities.map((cells, c) => leaf(`${d}${s}${c}`, ...cells)),
          ),
        ),
      ),
    ),
  );
}

const cities = (columns: number) =>
  fc
    .array(fc.array(leaves(columns), { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 3 })
    .map(cityOf)
    .filter(({ counts }) => counts.cells.every((cell) => cell === 0 || cell >= smallestCount));

/** Tries to compute every small count from all that is published: bases, cells, and those of the whole city. */
function attack(city: Area, withheld: ReadonlySet<string>, baseKnown: (code: string) => boolean): void {
  const areas = [...within(city)];
  const communities = areas.filter(({ parts }) => parts.length === 0);
  const columns = city.counts.cells.map((_, j) => j);
  const unknown = (area: Area, wanted: readonly number[]) =>
    [...within(area)]
      .filter(({ parts }) => parts.length === 0)
      .flatMap((each) => wanted.map((j) => communities.indexOf(each) * columns.length + j));
  const known = areas.flatMap((area): Known[] => [
    ...(baseKnown(area.code) ? [{ unknowns: unknown(area, columns), sum: area.counts.base }] : []),
    ...columns
      .filter(() => !withheld.has(area.code))
      .map((j) => ({ unknowns: unknown(area, [j]), sum: area.counts.cells[j]! })),
  ]);
  for (const area of areas) {
    for (const j of columns) {
      const cell = area.counts.cells[j]!;
      if (cell === 0 || cell >= smallestCount) continue;
      expect(withheld.has(area.code)).toBe(true);
      const [low, high] = bounds(communities.length * columns.length, known, unknown(area, [j]));
      expect(high - low).toBeGreaterThanOrEqual(smallestCount - 1e-6);
    }
  }
}

test('no small total can be computed from all other totals, to within five', () => {
  fc.assert(
    fc.property(cities(1), (city) => attack(city, totals(city), () => false)),
    { numRuns: 100 },
  );
});

test('no small part can be computed from all other parts and from all totals, to within five', () => {
  fc.assert(
    fc.property(cities(3), (city) => {
      const total = totals(areaTotals(city));
      const baseKnown = (code: string) => !total.has(code);
      attack(city, suppress(city, smallestCount, { also: total, baseKnown }), baseKnown);
    }),
    { numRuns: 40 },
  );
});

test('what is withheld is the same whatever order areas are in', () => {
  const reversed = ({ code, counts, parts }: Area): Area => ({ code, counts, parts: parts.map(reversed).reverse() });
  fc.assert(
    fc.property(cities(2), (city) => {
      expect([...suppress(reversed(city), smallestCount)].sort()).toEqual([...suppress(city, smallestCount)].sort());
    }),
    { numRuns: 300 },
  );
});

function areaTotals({ code, counts: { base }, parts }: Area): Area {
  return { code, counts: { base, cells: [base] }, parts: parts.map(areaTotals) };
}
