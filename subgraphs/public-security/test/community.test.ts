import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { geography } from '@linli/schema/geography';
import { subgraph } from '../src/subgraph.js';
import { entities, readAll } from './support/pages.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 2000 });
});

afterAll(() => service.close());

async function ofCommunities(selection: string) {
  const codes = geography.communities.map(({ code }) => ({ code }));
  return (await entities(service, 'Community', codes, selection)).data._entities;
}

describe('every community', () => {
  test('has an adviser and a legally versed person, whose names show that they are examples', async () => {
    for (const { legalHelpers } of await ofCommunities('legalHelpers { nodes { kind name organization } }')) {
      expect(legalHelpers.nodes.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
        'ADVISER',
        'LEGALLY_VERSED',
      ]);
      for (const { name } of legalHelpers.nodes) expect(name).toMatch(/例|Example/);
    }
  });

  test('has a security committee and building leaders', async () => {
    for (const { watchTeams } of await ofCommunities('watchTeams { nodes { kind members leaderName } }')) {
      expect(watchTeams.nodes.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
        'BUILDING_LEADERS',
        'SECURITY_COMMITTEE',
      ]);
      for (const { leaderName } of watchTeams.nodes) expect(leaderName).toMatch(/例|Example/);
    }
  });

  test('has an emergency watch around the clock, and its first officer at the post where there is one', async () => {
    const found = await ofCommunities(
      'policePosts { totalCount } dutyShifts { nodes { kind weekdays from until phone officer { badge } } }',
    );
    for (const { policePosts, dutyShifts } of found) {
      const watch = dutyShifts.nodes.find(({ kind }: { kind: string }) => kind === 'EMERGENCY');
      expect(watch).toEqual({
        kind: 'EMERGENCY',
        weekdays: [1, 2, 3, 4, 5, 6, 7],
        from: '00:00',
        until: '00:00',
        phone: expect.stringMatching(/^154\d{8}$/),
        officer: null,
      });
      const posts = dutyShifts.nodes.filter(({ kind }: { kind: string }) => kind === 'POLICE_POST');
      expect(posts).toHaveLength(Math.min(1, policePosts.totalCount));
      for (const { officer } of posts) expect(officer.badge).toMatch(/^例/);
    }
  });

  test('has supplies in its indoor shelter, the latest drill that its plan speaks of, and a broadcast terminal', async () => {
    const found = await ofCommunities(
      `emergencyPlan { lastDrillOn } emergencyDrills { nodes { heldOn summary } } broadcastTerminals { totalCount }
       shelters { nodes { kind freePlaces capacity open supplies { item quantity low minimum } } }`,
    );
    for (const { emergencyPlan, emergencyDrills, broadcastTerminals, shelters } of found) {
      expect(emergencyDrills.nodes.map(({ heldOn }: { heldOn: string }) => heldOn)).toEqual(
        emergencyPlan.lastDrillOn ? [emergencyPlan.lastDrillOn] : [],
      );
      expect(broadcastTerminals.totalCount).toBe(1);
      const indoor = shelters.nodes.find(({ kind }: { kind: string }) => kind === 'INDOOR');
      expect(indoor).toMatchObject({ open: false, freePlaces: indoor.capacity });
      expect(indoor.supplies.length).toBeGreaterThan(1);
      for (const { quantity, minimum, low } of indoor.supplies) expect(low).toBe(quantity < minimum);
    }
  });
});

describe('fraud alerts', () => {
  interface Alert {
    id: string;
    place: string;
    publishedAt: string;
    method: string;
  }

  test('for a place are those that share ground with it, newest first below a community', async () => {
    const { nodes: all } = await readAll<Alert>(service, 'fraudAlerts', '', 'id place publishedAt method text', 7);
    expect(all.length).toBeGreaterThan(15);
    const meets = (place: string) => (alert: Alert) => alert.place.startsWith(place) || place.startsWith(alert.place);
    for (const place of ['440303', '440303001', '440303001001', '440304']) {
      const { nodes } = await readAll<Alert>(service, 'fraudAlerts', `place: "${place}",`, 'id', 5);
      expect(nodes.map(({ id }) => id)).toEqual(all.filter(meets(place)).map(({ id }) => id));
    }
    const { data } = await entities(service, 'Community', [{ code: '440303001001' }], 'fraudAlerts { id }');
    const expected = all
      .filter(meets('440303001001'))
      .sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1))
      .slice(0, 10);
    expect(data._entities[0].fraudAlerts.map(({ id }: Alert) => id)).toEqual(expected.map(({ id }) => id));
  });
});

describe('warnings', () => {
  test('lead to the shelters in their area, page by page', async () => {
    const { data } = await service.query(
      '{ warnings(place: "440303001001", first: 50) { nodes { id prefixes shelters(first: 200) { totalCount nodes { id community { code } } } } } }',
    );
    expect(data.warnings.nodes.length).toBeGreaterThan(3);
    for (const { prefixes, shelters } of data.warnings.nodes) {
      const inside = geography.communities.filter(({ code }) =>
        prefixes.some((prefix: string) => code.startsWith(prefix)),
      );
      expect(shelters.totalCount).toBe(2 * inside.length);
      expect(shelters.nodes).toHaveLength(Math.min(200, shelters.totalCount));
      for (const { community } of shelters.nodes) {
        expect(prefixes.some((prefix: string) => community.code.startsWith(prefix))).toBe(true);
      }
    }
  });

  test('that are active have not been lifted', async () => {
    const [active, lifted, all] = await Promise.all(
      ['active: true,', 'active: false,', ''].map((args) =>
        readAll<{ id: string; liftedAt: string | null }>(service, 'warnings', args, 'id liftedAt'),
      ),
    );
    expect(active!.nodes.every(({ liftedAt }) => liftedAt === null)).toBe(true);
    expect(lifted!.nodes.every(({ liftedAt }) => liftedAt !== null)).toBe(true);
    expect(lifted!.nodes.length).toBeGreaterThan(0);
    expect(active!.nodes.length + lifted!.nodes.length).toBe(all!.nodes.length);
  });
});

describe('the demo family', () => {
  const family = (id: string, selection: string) => entities(service, 'Resident', [{ id }], selection);

  test('has an elder who is visited, by the staff that handle her', async () => {
    const { data } = await family(
      'demo-elder',
      'lastGridVisit { latest outcome visitedAt due handlers grid { code } } gridVisits { totalCount nodes { latest } }',
    );
    const { lastGridVisit, gridVisits } = data._entities[0];
    expect(lastGridVisit).toMatchObject({ latest: true, outcome: 'WELL', due: true, grid: { code: '44030300100101' } });
    expect(lastGridVisit.handlers).toEqual(
      expect.arrayContaining(['demo-grid-worker', 'demo-community-worker', 'demo-social-worker']),
    );
    expect(gridVisits.nodes.map(({ latest }: { latest: boolean }) => latest).sort()).toEqual([false, true]);
    const young = await family('demo-resident', 'lastGridVisit { id } gridVisits { totalCount }');
    expect(young.data._entities[0]).toEqual({ lastGridVisit: null, gridVisits: { totalCount: 0 } });
  });

  test('has a granted application, a consultation and a settled mediation', async () => {
    const { data } = await family(
      'demo-resident',
      `residencePermitApplications { nodes { kind state decidedAt reason } } mediations { nodes { state agreement } }
       legalConsultations { nodes { time adviser { kind } } }`,
    );
    expect(data._entities[0]).toEqual({
      residencePermitApplications: {
        nodes: [{ kind: 'ISSUE', state: 'APPROVED', decidedAt: expect.any(String), reason: null }],
      },
      mediations: { nodes: [{ state: 'SETTLED', agreement: expect.stringMatching(/^示例：/) }] },
      legalConsultations: { nodes: [{ time: '14:30', adviser: { kind: 'ADVISER' } }] },
    });
  });
});

test('visits that lie further back than a day can be listed, to plan the next round', async () => {
  const before = '2025-06-10T00:00:00+08:00';
  const { nodes } = await readAll<{ latest: boolean; visitedAt: string }>(
    service,
    'gridVisits',
    `place: "4403", visitedBefore: "${before}",`,
    'latest visitedAt',
    100,
  );
  expect(nodes.length).toBeGreaterThan(5);
  for (const { latest, visitedAt } of nodes) {
    expect(latest).toBe(true);
    expect(Date.parse(visitedAt)).toBeLessThan(Date.parse(before));
  }
});

test('what was done in a course can be neither changed nor taken away', async () => {
  const { Client } = await import('pg');
  const client = new Client({ connectionString: service.databaseUrl });
  await client.connect();
  try {
    for (const statement of ['UPDATE grid_event_step SET note = NULL', 'DELETE FROM grid_event_step']) {
      await expect(client.query(statement)).rejects.toThrow('only ever added');
    }
  } finally {
    await client.end();
  }
});
