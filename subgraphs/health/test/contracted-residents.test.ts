import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { geography } from '@linli/schema/geography';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';

let service: TestSubgraph;

/** One contract has run out everywhere; valid are six in every community, but two in the first one of the city. */
beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 100 });
  const client = new Client({ connectionString: service.databaseUrl });
  await client.connect();
  await client.query('DELETE FROM family_doctor_contract');
  await client.query(
    `INSERT INTO family_doctor_contract (id, resident_id, community_code, doctor_id, doctor, facility_id, package, signed_on, expires_on)
     SELECT 'c-' || c || n, 'r-' || c || n, c, 'd', '例', 'f', 'BASIC', '2020-01-01',
       CASE WHEN n = 0 THEN '2021-12-31'::date ELSE '9999-12-31' END
     FROM unnest($1::text[]) c, generate_series(0, 6) n WHERE n <= 2 OR c <> $2`,
    [geography.communities.map(({ code }) => code), geography.communities[0]!.code],
  );
  await client.end();
});

afterAll(() => service.close());

async function contracted(codes: readonly string[]): Promise<(number | null)[]> {
  const { data } = await service.query(
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Community { contractedResidents } } }',
    { r: codes.map((code) => ({ __typename: 'Community', code })) },
  );
  return data._entities.map((each: { contractedResidents: number | null }) => each.contractedResidents);
}

test('a community counts the residents whose contract has not run out', async () => {
  expect(await contracted([geography.communities.at(-1)!.code])).toEqual([6]);
});

test('a small number is withheld, and with it one more of its street, so that no total gives it away', async () => {
  const [first] = geography.communities;
  const street = geography.communities.filter(({ code }) => code.startsWith(first!.code.slice(0, 9)));
  const shown = await contracted(street.map(({ code }) => code));
  expect(shown[0]).toBeNull();
  expect(shown.filter((count) => count === null)).toHaveLength(2);
  expect(shown.filter((count) => count === 6)).toHaveLength(street.length - 2);
});
