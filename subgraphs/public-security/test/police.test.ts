import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isResidentIdNumber } from '@linli/kit/identifiers/resident-id-number';
import { facilitiesOf } from '@linli/kit/population/facilities';
import { households } from '@linli/kit/population/households';
import { defaultSeed } from '@linli/kit/seeding/seed';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { plan } from '@linli/schema/plan';
import { permitState } from '../src/permit-state.js';
import { subgraph } from '../src/subgraph.js';
import { entities, readAll } from './support/pages.js';

const residents = 3000;
let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents });
});

afterAll(() => service.close());

const fact = (id: string) => plan.facts.find((each) => each.id === id)!.value;

describe('police posts', () => {
  test('there are as many as the plan counts, with the ids of the facility register', async () => {
    const { nodes, totals } = await readAll<{ id: string; facility: { id: string } }>(
      service,
      'policePosts',
      '',
      'id facility { id }',
      200,
    );
    expect(new Set(totals)).toEqual(new Set([fact('f05')]));
    expect(nodes.map(({ id }) => id)).toEqual([...facilitiesOf('POLICE_POST')].map(({ id }) => id).sort());
    for (const { id, facility } of nodes) expect(facility.id).toBe(id);
  });

  test('a community lists its own, and the facility knows the post', async () => {
    const { data } = await entities(
      service,
      'Community',
      [{ code: '440303001001' }],
      'policePosts { totalCount nodes { id name community { code } } }',
    );
    const { totalCount, nodes } = data._entities[0].policePosts;
    expect(totalCount).toBe(1);
    expect(nodes[0]).toMatchObject({ name: '大塘龙社区警务室', community: { code: '440303001001' } });
    const facility = await entities(service, 'Facility', [{ id: nodes[0].id }], 'policePost { name openingHours }');
    expect(facility.data._entities[0].policePost).toEqual({ name: '大塘龙社区警务室', openingHours: '全天' });
  });

  test('place and search filter together', async () => {
    const { data } = await service.query(
      '{ policePosts(place: "440303", search: "大塘龙") { totalCount nodes { name } } elsewhere: policePosts(place: "440304", search: "大塘龙") { totalCount } }',
    );
    expect(data.policePosts).toEqual({ totalCount: 1, nodes: [{ name: '大塘龙社区警务室' }] });
    expect(data.elsewhere.totalCount).toBe(0);
  });
});

describe('community police', () => {
  interface Officer {
    id: string;
    name: string;
    badge: string;
    onDuty: boolean;
    community: { code: string };
    post: { id: string } | null;
  }
  const selection = 'id name badge onDuty community { code } post { id }';
  let officers: Officer[];

  beforeAll(async () => {
    const read = (place: string) => readAll<Officer>(service, 'communityOfficers', `place: "${place}"`, selection, 200);
    officers = [...(await read('4403')).nodes, ...(await read('4415')).nodes];
  });

  test('there are as many as the plan counts, four or five in each community', () => {
    expect(officers).toHaveLength(fact('f15'));
    const counts = new Map<string, number>();
    for (const { community } of officers) counts.set(community.code, (counts.get(community.code) ?? 0) + 1);
    expect(counts.size).toBe(822);
    expect(new Set(counts.values())).toEqual(new Set([4, 5]));
  });

  test('badges and ids are unique, and names show that they are examples', () => {
    expect(new Set(officers.map(({ id }) => id)).size).toBe(officers.length);
    expect(new Set(officers.map(({ badge }) => badge)).size).toBe(officers.length);
    for (const { name, badge } of officers) {
      expect(badge).toMatch(/^例\d{6}$/);
      expect(name).toMatch(/例|Example/);
    }
  });

  test('an officer works from the post of the community, where there is one', () => {
    const posts = new Map([...facilitiesOf('POLICE_POST')].map(({ id, community }) => [community.code, id]));
    for (const { community, post } of officers) expect(post?.id).toBe(posts.get(community.code));
    expect(officers.some(({ post }) => post === null)).toBe(true);
  });

  test('those on duty are the same counted by post, listed by community and filtered', async () => {
    const { data } = await service.query(
      '{ communityOfficers(place: "440303", onDuty: true, first: 200) { totalCount nodes { onDuty community { code } } } }',
    );
    const onDuty = officers.filter((officer) => officer.onDuty && officer.community.code.startsWith('440303'));
    expect(data.communityOfficers.totalCount).toBe(onDuty.length);
    const { data: block } = await entities(
      service,
      'Community',
      [{ code: '440303001001' }],
      'policePosts { nodes { officersAssigned officersOnDuty officers { totalCount } } } dutyOfficers { totalCount nodes { onDuty } }',
    );
    const { policePosts, dutyOfficers } = block._entities[0];
    const here = officers.filter(({ community }) => community.code === '440303001001');
    expect(dutyOfficers.totalCount).toBe(here.filter((officer) => officer.onDuty).length);
    expect(dutyOfficers.totalCount).toBeGreaterThan(0);
    expect(dutyOfficers.nodes.every((officer: Officer) => officer.onDuty)).toBe(true);
    expect(policePosts.nodes).toEqual([
      { officersAssigned: here.length, officersOnDuty: dutyOfficers.totalCount, officers: { totalCount: here.length } },
    ]);
  });
});

describe('the population register', () => {
  interface Registration {
    id: string;
    kind: string;
    idNumber: string;
    registeredOn: string;
    registeredPlace: string;
    community: { code: string };
    resident: { id: string; residencePermit: { no: string; issuedOn: string; validUntil: string } | null };
  }
  const selection =
    'id kind idNumber registeredOn registeredPlace community { code } resident { id residencePermit { no issuedOn validUntil } }';
  let register: Registration[];

  beforeAll(async () => {
    const read = (place: string) =>
      readAll<Registration>(service, 'registrations', `place: "${place}"`, selection, 200);
    register = [...(await read('4403')).nodes, ...(await read('4415')).nodes];
  });

  test('everybody of the synthetic population is in it once, with the ID number and home that others know', () => {
    const people = [...households({ residents, seed: defaultSeed })].flatMap(({ communityCode, members }) =>
      members.map(({ id, idNumber, birthDate }) => ({ id, idNumber, birthDate, communityCode })),
    );
    const byResident = new Map(register.map((row) => [row.resident.id, row]));
    expect(register).toHaveLength(residents);
    expect(byResident.size).toBe(residents);
    for (const { id, idNumber, birthDate, communityCode } of people) {
      const row = byResident.get(id)!;
      expect(row).toMatchObject({ idNumber, community: { code: communityCode } });
      expect(isResidentIdNumber(row.idNumber)).toBe(true);
      expect(row.id).not.toContain(birthDate.replaceAll('-', ''));
      expect(row.registeredOn >= birthDate).toBe(true);
    }
  });

  test('nobody whose household is registered here holds a residence permit', () => {
    const local = register.filter(({ kind }) => kind === 'HUKOU');
    const others = register.filter(({ kind }) => kind === 'RESIDENCE');
    expect(local.length).toBeGreaterThan(0);
    expect(local.every(({ resident }) => resident.residencePermit === null)).toBe(true);
    const permits = others.flatMap(({ resident }) => resident.residencePermit ?? []);
    expect(permits.length).toBeGreaterThan(others.length / 2);
    for (const { issuedOn, validUntil } of permits) expect(validUntil > issuedOn).toBe(true);
  });

  test('a page by kind has that kind only, and the kinds add up', async () => {
    const pages = ['HUKOU', 'RESIDENCE'].map((kind) =>
      readAll<{ id: string; kind: string }>(service, 'registrations', `place: "440303", kind: ${kind},`, 'id kind', 40),
    );
    const [local, others] = await Promise.all(pages);
    for (const [kind, { nodes, totals }] of Object.entries({ HUKOU: local!, RESIDENCE: others! })) {
      const expected = register.filter((row) => row.kind === kind && row.community.code.startsWith('440303'));
      expect(nodes.map(({ id }) => id)).toEqual(expected.map(({ id }) => id).sort());
      expect(new Set(totals)).toEqual(new Set([expected.length]));
    }
  });

  test('the demo family is registered, its newcomer with a permit', async () => {
    const ids = ['demo-resident', 'demo-spouse', 'demo-child', 'demo-toddler', 'demo-elder'];
    const { data } = await entities(
      service,
      'Resident',
      ids.map((id) => ({ id })),
      'registration { kind registeredPlace } residencePermit { no state holder { id } }',
    );
    for (const { registration } of data._entities) expect(registration).not.toBeNull();
    expect(data._entities[0]).toMatchObject({
      registration: { kind: 'RESIDENCE', registeredPlace: '罗湖区' },
      residencePermit: { no: expect.stringMatching(/^z/), holder: { id: 'demo-resident' } },
    });
    expect(data._entities[2].residencePermit).toBeNull();
  });
});

describe('the state of a permit', () => {
  const validUntil = new Date('2025-12-31T00:00:00Z');

  test('it is good to the end of its last day in Shenzhen', () => {
    const permit = { validUntil, cancelledOn: null, endorsedUntil: null };
    expect(permitState(permit, new Date('2025-12-31T15:59:59Z'))).toBe('VALID');
    expect(permitState(permit, new Date('2025-12-31T16:00:00Z'))).toBe('EXPIRED');
  });

  test('cancelled stays cancelled', () => {
    const permit = { validUntil, cancelledOn: new Date('2025-06-01T00:00:00Z'), endorsedUntil: null };
    expect(permitState(permit, new Date('2025-07-01T00:00:00Z'))).toBe('CANCELLED');
    expect(permitState(permit, new Date('2027-01-01T00:00:00Z'))).toBe('CANCELLED');
  });

  test('it cannot be used where it was not endorsed in time, until it is over', () => {
    const permit = { validUntil, cancelledOn: null, endorsedUntil: new Date('2025-08-31T00:00:00Z') };
    expect(permitState(permit, new Date('2025-08-31T15:59:59Z'))).toBe('VALID');
    expect(permitState(permit, new Date('2025-08-31T16:00:00Z'))).toBe('SUSPENDED');
    expect(permitState(permit, new Date('2026-01-01T00:00:00Z'))).toBe('EXPIRED');
  });
});
