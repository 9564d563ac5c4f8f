import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { facilitiesOf } from '@linli/kit/population/facilities';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { subgraph } from '../src/subgraph.js';
import { entities, readAll } from './support/pages.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 1000 });
});

afterAll(() => service.close());

describe('shelters and plans', () => {
  test('every community has an indoor and an outdoor one, at facilities of the register', async () => {
    const { nodes } = await readAll<{ kind: string; community: { code: string }; facility: { id: string } }>(
      service,
      'shelters',
      '',
      'kind community { code } facility { id }',
      200,
    );
    const facilities = new Set(
      [...facilitiesOf('PARTY_SERVICE_CENTRE'), ...facilitiesOf('COMMUNITY_PARK')].map(({ id }) => id),
    );
    for (const kind of ['INDOOR', 'OUTDOOR']) {
      const ofKind = nodes.filter((node) => node.kind === kind);
      expect(new Set(ofKind.map(({ community }) => community.code)).size).toBe(822);
    }
    expect(nodes).toHaveLength(2 * 822);
    for (const { community, facility } of nodes) {
      expect(facilities.has(facility.id)).toBe(true);
      expect(facility.id).toContain(community.code);
    }
  });

  test('place, capacity and name filter as one would by hand', async () => {
    const { nodes: all } = await readAll<{ id: string; name: string; capacity: number }>(
      service,
      'shelters',
      'place: "440303",',
      'id name capacity',
      200,
    );
    const { nodes, totals } = await readAll<{ id: string }>(
      service,
      'shelters',
      'place: "440303", minCapacity: 1000, search: "室外",',
      'id',
      10,
    );
    const expected = all.filter(({ name, capacity }) => capacity >= 1000 && name.includes('室外'));
    expect(expected.length).toBeGreaterThan(10);
    expect(nodes.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect(new Set(totals)).toEqual(new Set([expected.length]));
  });

  test('a shelter is found by its key, a plan by its community', async () => {
    const { data } = await service.query('{ shelter(id: "shelter-indoor-440303001001") { name kind } }');
    expect(data.shelter).toEqual({ name: '大塘龙社区室内应急避难场所', kind: 'INDOOR' });
    const block = await entities(
      service,
      'Community',
      [{ code: '440303001001' }],
      'emergencyPlan { title hazards lastDrillOn shelter { id } community { code } }',
    );
    expect(block.data._entities[0].emergencyPlan).toEqual({
      title: '大塘龙社区突发事件应急预案',
      hazards: expect.arrayContaining(['TYPHOON', 'RAINSTORM']),
      lastDrillOn: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      shelter: { id: 'shelter-indoor-440303001001' },
      community: { code: '440303001001' },
    });
  });
});

describe('warnings', () => {
  interface Warning {
    id: string;
    level: string;
    text: string;
    place: string;
    prefixes: string[];
    issuedAt: string;
    liftedAt: string | null;
  }
  const selection = 'id level text place prefixes issuedAt liftedAt';
  let all: Warning[];

  beforeAll(async () => {
    all = (await readAll<Warning>(service, 'warnings', '', selection, 20)).nodes;
  });

  const meets = (place: string) => (warning: Warning) =>
    warning.prefixes.some((prefix) => prefix.startsWith(place) || place.startsWith(prefix));

  test('each says that it is an example, and ends after it begins', () => {
    expect(all.length).toBeGreaterThan(30);
    for (const { text, place, issuedAt, liftedAt } of all) {
      expect(text.startsWith(`【示例】${place}`)).toBe(true);
      if (liftedAt) expect(Date.parse(liftedAt)).toBeGreaterThan(Date.parse(issuedAt));
    }
  });

  test.each(['4403', '440307', '440307009', '441521102', '440303001', '440303001001', '441521102002'])(
    'those for %s are the ones whose area shares ground with it',
    async (place) => {
      const { nodes } = await readAll<Warning>(service, 'warnings', `place: "${place}",`, 'id', 20);
      const expected = all.filter(meets(place));
      expect(expected.length).toBeGreaterThan(0);
      expect(nodes.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    },
  );

  test('the level filters within a place', async () => {
    const { nodes } = await readAll<Warning>(service, 'warnings', 'place: "4403", level: YELLOW,', 'id level');
    expect(nodes.map(({ id }) => id)).toEqual(
      all.filter((warning) => meets('4403')(warning) && warning.level === 'YELLOW').map(({ id }) => id),
    );
  });

  test('a community shows the ten latest that take it in, newest first', async () => {
    const codes = ['440303001001', '440307009001', '441521102002'];
    const { data } = await entities(
      service,
      'Community',
      codes.map((code) => ({ code })),
      'code warnings { id issuedAt place }',
    );
    for (const { code, warnings } of data._entities) {
      const expected = all
        .filter(({ prefixes }) => prefixes.some((prefix) => code.startsWith(prefix)))
        .sort((a, b) => (a.issuedAt < b.issuedAt ? 1 : -1))
        .slice(0, 10);
      expect(warnings.map(({ id }: Warning) => id)).toEqual(expected.map(({ id }) => id));
    }
    const places = data._entities.map(({ warnings }: { warnings: Warning[] }) => warnings.map(({ place }) => place));
    expect(places[1]).toContain('大鹏新区');
    expect(places[2]).toEqual(expect.arrayContaining(['全市', '深汕特别合作区']));
    expect(places[2]).not.toContain('罗湖区');
  });
});
