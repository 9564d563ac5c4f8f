import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { geography } from '@linli/schema/geography';
import { plan } from '@linli/schema/plan';
import { dayOf, isoDay, plusDays } from '../src/today.js';
import { subgraph } from '../src/subgraph.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 1000 });
});

afterAll(() => service.close());

async function read(operation: string): Promise<any> {
  const { data, errors } = await service.query(operation);
  expect(errors).toBeUndefined();
  return data;
}

describe('the summary of services', () => {
  const fields = `facilities hospitals hospitalsOfFullSize centres centresOfFullSize stations healthTechnicians
    generalPractitioners publicHealthPhysicians epidemiologists centresWithoutPublicHealthStaff counsellingRooms
    streetsWithCounsellingRoom nurseries nurseryPlaces availableNurseryPlaces inclusiveNurseryPlaces
    communitiesWithNursery communitiesWithEveryMode`;

  test('the city has what the plan counts: clinics, technicians, hospitals, a counselling room in every street', async () => {
    const { city, rest } = await read(
      `{ city: healthServiceSummary(place: "4403") { ${fields} } rest: healthServiceSummary(place: "4415") { ${fields} } }`,
    );
    const both = (name: string) => city[name] + rest[name];
    const fact = (id: string) => plan.facts.find((each) => each.id === id)!.value;
    expect(both('facilities')).toBe(fact('f06'));
    expect(both('healthTechnicians')).toBe(fact('f18'));
    expect(both('hospitals')).toBe(28);
    expect(both('hospitals') + both('centres') + both('stations')).toBe(fact('f06'));
    expect(both('hospitalsOfFullSize')).toBe(both('hospitals'));
    expect(both('centresOfFullSize')).toBe(both('centres'));
    expect(both('streetsWithCounsellingRoom')).toBe(geography.streets.length);
    expect(city.centresWithoutPublicHealthStaff).toBeGreaterThan(0);
    expect(city.inclusiveNurseryPlaces).toBeLessThan(city.nurseryPlaces);
    expect(city.communitiesWithEveryMode).toBeLessThan(city.communitiesWithNursery);
  });

  test('that of a street is the sum of its communities’', async () => {
    const street = '440303001';
    const codes = geography.communities.filter(({ code }) => code.startsWith(street)).map(({ code }) => code);
    const { data } = await service.query(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Community { healthServiceSummary { ${fields} } } } }`,
      { r: codes.map((code) => ({ __typename: 'Community', code })) },
    );
    const { healthServiceSummary } = await read(`{ healthServiceSummary(place: "${street}") { ${fields} } }`);
    const summed = Object.keys(healthServiceSummary).filter((name) => name !== 'streetsWithCounsellingRoom');
    for (const name of summed) {
      const parts = data._entities.map((each: any) => each.healthServiceSummary[name]);
      expect([name, parts.reduce((total: number, each: number) => total + each, 0)]).toEqual([
        name,
        healthServiceSummary[name],
      ]);
    }
    expect(healthServiceSummary.facilities).toBeGreaterThan(1);
  });
});

describe('slots', () => {
  const slots = (day: string, clinic = 'community-health-440303001001-1', of = 'GENERAL_PRACTICE') =>
    read(`{ appointmentSlots(id: "${clinic}", service: ${of}, day: "${day}") { at places available } }`);
  const today = dayOf();

  test('tomorrow has twenty half hours from 08:00, each with all its places', async () => {
    const { appointmentSlots } = await slots(isoDay(plusDays(today, 1)));
    expect(appointmentSlots).toHaveLength(20);
    expect(appointmentSlots[0].at).toBe(`${isoDay(plusDays(today, 1))}T00:00:00.000Z`);
    for (const { places, available } of appointmentSlots) {
      expect(places).toBeGreaterThan(1);
      expect(available).toBe(places);
    }
  });

  test('days that are past or too far off have none, and an unknown clinic is null', async () => {
    expect((await slots(isoDay(plusDays(today, -1)))).appointmentSlots).toEqual([]);
    expect((await slots(isoDay(plusDays(today, 30)))).appointmentSlots).toHaveLength(20);
    expect((await slots(isoDay(plusDays(today, 31)))).appointmentSlots).toEqual([]);
    expect((await slots(isoDay(plusDays(today, 1)), 'x')).appointmentSlots).toBeNull();
  });

  test('counselling is offered where there is a room for it', async () => {
    const { healthFacilities } = await read('{ healthFacilities(counsellingRoom: false, first: 1) { nodes { id } } }');
    const day = isoDay(plusDays(today, 1));
    expect((await slots(day, healthFacilities.nodes[0].id, 'COUNSELLING')).appointmentSlots).toEqual([]);
    expect((await slots(day, undefined, 'COUNSELLING')).appointmentSlots).toHaveLength(20);
  });
});

describe('the talent pool', () => {
  test('has two at each counselling room, and tells who can be given a referral and why not', async () => {
    const { all, able, unable, here } = await read(`{
      all: mentalHealthProfessionals { totalCount }
      able: mentalHealthProfessionals(assignable: true, first: 200) { totalCount nodes { assignable } }
      unable: mentalHealthProfessionals(assignable: false, first: 200) { totalCount nodes { assignable } }
      here: mentalHealthProfessionals(place: "440303001001") {
        nodes { id assignable supervisedUntil trainings { kind hours validUntil } facility { counsellingRoom } } } }`);
    expect(able.totalCount + unable.totalCount).toBe(all.totalCount);
    expect(able.totalCount).toBeGreaterThan(unable.totalCount);
    expect(able.nodes.every(({ assignable }: { assignable: boolean }) => assignable)).toBe(true);
    expect(unable.nodes.some(({ assignable }: { assignable: boolean }) => assignable)).toBe(false);
    expect(here.nodes.map(({ assignable }: { assignable: boolean }) => assignable)).toEqual([true, false]);
    for (const { facility, trainings, supervisedUntil } of here.nodes) {
      expect(facility.counsellingRoom).toBe(true);
      expect(trainings.map(({ kind }: { kind: string }) => kind)).toEqual(['SUPERVISION', 'CONTINUING_EDUCATION']);
      expect(trainings[0].validUntil).toBe(supervisedUntil);
    }
  });

  test('is filtered by profession', async () => {
    const { found } = await read(
      '{ found: mentalHealthProfessionals(profession: PSYCHOTHERAPIST, first: 200) { nodes { profession } } }',
    );
    expect(found.nodes.length).toBeGreaterThan(10);
    expect(new Set(found.nodes.map(({ profession }: { profession: string }) => profession))).toEqual(
      new Set(['PSYCHOTHERAPIST']),
    );
  });
});

describe('events', () => {
  test('each has a joint task of each of the three parties, and its bulletins', async () => {
    const { publicHealthEvents } = await read(`{ publicHealthEvents(first: 200) { nodes { state
      bulletins { state text } jointTasks { party state reports { text } community { code } } community { code } } } }`);
    for (const { state, bulletins, jointTasks, community } of publicHealthEvents.nodes) {
      expect(jointTasks.map(({ party }: { party: string }) => party)).toEqual([
        'COMMUNITY_WORKER',
        'HEALTH_FACILITY',
        'POLICE_POST',
      ]);
      for (const task of jointTasks) {
        expect(task.community).toEqual(community);
        expect(task.reports.length > 0).toBe(task.state !== 'PENDING');
        if (state === 'ENDED') expect(task.state).toBe('DONE');
      }
      expect(bulletins.length > 0).toBe(state !== 'RESPONDING');
      for (const bulletin of bulletins) expect(bulletin.state).toBe(state);
    }
  });

  test('tasks are filtered by place, party and state', async () => {
    const { jointHealthTasks } = await read(
      `{ jointHealthTasks(place: "440303001001", party: POLICE_POST, state: PENDING) { nodes { event { id } content } } }`,
    );
    expect(jointHealthTasks.nodes).toMatchObject([{ event: { id: 'public-health-event-440303001001-1' } }]);
  });

  test('activities are listed by place, kind and day', async () => {
    const { here, lectures, none } = await read(`{
      here: healthActivities(place: "440303001001") { nodes { kind title facility { id } startsAt endsAt } }
      lectures: healthActivities(kind: LECTURE, startsFrom: "2025-05-01", first: 200) { nodes { kind facility { id } } }
      none: healthActivities(startsFrom: "2030-01-01") { totalCount } }`);
    expect(here.nodes.map(({ kind }: { kind: string }) => kind)).toEqual([
      'PATRIOTIC_HEALTH',
      'LECTURE',
      'HEALTHY_LIVING',
    ]);
    for (const { title, startsAt, endsAt } of here.nodes) {
      expect(title).toMatch(/^示例：/);
      expect(startsAt < endsAt).toBe(true);
    }
    expect(lectures.nodes.length).toBeGreaterThan(5);
    for (const { kind, facility } of lectures.nodes) expect([kind, facility !== null]).toEqual(['LECTURE', true]);
    expect(none.totalCount).toBe(0);
  });
});

test('nurseries are filtered by age group and by whether they are inclusive', async () => {
  const { young, inclusive } = await read(`{
    young: nurseries(ageGroup: UNDER_2, first: 200) { nodes { ageGroups version } }
    inclusive: nurseries(inclusive: false, first: 200) { nodes { inclusive } } }`);
  expect(young.nodes.length).toBeGreaterThan(50);
  for (const { ageGroups, version } of young.nodes) expect([ageGroups.includes('UNDER_2'), version]).toEqual([true, 1]);
  expect(inclusive.nodes.length).toBeGreaterThan(20);
  for (const each of inclusive.nodes) expect(each.inclusive).toBe(false);
});

test('the schedule of vaccines is public', async () => {
  const { immunisationSchedule } = await read('{ immunisationSchedule { vaccine months } }');
  expect(immunisationSchedule).toContainEqual({ vaccine: '脊灰疫苗', months: [2, 3, 4, 48] });
});
