import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { quantitiesTold } from '@linli/kit/testing/plan-quantities';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { geography } from '@linli/schema/geography';
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

describe('quantities of the plan', () => {
  test('are what the rows of this department make, and no others', async () => {
    const versed = await rows<{ code: string }>(
      `SELECT community_code AS code FROM legal_helper WHERE kind = 'LEGALLY_VERSED'`,
    );
    const least = Math.min(
      ...geography.communities.map(({ code }) => versed.filter((each) => each.code === code).length),
    );
    expect(await quantitiesTold(service, 'publicSecurityValue')).toEqual({ q21: least });
    await database.query(`DELETE FROM legal_helper WHERE kind = 'LEGALLY_VERSED' AND community_code = $1`, [
      geography.communities.at(-1)!.code,
    ]);
    expect(await quantitiesTold(service, 'publicSecurityValue')).toEqual({ q21: 0 });
  });
});
