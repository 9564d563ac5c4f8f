import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runJob } from '@linli/kit/testing/jobs';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { settled } from './support/settled.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 3000 });
  await settled(service);
});

afterAll(() => service.close());

test('what platforms are told of a month is what the graph says, for the city and each district', async () => {
  const client = new Client({ connectionString: service.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ last: Date }>('SELECT max(accepted_at) AS last FROM appeal');
  await client.query("DELETE FROM _linli_job WHERE name = 'appeal-kpis'");
  await client.end();
  const [{ last }] = rows as [{ last: Date }];
  const before = (await eventsIn(service.databaseUrl)).length;
  expect(await runJob(subgraph, service.databaseUrl, 'appeal-kpis', last)).toBe(true);
  const told = (await eventsIn(service.databaseUrl)).slice(before);
  expect(told.length).toBeGreaterThan(1);

  const measures = `accepted responded responseRate answered confirmed resolutionRate rated unrated satisfied
    satisfactionRate suppressed`;
  for (const { type, key, data } of told) {
    const { place, period, ...figures } = data as Record<string, unknown>;
    expect([type, place]).toEqual(['AppealKpiReported', key]);
    const asked = `appealKpi(period: "${String(period)}") { ${measures} }`;
    const { data: answer } = await service.query(`{ districts { id ${asked} }
      city: appealKpi(place: "4403", period: "${String(period)}") { ${measures} } }`);
    const district = answer.districts.find(({ id }: { id: string }) => id === key);
    expect([key, period, figures]).toEqual([key, period, key === '4403' ? answer.city : district.appealKpi]);
  }
  expect(told.map(({ key }) => key)).toContain('4403');
});
