import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inbox } from '@linli/kit/events/inbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Pool } from 'pg';
import { platformEvents } from '../src/consumers/platform-events.js';
import { openDatabase, type Database } from '../src/database.js';
import { subgraph } from '../src/subgraph.js';
import { here } from './support/write.js';

let service: TestSubgraph;
let pool: Pool;
let client: Database;
let number = 0;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 500 });
  pool = new Pool({ connectionString: service.databaseUrl });
  client = openDatabase(pool);
});

afterAll(async () => {
  await client.$disconnect();
  await pool.end();
  await service.close();
});

/** Hands an event of the city's platforms to the department, as the bus would; twice, as it may. */
async function tell(type: string, data: object): Promise<void> {
  const event = {
    department: 'connectors',
    type,
    key: here,
    at: new Date().toISOString(),
    id: `connectors:${++number}`,
  };
  const handle = inbox(client, platformEvents, () => undefined);
  for (let i = 0; i < 2; i++) await handle({ ...event, data: { platform: 'shenpingan', community: here, ...data } });
}

test('what a platform reports becomes one event of the grid', async () => {
  await tell('GridEventReported', { id: 'in-1', kind: 'DISPUTE', occurredAt: new Date().toISOString() });
  const rows = await client.gridEvent.findMany({ where: { externalNo: 'in-1' } });
  expect(rows).toMatchObject([
    {
      kind: 'DISPUTE',
      source: 'CITY_PLATFORM',
      stage: 'FOUND',
      communityCode: here,
      title: '平安深圳平台推送：矛盾纠纷',
    },
  ]);
});

test('an alert of a device of the police opens an event, one of another device does not', async () => {
  const { id } = await client.surveillanceSite.findFirstOrThrow({ where: { communityCode: here, kind: 'ROAD' } });
  await tell('DeviceAlertRaised', { id: 'in-2', siteId: id, kind: 'FLOODING', occurredAt: new Date().toISOString() });
  const [alert] = await client.deviceAlert.findMany({ where: { siteId: id } });
  expect(await client.gridEvent.findUnique({ where: { id: alert!.eventId } })).toMatchObject({
    source: 'SENSOR',
    kind: 'WATER_AND_SLOPE',
    siteId: id,
  });
  const before = await client.deviceAlert.count();
  await tell('DeviceAlertRaised', {
    id: 'in-3',
    siteId: 'lift-1',
    kind: 'FLOODING',
    occurredAt: new Date().toISOString(),
  });
  await tell('DeviceAlertRaised', { id: 'in-4', siteId: id, kind: 'LIFT_STUCK', occurredAt: new Date().toISOString() });
  expect(await client.deviceAlert.count()).toBe(before);
});
