import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cityTable } from '@linli/kit/aggregates/geography';
import { withheldResidents } from '@linli/kit/aggregates/residents';
import { households } from '@linli/kit/population/households';
import { defaultSeed } from '@linli/kit/seeding/seed';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { geography } from '@linli/schema/geography';
import { subgraph } from '../src/subgraph.js';

const residents = 20_000;

/** Households and people of each community, as every department knows them. */
const counted = new Map<string, { total: number; households: number }>();
for (const { communityCode, members } of households({ residents, seed: defaultSeed })) {
  const known = counted.get(communityCode) ?? { total: 0, households: 0 };
  counted.set(communityCode, { total: known.total + members.length, households: known.households + 1 });
}
const countsOf = (code: string) => counted.get(code) ?? { total: 0, households: 0 };
const codes = geography.communities.map(({ code }) => code);

interface Summary {
  occupiedUnits: number | null;
  suppressed: boolean;
}

let service: TestSubgraph;
let summaries: Map<string, Summary>;

async function ask(communities: string[]): Promise<Summary[]> {
  const { data } = await service.query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Community { housingSummary { occupiedUnits suppressed } } } }`,
    { r: communities.map((code) => ({ __typename: 'Community', code })) },
  );
  return data._entities.map(({ housingSummary }: { housingSummary: Summary }) => housingSummary);
}

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents });
  const answers = await ask(codes);
  summaries = new Map(codes.map((code, i) => [code, answers[i]!]));
});

afterAll(() => service.close());

test('lived-in homes are told of exactly the communities whose households civil affairs tells', () => {
  const withheld = withheldResidents(countsOf, 5, cityTable).households;
  const hidden = codes.filter((code) => withheld.has(code));
  expect(hidden.length).toBeGreaterThan(0);
  expect(hidden.length).toBeLessThan(codes.length);
  for (const code of codes) {
    const expected = withheld.has(code)
      ? { occupiedUnits: null, suppressed: true }
      : { occupiedUnits: countsOf(code).households, suppressed: false };
    expect([code, summaries.get(code)]).toEqual([code, expected]);
  }
});

test('a withheld number cannot be subtracted from what civil affairs tells of its street', () => {
  const withheld = withheldResidents(countsOf, 5, cityTable).households;
  for (const street of geography.streets.filter(({ code }) => !withheld.has(code))) {
    const parts = codes.filter((code) => code.startsWith(street.code));
    const hidden = parts.filter((code) => summaries.get(code)!.occupiedUnits === null);
    const rest = hidden.reduce((sum, code) => sum + countsOf(code).households, 0);
    expect(hidden.length).not.toBe(1);
    expect(rest === 0 || rest >= 5).toBe(true);
  }
});

test('asking for one community gives what asking for all gave', async () => {
  expect(await ask([codes[0]!])).toEqual([summaries.get(codes[0]!)]);
});
