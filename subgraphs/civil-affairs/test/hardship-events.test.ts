import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inbox } from '@linli/kit/events/inbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Pool } from 'pg';
import { openDatabase, type Database } from '../src/database.js';
import { hardshipConsumers } from '../src/events/hardship-signals.js';
import { subgraph } from '../src/subgraph.js';

let service: TestSubgraph;
let pool: Pool;
let client: Database;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 100 });
  pool = new Pool({ connectionString: service.databaseUrl });
  client = openDatabase(pool);
});

afterAll(async () => {
  await client.$disconnect();
  await pool.end();
  await service.close();
});

let number = 0;
const tell = async (department: string, type: string, data: object, id = `${department}:${++number}`) =>
  inbox(
    client,
    hardshipConsumers,
    () => undefined,
  )({
    id,
    department,
    type,
    key: 'k',
    data: { ...data },
    at: new Date().toISOString(),
  });
const leads = async (resident: string) => {
  const { data } = await service.query(
    '{ list: hardshipLeads(place: "440303001001", first: 200) { nodes { urgency resident { id } signals { source reason } } } }',
  );
  return data.list.nodes.filter((node: any) => node.resident?.id === resident);
};
const about = { residentId: 'demo-resident', communityCode: '440303001001' };

test('somebody whom a visit finds in need has a lead, which later visits join', async () => {
  await tell('public-security', 'ResidentNeedsHelp', { ...about, reason: 'LACK_OF_CARE' });
  await tell('public-security', 'ResidentNeedsHelp', { ...about, reason: 'HOUSING' });
  const found = await leads('demo-resident');
  expect(found).toHaveLength(1);
  expect(found[0].signals).toEqual([
    { source: 'GRID', reason: 'LACK_OF_CARE' },
    { source: 'GRID', reason: 'HOUSING' },
  ]);
});

test('an event that comes twice counts once, a reason nobody knows is another one, and other departments are not heard by its name', async () => {
  const needed = { ...about, residentId: 'demo-spouse', reason: 'unheard of' };
  await tell('public-security', 'ResidentNeedsHelp', needed, 'public-security:900');
  await tell('public-security', 'ResidentNeedsHelp', needed, 'public-security:900');
  await tell('health', 'ResidentNeedsHelp', needed);
  const [lead] = await leads('demo-spouse');
  expect(lead.signals).toEqual([{ source: 'GRID', reason: 'OTHER' }]);
});

test('an event about nobody known, or without a place, makes no lead', async () => {
  const before = (await service.query('{ list: hardshipLeads(place: "4403") { totalCount } }')).data.list.totalCount;
  await tell('public-security', 'ResidentNeedsHelp', { ...about, residentId: 'nobody' });
  await tell('public-security', 'ResidentNeedsHelp', { residentId: 'demo-child' });
  const after = (await service.query('{ list: hardshipLeads(place: "4403") { totalCount } }')).data.list.totalCount;
  expect(after).toBe(before);
});
