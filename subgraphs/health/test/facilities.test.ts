import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { geography } from '@linli/schema/geography';
import { plan } from '@linli/schema/plan';
import { subgraph } from '../src/subgraph.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 1000 });
});

afterAll(() => service.close());

/** Every node of a root list, page by page, and the count each page states. */
async function everyNode(list: string, args: string, nodes: string): Promise<{ nodes: any[]; totalCount: number }> {
  const seen: any[] = [];
  let after: string | null = null;
  for (;;) {
    const { data, errors }: { data?: any; errors?: unknown } = await service.query(
      `query ($after: String) { list: ${list}(${args} after: $after) { nodes { ${nodes} } pageInfo { hasNextPage endCursor } totalCount } }`,
      { after },
    );
    expect(errors).toBeUndefined();
    seen.push(...data.list.nodes);
    if (!data.list.pageInfo.hasNextPage) return { nodes: seen, totalCount: data.list.totalCount };
    after = data.list.pageInfo.endCursor;
  }
}

const fact = (id: string) => plan.facts.find((each) => each.id === id)!.value;
const streetOf = ({ community }: { community: { code: string } }) => community.code.slice(0, 9);
const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);

describe('clinics', () => {
  let clinics: any[];

  beforeAll(async () => {
    const all = await everyNode(
      'healthFacilities',
      'first: 200',
      `id type areaM2 healthTechnicians generalPractitioners publicHealthPhysicians epidemiologists counsellingRoom
       licenceNo openingHours community { code }`,
    );
    clinics = all.nodes;
    expect(all.totalCount).toBe(clinics.length);
  });

  test('there are as many as the plan counts, each once, in the order of their ids', () => {
    const ids = clinics.map(({ id }) => id);
    expect(ids).toHaveLength(fact('f06'));
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test('their health technicians are as many as the plan counts, and include the kinds of staff', () => {
    expect(sum(clinics.map(({ healthTechnicians }) => healthTechnicians))).toBe(fact('f18'));
    for (const clinic of clinics) {
      const { generalPractitioners, publicHealthPhysicians, epidemiologists, healthTechnicians } = clinic;
      expect(generalPractitioners).toBeGreaterThan(0);
      expect(generalPractitioners + publicHealthPhysicians + epidemiologists).toBeLessThanOrEqual(healthTechnicians);
    }
  });

  test('types keep to the floor areas of the plan', () => {
    const least: Record<string, number> = { HOSPITAL: 4500, CENTRE: 1400, STATION: 1 };
    for (const { type, areaM2 } of clinics) expect(areaM2).toBeGreaterThanOrEqual(least[type]!);
    expect(clinics.filter(({ type }) => type === 'HOSPITAL')).toHaveLength(28);
    expect(clinics.filter(({ type }) => type === 'STATION').length).toBeGreaterThan(300);
  });

  test('every street has a centre with a counselling room', () => {
    const streets = clinics.filter(({ type, counsellingRoom }) => type === 'CENTRE' && counsellingRoom).map(streetOf);
    expect([...new Set(streets)].sort()).toEqual(geography.streets.map(({ code }) => code).sort());
  });

  test('filters work together and page without gap or overlap', async () => {
    const wanted = clinics.filter(
      ({ type, counsellingRoom, community }) =>
        type === 'CENTRE' && counsellingRoom && community.code.startsWith('440306'),
    );
    expect(wanted.length).toBeGreaterThan(5);
    const found = await everyNode(
      'healthFacilities',
      'place: "440306", type: CENTRE, counsellingRoom: true, search: "社康中心", first: 3',
      'id',
    );
    expect(found.nodes.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
    expect(found.totalCount).toBe(wanted.length);
  });

  test('one is found by its id, an unknown id gives null', async () => {
    const { data } = await service.query(
      '{ known: healthFacility(id: "community-health-440303001001-1") { id } unknown: healthFacility(id: "x") { id } }',
    );
    expect(data).toEqual({ known: { id: 'community-health-440303001001-1' }, unknown: null });
  });
});

describe('nurseries', () => {
  let nurseries: any[];

  beforeAll(async () => {
    const all = await everyNode(
      'nurseries',
      'first: 200',
      'id name places availablePlaces modes ageGroups inclusive licensed community { code }',
    );
    nurseries = all.nodes;
    expect(all.totalCount).toBe(nurseries.length);
  });

  test('every second community of a street has one, the first an inclusive one with every mode and free places', () => {
    for (const { code } of geography.streets) {
      const here = nurseries.filter((nursery) => streetOf(nursery) === code);
      const communities = geography.communities.filter((community) => community.code.startsWith(code));
      expect(here).toHaveLength(Math.ceil(communities.length / 2));
      expect(here[0]).toMatchObject({
        inclusive: true,
        licensed: true,
        modes: ['FULL_DAY', 'HALF_DAY', 'HOURLY', 'TEMPORARY'],
        community: { code: communities[0]!.code },
      });
      expect(here[0].availablePlaces).toBeGreaterThan(0);
    }
  });

  test('each offers something, and never more free places than places', () => {
    for (const { places, availablePlaces, modes, ageGroups } of nurseries) {
      expect(modes.length).toBeGreaterThan(0);
      expect(ageGroups).toContain('FROM_2_TO_3');
      expect(availablePlaces).toBeGreaterThanOrEqual(0);
      expect(availablePlaces).toBeLessThanOrEqual(places);
    }
  });

  test('those near a community are those of its street, also where it has none itself', async () => {
    const without = '440303001002';
    expect(nurseries.some(({ community }) => community.code === without)).toBe(false);
    const near = await everyNode('nurseries', `near: "${without}", first: 2`, 'id');
    const wanted = nurseries.filter((nursery) => streetOf(nursery) === '440303001');
    expect(wanted.length).toBeGreaterThan(1);
    expect(near.nodes.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
  });

  test('mode, free places, name and place filter together', async () => {
    const wanted = nurseries.filter(
      ({ modes, availablePlaces, community, name }) =>
        modes.includes('TEMPORARY') &&
        availablePlaces >= 8 &&
        community.code.startsWith('440307') &&
        name.includes('社区'),
    );
    expect(wanted.length).toBeGreaterThan(3);
    const found = await everyNode(
      'nurseries',
      'mode: TEMPORARY, minAvailable: 8, place: "440307", search: "社区", first: 2',
      'id',
    );
    expect(found.nodes.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
    expect(found.totalCount).toBe(wanted.length);
  });

  test('a place elsewhere and a community near exclude each other', async () => {
    const { data } = await service.query('{ nurseries(place: "440304", near: "440303001001") { totalCount } }');
    expect(data.nurseries.totalCount).toBe(0);
  });

  test('one is found by its id, an unknown id gives null', async () => {
    const { data } = await service.query(
      '{ known: nursery(id: "nursery-440303001001") { id } unknown: nursery(id: "x") { id } }',
    );
    expect(data).toEqual({ known: { id: 'nursery-440303001001' }, unknown: null });
  });
});

describe('public-health events', () => {
  test('all are marked as examples, and only what has ended has an end, after its publication', async () => {
    const { nodes } = await everyNode(
      'publicHealthEvents',
      'first: 20',
      'title state publishedAt endedAt grade advice',
    );
    expect(nodes.length).toBeGreaterThan(10);
    for (const { title, state, publishedAt, endedAt } of nodes) {
      expect(title).toMatch(/^示例：/);
      expect(endedAt !== null).toBe(state === 'ENDED');
      if (endedAt) expect(Date.parse(endedAt)).toBeGreaterThan(Date.parse(publishedAt));
    }
  });

  test('they are filtered by place, category and state, and found by id', async () => {
    const { data } = await service.query(`{
      here: publicHealthEvents(place: "440303001001", category: INFECTIOUS_DISEASE, state: RESPONDING) { nodes { id } totalCount }
      none: publicHealthEvents(place: "440303001001", category: POISONING) { totalCount }
      one: publicHealthEvent(id: "public-health-event-440303001001-1") { community { code } }
      unknown: publicHealthEvent(id: "x") { id } }`);
    expect(data).toEqual({
      here: { nodes: [{ id: 'public-health-event-440303001001-1' }], totalCount: 1 },
      none: { totalCount: 0 },
      one: { community: { code: '440303001001' } },
      unknown: null,
    });
  });
});

describe('bad input says what to send', () => {
  test.each([
    ['{ healthFacilities(first: 201) { totalCount } }', 'PAGE_TOO_LARGE', 'between 1 and 200'],
    ['{ nurseries(after: "x") { totalCount } }', 'BAD_CURSOR', 'endCursor'],
    ['{ nurseries(minAvailable: -1) { totalCount } }', 'BAD_USER_INPUT', '"minAvailable" is -1'],
    ['{ nurseries(near: "440303001") { totalCount } }', 'GRAPHQL_VALIDATION_FAILED', '12-digit division code'],
    [
      '{ publicHealthEvents(place: "44030") { totalCount } }',
      'GRAPHQL_VALIDATION_FAILED',
      'division code of 4, 6, 9 or 12',
    ],
    [
      '{ familyDoctorContracts(place: "4403", expiringBefore: "2025-02-30") { totalCount } }',
      'GRAPHQL_VALIDATION_FAILED',
      'calendar date',
    ],
  ])('%s', async (operation, code, message) => {
    const { errors } = await service.query(operation);
    expect(errors?.[0]?.message).toContain(message);
    expect(errors?.[0]?.extensions?.code).toBe(code);
  });
});
