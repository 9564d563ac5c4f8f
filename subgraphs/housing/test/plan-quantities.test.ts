import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { quantitiesTold } from '@linli/kit/testing/plan-quantities';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
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
    const assessments = await rows<{ project: string; year: number; near: boolean; green: boolean; park: boolean }>(
      'SELECT project_id AS project, year, within_15_minutes AS near, green, park_in_reach AS park FROM estate_assessment',
    );
    const estates = await rows<{ id: string }>('SELECT id FROM property_project');
    const latest = estates.flatMap(({ id }) =>
      assessments
        .filter(({ project }) => project === id)
        .sort((a, b) => b.year - a.year)
        .slice(0, 1),
    );
    expect(latest.length).toBeGreaterThan(0);
    const share = (holds: (each: (typeof latest)[number]) => boolean) =>
      expect.closeTo((latest.filter(holds).length * 100) / estates.length, 6);
    expect(await quantitiesTold(service, 'housingValue')).toEqual({
      q23: share(({ near }) => near),
      q24: share(({ green }) => green),
      q25: share(({ park }) => park),
    });
  });
});
