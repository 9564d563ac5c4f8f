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
    const kindergartens = await rows<{ code: string }>(
      'SELECT community_code AS code FROM kindergarten WHERE has_nursery_class',
    );
    const schools = await rows<{ code: string }>('SELECT community_code AS code FROM community_school');
    const activities = await rows<{ at: Date; kind: string; state: string }>(
      'SELECT starts_at AS at, kind, state FROM activity',
    );
    const inShenzhen = (time: Date) => new Date(time.getTime() + 8 * 3_600_000);
    const now = inShenzhen(new Date());
    const monday = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - ((now.getUTCDay() + 6) % 7));
    const thisWeek = activities.filter(({ at, kind, state }) => {
      const days = (inShenzhen(at).getTime() - monday) / 86_400_000;
      return kind === 'SPORTS' && state !== 'CANCELLED' && days >= 0 && days < 7;
    });
    const least = (places: readonly { code: string }[], found: readonly { code: string }[]) =>
      Math.min(...places.map(({ code }) => found.filter((each) => each.code.startsWith(code)).length));
    expect(await quantitiesTold(service, 'educationValue')).toEqual({
      q07: least(geography.streets, kindergartens),
      q09: kindergartens.length,
      q19: least(geography.communities, schools),
      q27: thisWeek.length,
    });
  });
});
