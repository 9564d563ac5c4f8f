import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { geography } from '@linli/schema/geography';
import { plan } from '@linli/schema/plan';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';

let service: TestSubgraph;
let database: Client;

beforeAll(async () => {
  service = await testSubgraph(subgraph);
  database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
}, 120_000);

afterAll(async () => {
  await database.end();
  await service.close();
});

async function rows<Row extends object>(text: string): Promise<Row[]> {
  return (await database.query<Row>(text)).rows;
}

/** What this department says of every quantity of the plan, by id; nothing of those that it does not know. */
async function values(field: string): Promise<Record<string, number>> {
  const representations = plan.quantities.map(({ id }) => ({ __typename: 'PlanQuantity', id }));
  const { data, errors } = await service.query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on PlanQuantity { id value: ${field} } } }`,
    { r: representations },
  );
  expect(errors).toBeUndefined();
  const told = data._entities as { id: string; value: number | null }[];
  return Object.fromEntries(told.flatMap(({ id, value }) => (value === null ? [] : [[id, value]])));
}

describe('quantities of the plan', () => {
  test('are what the rows of this department make, and no others', async () => {
    const versed = await rows<{ code: string }>(
      `SELECT community_code AS code FROM legal_helper WHERE kind = 'LEGALLY_VERSED'`,
    );
    const least = Math.min(
      ...geography.communities.map(({ code }) => versed.filter((each) => each.code === code).length),
    );
    expect(await values('publicSecurityValue')).toEqual({ q21: least });
    await database.query(`DELETE FROM legal_helper WHERE kind = 'LEGALLY_VERSED' AND community_code = $1`, [
      geography.communities.at(-1)!.code,
    ]);
    expect(await values('publicSecurityValue')).toEqual({ q21: 0 });
  });
});
