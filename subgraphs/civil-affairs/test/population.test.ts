import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import type { PopulationSummary } from '../src/queries/population.js';
import { subgraph } from '../src/subgraph.js';

interface Place {
  code: string;
  population: PopulationSummary;
  parts: Place[];
}

let service: TestSubgraph;
let districts: Place[];

const population = `population { total households elders eldersLivingAlone mobilityImpaired suppressed
  byAge { band count suppressed } }`;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 20_000 });
  const { data } = await service.query(
    `{ districts { code: id ${population} parts: streets { code ${population}
       communities(first: 200) { nodes { code ${population} } } } } }`,
  );
  districts = data.districts;
  for (const { parts } of districts) {
    for (const street of parts)
      street.parts = (street as unknown as { communities: { nodes: Place[] } }).communities.nodes;
  }
});

afterAll(() => service.close());

const numbers: ((summary: PopulationSummary) => number | null)[] = [
  ({ total }) => total,
  ({ households }) => households,
  ({ elders }) => elders,
  ({ eldersLivingAlone }) => eldersLivingAlone,
  ({ mobilityImpaired }) => mobilityImpaired,
  ...[0, 1, 2, 3, 4, 5].map(
    (i) =>
      ({ byAge }: PopulationSummary) =>
        byAge[i]!.count,
  ),
];

/** What is left of a place when its published parts are subtracted, with how many parts are not published. */
function* differences(place: Place, pick: (summary: PopulationSummary) => number | null): Generator<[number, number]> {
  const whole = pick(place.population);
  const parts = (place.parts ?? []).map((part) => pick(part.population));
  const hidden = parts.filter((part) => part === null).length;
  if (whole !== null) yield [whole - parts.reduce<number>((sum, part) => sum + (part ?? 0), 0), hidden];
  for (const part of place.parts ?? []) yield* differences(part, pick);
}

test('no published number of people is between 1 and 4', () => {
  const all = districts.flatMap((d) => [d, ...d.parts, ...d.parts.flatMap(({ parts }) => parts)]);
  expect(all).toHaveLength(11 + 78 + 822);
  const counts = all.flatMap((place) => numbers.map((pick) => pick(place.population)));
  expect(counts.filter((count) => count !== null && count > 0 && count < 5)).toEqual([]);
  expect(counts.filter((count) => count !== null).length).toBeGreaterThan(1000);
});

test('subtracting what is published from a total never leaves a single place, or a small number', () => {
  let hiddenSomewhere = 0;
  for (const pick of numbers) {
    for (const place of districts) {
      for (const [rest, hidden] of differences(place, pick)) {
        hiddenSomewhere += hidden;
        if (hidden === 0) continue;
        expect(hidden).toBeGreaterThan(1);
        expect(rest === 0 || rest >= 5).toBe(true);
      }
    }
  }
  expect(hiddenSomewhere).toBeGreaterThan(0);
});

test('a withheld place says so, and a published one gives all of it', () => {
  for (const { population } of districts.flatMap(({ parts }) => parts)) {
    const missing = numbers.some((pick) => pick(population) === null);
    expect(population.suppressed).toBe(missing);
    for (const { count, suppressed } of population.byAge) expect(suppressed).toBe(count === null);
  }
});

test('asking again, or for less, gives the same numbers', async () => {
  const street = districts[0]!.parts[0]!;
  const { data } = await service.query(`query ($code: ID!) { street(code: $code) { ${population} } }`, {
    code: street.code,
  });
  expect(data.street.population).toEqual(street.population);
});
