import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { households } from '@linli/kit/population/households';
import { teacherOf } from '@linli/kit/population/staff';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { geography } from '@linli/schema/geography';
import { plan } from '@linli/schema/plan';
import pg from 'pg';
import { subgraph } from '../src/subgraph.js';

const population = { residents: 5000, seed: 20221219 };
let service: TestSubgraph;
let database: pg.Client;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: population.residents });
  database = new pg.Client({ connectionString: service.databaseUrl });
  await database.connect();
});

afterAll(async () => {
  await database.end();
  await service.close();
});

async function rows(sql: string): Promise<any[]> {
  return (await database.query(sql)).rows;
}

const streets = geography.streets.map(({ code }) => code);

/** Streets with a row of a table whose community code starts with theirs. */
async function streetsWith(table: string, condition = 'true'): Promise<string[]> {
  const found = await rows(
    `SELECT DISTINCT left(community_code, 9) AS street FROM ${table} WHERE ${condition} ORDER BY 1`,
  );
  return found.map(({ street }) => street);
}

const placed = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Resident {
  schoolPlacement { id grade state since resident { id } school { stage community { code } } } } } }`;

describe('schools', () => {
  test('every street teaches all nine grades', async () => {
    expect(await streetsWith('school', `stage = 'NINE_YEAR'`)).toEqual([...streets].sort());
  });

  test('place, stage and name filter together', async () => {
    const { data } = await service.query(`{
      all: schools { totalCount }
      primary: schools(stage: PRIMARY) { totalCount } middle: schools(stage: MIDDLE) { totalCount } nineYear: schools(stage: NINE_YEAR) { totalCount }
      here: schools(place: "440303001", stage: PRIMARY, search: "小学", first: 50) { nodes { name stage community { code } } }
      school(id: "school-440303001001-1") { name stage places districtal } }`);
    expect(data.primary.totalCount + data.middle.totalCount + data.nineYear.totalCount).toBe(data.all.totalCount);
    expect(data.here.nodes.length).toBeGreaterThan(1);
    for (const school of data.here.nodes) {
      expect(school).toMatchObject({ name: expect.stringMatching(/小学$/), stage: 'PRIMARY' });
      expect(school.community.code).toMatch(/^440303001/);
    }
    expect(data.school).toMatchObject({ name: '大塘龙社区九年一贯制学校', stage: 'NINE_YEAR' });
    expect((await service.query('{ school(id: "none") { name } }')).data).toEqual({ school: null });
  });

  test('what is offered after lessons belongs to the school and says when', async () => {
    const { data } =
      await service.query(`{ school(id: "school-440303001001-1") { afterSchoolProgrammes { kind weekdays hours places school { id } } }
      afterSchoolProgrammes(place: "440303", kind: HOMEWORK_CARE, first: 200) { totalCount nodes { kind } } schools(place: "440303") { totalCount } }`);
    expect(data.school.afterSchoolProgrammes).toContainEqual({
      kind: 'HOMEWORK_CARE',
      weekdays: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
      hours: '16:30-18:00',
      places: expect.any(Number),
      school: { id: 'school-440303001001-1' },
    });
    expect(data.afterSchoolProgrammes.totalCount).toBe(data.schools.totalCount);
    expect(data.afterSchoolProgrammes.nodes.every((each: any) => each.kind === 'HOMEWORK_CARE')).toBe(true);
  });
});

describe('placements', () => {
  test('the demo family’s school child is in the school of its community; nobody else of them in any', async () => {
    const r = ['demo-child', 'demo-toddler', 'demo-resident'].map((id) => ({ __typename: 'Resident', id }));
    const { data } = await service.query(placed, { r });
    expect(data._entities[0].schoolPlacement).toMatchObject({
      state: 'ENROLLED',
      resident: { id: 'demo-child' },
      school: { stage: 'NINE_YEAR', community: { code: '440303001001' } },
    });
    expect(data._entities[1].schoolPlacement).toBeNull();
    expect(data._entities[2].schoolPlacement).toBeNull();
  });

  test('every child of school age has one, in a school of its street that teaches its grade', async () => {
    const expected: { id: string; street: string; age: number }[] = [];
    for (const { communityCode, members } of households(population)) {
      for (const { id, age } of members) {
        if (age >= 7 && age <= 14) expected.push({ id, age, street: communityCode.slice(0, 9) });
      }
    }
    expect(expected.length).toBeGreaterThan(200);
    const { data } = await service.query(placed, { r: expected.map(({ id }) => ({ __typename: 'Resident', id })) });
    for (const [i, { schoolPlacement }] of data._entities.entries()) {
      const { street, age } = expected[i]!;
      expect(schoolPlacement.school.community.code.slice(0, 9)).toBe(street);
      expect([age - 6, age - 5]).toContain(schoolPlacement.grade);
      const fitting = schoolPlacement.grade <= 6 ? ['PRIMARY', 'NINE_YEAR'] : ['MIDDLE', 'NINE_YEAR'];
      expect(fitting).toContain(schoolPlacement.school.stage);
    }
  });

  test('placements say where the child lives, who teaches it, and until when it is under 14', async () => {
    const found = new Map(
      (
        await rows(
          `SELECT resident_id, community_code, handlers, to_char(minor_until, 'YYYY-MM-DD') AS until FROM school_placement`,
        )
      ).map((row) => [row.resident_id, row]),
    );
    let checked = 0;
    for (const home of households(population)) {
      for (const child of home.members) {
        const teacher = teacherOf(child, home);
        expect(found.has(child.id)).toBe(teacher !== null);
        if (teacher === null) continue;
        const until = `${Number(child.birthDate.slice(0, 4)) + 14}${child.birthDate.slice(4)}`;
        expect(found.get(child.id)).toMatchObject({
          community_code: home.communityCode,
          handlers: [teacher],
          until: child.age < 14 ? until : null,
        });
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(200);
  });

  test('a placement tells what it is scoped by, and whether it is about a minor today', async () => {
    const facts = async (until: string) => {
      await database.query(`UPDATE school_placement SET minor_until = $1 WHERE resident_id = 'demo-child'`, [until]);
      const { data } = await service.query(
        '{ _entities(representations: [{ __typename: "Resident", id: "demo-child" }]) { ... on Resident { schoolPlacement { minor handlers communityCode } } } }',
      );
      return data._entities[0].schoolPlacement;
    };
    const told = { handlers: ['demo-teacher'], communityCode: '440303001001' };
    expect(await facts('9999-01-01')).toEqual({ minor: true, ...told });
    expect(await facts('2000-01-01')).toEqual({ minor: false, ...told });
  });

  test('no school has more pupils than places, and nobody starts after the reference date', async () => {
    expect(
      await rows(
        `SELECT s.id FROM school s JOIN school_placement p ON p.school_id = s.id GROUP BY s.id HAVING count(*) > s.places`,
      ),
    ).toEqual([]);
    expect(await rows(`SELECT id FROM school_placement WHERE since > '2025-06-30'`)).toEqual([]);
  });

  test('a school lists its pupils by grade and state', async () => {
    const { data } =
      await service.query(`{ school(id: "school-440303001001-1") { all: placements(first: 200) { totalCount nodes { grade state } }
      first: placements(grade: 1, state: ENROLLED) { totalCount } third: placements(grade: 3) { totalCount } fourth: placements(grade: 4) { totalCount } } }`);
    const { all, first, third, fourth } = data.school;
    const count = (fits: (each: any) => boolean) => all.nodes.filter(fits).length;
    expect(all.nodes).toHaveLength(all.totalCount);
    expect(first.totalCount).toBe(count(({ grade, state }) => grade === 1 && state === 'ENROLLED'));
    expect(third.totalCount + fourth.totalCount).toBe(count(({ grade }) => grade === 3 || grade === 4));
    expect(third.totalCount + fourth.totalCount).toBeGreaterThan(0);
  });

  test('a grade out of range is refused with the range', async () => {
    const { errors } = await service.query(
      '{ school(id: "school-440303001001-1") { placements(grade: 10) { totalCount } } }',
    );
    expect(errors?.[0]?.message).toContain('between 1 and 9');
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});

describe('kindergartens', () => {
  test('nursery classes reach what the plan asks for', async () => {
    const target = (id: string) => plan.quantities.find((quantity) => quantity.id === id)!.value;
    const { data } = await service.query('{ kindergartens(withNurseryClass: true, first: 1) { totalCount } }');
    expect(data.kindergartens.totalCount).toBeGreaterThanOrEqual(target('q09'));
    expect(await streetsWith('kindergarten', 'has_nursery_class')).toEqual([...streets].sort());
  });

  test('with and without a nursery class make all of them, and each is what it says', async () => {
    const { data } = await service.query(`{ all: kindergartens(place: "440306") { totalCount }
      without: kindergartens(place: "440306", withNurseryClass: false, first: 200) { totalCount nodes { nurseryClass { id } } }
      with: kindergartens(place: "440306", withNurseryClass: true, first: 200) { totalCount nodes { nurseryClass { places availablePlaces modes } } } }`);
    expect(data.with.totalCount + data.without.totalCount).toBe(data.all.totalCount);
    expect(data.without.nodes.every((each: any) => each.nurseryClass === null)).toBe(true);
    for (const { nurseryClass } of data.with.nodes) {
      expect(nurseryClass.modes).toContain('FULL_DAY');
      expect(nurseryClass.availablePlaces).toBeLessThanOrEqual(nurseryClass.places);
      expect(nurseryClass.availablePlaces).toBeGreaterThanOrEqual(0);
    }
  });

  test('near a community means in its street, narrowed by place', async () => {
    const { data } =
      await service.query(`{ near: kindergartens(near: "440303001005", first: 200) { totalCount nodes { community { code } } }
      street: kindergartens(place: "440303001") { totalCount }
      both: kindergartens(near: "440303001005", place: "440303001001") { totalCount }
      apart: kindergartens(near: "440303001005", place: "440304") { totalCount }
      classes: kindergartens(near: "440303001001", withNurseryClass: true) { totalCount nodes { nurseryClass { kindergarten { id } } } } }`);
    expect(data.near.totalCount).toBe(data.street.totalCount);
    expect(data.near.nodes.every((each: any) => each.community.code.startsWith('440303001'))).toBe(true);
    expect(data.both.totalCount).toBe(2);
    expect(data.apart.totalCount).toBe(0);
    expect(data.classes.nodes[0].nurseryClass.kindergarten.id).toBe('kindergarten-440303001001-1');
    const { errors } = await service.query('{ kindergartens(near: "4403") { totalCount } }');
    expect(errors?.[0]?.message).toContain('12-digit division code');
  });

  test('one is found by its id', async () => {
    const { data } = await service.query(
      '{ kindergarten(id: "kindergarten-440303001001-2") { name nurseryClass { id } } none: kindergarten(id: "x") { name } }',
    );
    expect(data).toEqual({ kindergarten: { name: '大塘龙社区第2幼儿园', nurseryClass: null }, none: null });
  });
});

describe('shared venues', () => {
  test('kind and place filter together, and under a community and a school alike', async () => {
    const { data } = await service.query(
      `query ($r: [_Any!]!) { sharedVenues(place: "440303", kind: RUNNING_TRACK, first: 200) { totalCount nodes { kind school { stage } } }
        _entities(representations: $r) { ... on Community { sharedVenues(kind: BASKETBALL_COURT) { totalCount nodes { id school { sharedVenues(kind: BASKETBALL_COURT) { nodes { id } } } } } } } }`,
      { r: [{ __typename: 'Community', code: '440303001001' }] },
    );
    expect(data.sharedVenues.totalCount).toBeGreaterThan(5);
    for (const { kind, school } of data.sharedVenues.nodes) {
      expect(kind).toBe('RUNNING_TRACK');
      expect(school.stage).not.toBe('PRIMARY');
    }
    const [{ sharedVenues }] = data._entities;
    expect(sharedVenues.totalCount).toBe(1);
    expect(sharedVenues.nodes[0].school.sharedVenues.nodes).toEqual([{ id: sharedVenues.nodes[0].id }]);
  });

  test('slots run through the week in order, and one day of it can be asked for', async () => {
    const { data } = await service.query(`{ sharedVenue(id: "shared-venue-440303001001-1-1") { kind openHours
      slots { weekday startsAt endsAt bookings } sunday: slots(weekday: SUNDAY) { weekday startsAt } } none: sharedVenue(id: "x") { kind } }`);
    const { slots, sunday, openHours } = data.sharedVenue;
    expect(openHours).toContain('18:30-21:00');
    expect(slots).toHaveLength(13);
    expect(slots[0]).toEqual({ weekday: 'MONDAY', startsAt: '18:30', endsAt: '21:00', bookings: 4 });
    expect(slots.at(-1)).toMatchObject({ weekday: 'SUNDAY', startsAt: '16:00' });
    expect(sunday.map((slot: any) => slot.startsAt)).toEqual(['08:00', '10:00', '14:00', '16:00']);
    expect(data.none).toBeNull();
  });
});

describe('outreach', () => {
  test('libraries stand in the cultural centres that the plan counts', async () => {
    const fact = plan.facts.find(({ name }) => name === '综合性文化服务中心')!;
    const { data } = await service.query(
      'query ($r: [_Any!]!) { libraries(first: 1) { totalCount } _entities(representations: $r) { ... on Community { libraries { facility { id } volumes } familyEducationStations { topics } } } }',
      { r: [{ __typename: 'Community', code: '440303001001' }] },
    );
    expect(data.libraries.totalCount).toBe(fact.value);
    expect(data._entities[0].libraries).toEqual([
      { facility: { id: 'cultural-centre-440303001001-1' }, volumes: expect.any(Number) },
    ]);
    expect(data._entities[0].familyEducationStations[0].topics).toContain('亲子沟通');
  });

  test('every street has a family-education station', async () => {
    expect(await streetsWith('family_education_station')).toEqual([...streets].sort());
  });

  test('science activities are filtered by kind; those in the open have no facility', async () => {
    const { data } = await service.query(`{ all: scienceActivities { totalCount }
      caravan: scienceActivities(kind: CARAVAN, first: 200) { totalCount nodes { kind facility { id } startsAt } }
      lecture: scienceActivities(kind: LECTURE, first: 200) { totalCount nodes { kind community { code } facility { id } } } }`);
    expect(data.caravan.totalCount).toBeGreaterThan(50);
    expect(data.caravan.totalCount + data.lecture.totalCount).toBeLessThan(data.all.totalCount);
    expect(data.caravan.nodes.every((each: any) => each.kind === 'CARAVAN' && each.facility === null)).toBe(true);
    for (const { community, facility } of data.lecture.nodes) {
      expect(facility.id).toBe(`party-service-centre-${community.code}-1`);
    }
  });
});
