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
    const facilities = await rows<{
      type: string;
      code: string;
      area: number;
      doctors: number;
      trackers: number;
      room: boolean;
    }>(
      'SELECT type, community_code AS code, area_m2 AS area, public_health_physicians AS doctors, epidemiologists AS trackers, counselling_room AS room FROM health_facility',
    );
    const nurseries = await rows<{ code: string; modes: boolean[] }>(
      'SELECT community_code AS code, ARRAY[full_day, half_day, hourly, temporary] AS modes FROM nursery',
    );
    const centres = facilities.filter(({ type }) => type === 'CENTRE');
    const hospitals = facilities.filter(({ type }) => type === 'HOSPITAL');
    const everyMode = geography.communities.filter(({ code }) =>
      [0, 1, 2, 3].every((mode) => nurseries.some((each) => each.code === code && each.modes[mode])),
    );
    const least = (numbers: number[]) => (numbers.length ? Math.min(...numbers) : null);
    expect(await quantitiesTold(service, 'healthValue')).toEqual({
      q08: (everyMode.length * 100) / geography.communities.length,
      q10: least(hospitals.map(({ area }) => area)),
      q11: hospitals.length,
      q12: least(centres.map(({ area }) => area)),
      q13: least(geography.communities.map(({ code }) => facilities.filter((each) => each.code === code).length)),
      q16: least(centres.map(({ doctors }) => doctors)),
      q17: least(centres.map(({ trackers }) => trackers)),
      q18: least(
        geography.streets.map(({ code }) => centres.filter((each) => each.room && each.code.startsWith(code)).length),
      ),
    });
  });
});
