import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { compareWithPrismaSchema } from '@linli/kit/testing/catalogue';
import { distinctCallers } from '@linli/kit/testing/role-callers';
import { openScopeCheck, type ScopeCheck } from '@linli/kit/testing/scope-check';
import { testSubgraph, type TestCaller, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { disclose } from './records.js';

let service: TestSubgraph;
let check: ScopeCheck;
let ids: string[];

const about = (residentId: string, ...relations: ('self' | 'guardian')[]): TestCaller => ({
  subject: { residentId },
  standing: { household: [], wards: residentId === 'demo-spouse' ? ['demo-child'] : [] },
  scope: { Disclosure: relations },
});

beforeAll(async () => {
  service = await testSubgraph(subgraph);
  ids = await disclose(service, [
    { at: '2026-03-01T08:00:00Z', whose: ['demo-resident', 'demo-child'], staff: 'demo-community-worker' },
    { at: '2026-03-02T08:00:00Z', whose: ['demo-resident'], reader: 'demo-resident', purpose: 'own-affairs' },
    {
      at: '2026-03-03T08:00:00Z',
      whose: ['demo-elder'],
      staff: 'demo-grid-worker',
      purpose: 'emergency',
      emergency: true,
      coordinate: 'Resident.phone',
      effect: 'FULL',
    },
    { at: '2026-03-04T08:00:00Z', whose: ['demo-child'], staff: 'demo-teacher', coordinate: 'SchoolPlacement.id' },
    { at: '2026-03-05T08:00:00Z', whose: [], staff: 'demo-community-worker', coordinate: 'Appeal.text' },
  ]);
  check = await openScopeCheck(service, subgraph);
});

afterAll(() => service.close());

test('migrations make exactly what schema.prisma describes', async () => {
  const schema = fileURLToPath(new URL('../prisma', import.meta.url));
  const { migrated, described } = await compareWithPrismaSchema(service.databaseUrl, schema);
  expect(described.length).toBeGreaterThan(30);
  expect(migrated).toEqual(described);
});

describe('who saw my data', () => {
  const nodes =
    'totalCount nodes { id at by { roles department } purpose legalBasis emergency own fields { coordinate effect } resident { id } }';

  test('is told the person, the newest first and without what they read themselves', async () => {
    const { data } = await service.query(`{ disclosuresOfMe { ${nodes} } }`, {}, about('demo-resident', 'self'));
    expect(data.disclosuresOfMe).toEqual({
      totalCount: 1,
      nodes: [
        {
          id: `${ids[0]}-0`,
          at: '2026-03-01T08:00:00.000Z',
          by: { roles: ['community-worker'], department: 'civil-affairs' },
          purpose: 'service-handling',
          legalBasis: '办理',
          emergency: false,
          own: false,
          fields: [{ coordinate: 'Resident.name', effect: 'MASKED' }],
          resident: { id: 'demo-resident' },
        },
      ],
    });
    const all = await service.query(
      '{ disclosuresOfMe(includeOwn: true) { nodes { id own } } }',
      {},
      about('demo-resident', 'self'),
    );
    expect(all.data.disclosuresOfMe.nodes).toEqual([
      { id: `${ids[1]}-0`, own: true },
      { id: `${ids[0]}-0`, own: false },
    ]);
  });

  test('is told a guardian of a ward, and nobody of anybody else', async () => {
    const query = 'query ($id: ID!) { disclosuresOf(residentId: $id) { totalCount nodes { id } } }';
    const asGuardian = about('demo-spouse', 'self', 'guardian');
    const ward = await service.query(query, { id: 'demo-child' }, asGuardian);
    expect(ward.data.disclosuresOf.nodes).toEqual([{ id: `${ids[3]}-0` }, { id: `${ids[0]}-1` }]);
    for (const id of ['demo-elder', 'demo-resident', 'nobody']) {
      const { data } = await service.query(query, { id }, asGuardian);
      expect(data.disclosuresOf).toEqual({ totalCount: 0, nodes: [] });
    }
  });

  test('has pages without gap or overlap', async () => {
    const page = async (after: string | null) => {
      const query =
        'query ($after: String) { disclosuresOfMe(first: 1, after: $after, includeOwn: true) { nodes { id } pageInfo { hasNextPage endCursor } } }';
      return (await service.query(query, { after }, about('demo-resident', 'self'))).data.disclosuresOfMe;
    };
    const first = await page(null);
    const second = await page(first.pageInfo.endCursor);
    expect([...first.nodes, ...second.nodes]).toEqual([{ id: `${ids[1]}-0` }, { id: `${ids[0]}-0` }]);
    expect([first, second].map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, false]);
  });

  test('is nothing to whoever is no resident', async () => {
    const { data } = await service.query('{ disclosuresOfMe { totalCount } }', {}, { scope: { Disclosure: ['self'] } });
    expect(data.disclosuresOfMe).toBeNull();
  });
});

describe('the whole record', () => {
  test.each([
    ['all of it, the newest first', {}, [4, 3, 2, 1, 0]],
    ['by whom it is about', { subject: 'demo-child' }, [3, 0]],
    ['by who read', { staff: 'demo-community-worker' }, [4, 0]],
    ['by purpose', { purpose: 'own-affairs' }, [1]],
    ['under break-glass', { emergency: true }, [2]],
    ['by what was shown', { coordinate: 'Resident.name' }, [1, 0]],
    ['from a time on, and until another', { from: '2026-03-02T08:00:00Z', until: '2026-03-04T08:00:00Z' }, [2, 1]],
    ['by two things', { subject: 'demo-resident', staff: 'demo-community-worker' }, [0]],
  ])('is read %s', async (_, filter, found) => {
    const query = 'query ($filter: DisclosureFilter) { disclosures(filter: $filter) { totalCount nodes { id } } }';
    const { data } = await service.query(query, { filter });
    expect(data.disclosures).toEqual({ totalCount: found.length, nodes: found.map((i) => ({ id: ids[i] })) });
  });

  test('tells of break-glass access what its officer reviews', async () => {
    const query = `{ emergencyDisclosures { totalCount nodes { id reader staffId caseNumber emergency { caseNumber until reason }
      rows entries { type whose rows fields { coordinate effect } } } } }`;
    expect((await service.query(query)).data.emergencyDisclosures).toEqual({
      totalCount: 1,
      nodes: [
        {
          id: ids[2],
          reader: 'sub-demo-grid-worker',
          staffId: 'demo-grid-worker',
          caseNumber: 'E-1',
          emergency: { caseNumber: 'E-1', until: '2026-03-03T09:00:00.000Z', reason: '老人摔倒' },
          rows: 1,
          entries: [
            {
              type: 'Resident',
              whose: ['demo-elder'],
              rows: 1,
              fields: [{ coordinate: 'Resident.phone', effect: 'FULL' }],
            },
          ],
        },
      ],
    });
    const { data } = await service.query('{ emergencyDisclosures(from: "2026-03-04T00:00:00Z") { totalCount } }');
    expect(data.emergencyDisclosures).toEqual({ totalCount: 0 });
  });

  test('says of what is sealed by whom it was seen, not of whom', async () => {
    const [id] = await disclose(service, [
      {
        at: '2025-01-01T08:00:00Z',
        whose: ['demo-child'],
        staff: 'demo-social-worker',
        coordinate: 'ChildProtectionReport.content',
        effect: 'FULL',
        sealed: true,
      },
    ]);
    const nodes = 'nodes { id sealed entries { type whose fields { coordinate } } }';
    const { data } = await service.query(`{ disclosures(filter: { staff: "demo-social-worker" }) { ${nodes} } }`);
    const fields = [{ coordinate: 'ChildProtectionReport.content' }];
    expect(data.disclosures.nodes).toEqual([{ id, sealed: true, entries: [{ type: 'Resident', whose: [], fields }] }]);
    const ofChild = await service.query(`{ disclosures(filter: { subject: "demo-child" }) { ${nodes} } }`);
    expect(ofChild.data.disclosures.nodes.map((each: { id: string; sealed: boolean }) => each.sealed)).toEqual([
      false,
      false,
    ]);
  });

  test('has items by id', async () => {
    const query = 'query ($id: ID!) { disclosureRecord(id: $id) { id emergency { reason } } }';
    expect((await service.query(query, { id: ids[0] })).data.disclosureRecord).toEqual({ id: ids[0], emergency: null });
    expect((await service.query(query, { id: 'none' })).data.disclosureRecord).toBeNull();
  });
});

test.each(['disclosure', 'disclosure_record'])('nobody changes or removes a row of %s', async (table) => {
  const client = new Client({ connectionString: service.databaseUrl });
  await client.connect();
  try {
    for (const statement of [`UPDATE ${table} SET at = now()`, `DELETE FROM ${table}`, `TRUNCATE ${table}`]) {
      await expect(client.query(statement)).rejects.toThrow(/can only be added to/);
    }
  } finally {
    await client.end();
  }
});

describe.each(distinctCallers)('a caller with the relations of %s', (_, caller) => {
  test('is shown by root fields and by key the rows of the scope, and no others', async () => {
    expect(await check.rootMistakes(caller)).toEqual([]);
    expect(await check.entityMistakes(caller)).toEqual([]);
  });
});

test('one who is not the gateway is refused', async () => {
  expect((await service.send('{ disclosures { totalCount } }', undefined)).status).toBe(401);
});
