import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { plan } from '@linli/schema/plan';
import pg from 'pg';
import { subgraph } from '../src/subgraph.js';

let service: TestSubgraph;
let database: pg.Pool;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 5000 });
  database = new pg.Pool({ connectionString: service.databaseUrl });
});

afterAll(async () => {
  await database.end();
  await service.close();
});

const rows = async (sql: string) => (await database.query(sql)).rows;

describe('the demo family', () => {
  test('has something of everything', async () => {
    const { data } = await service.query(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Resident { id
        venueBookings { state venue { community { code } } } activityRegistrations { activity { community { code } } }
        afterSchoolEnrollments { state programme { kind } } schoolPlacement { steps { to actor } }
        psychologicalAids { state steps { to } } courseEnrollments { hours learning { hours } } } } }`,
      { r: ['demo-resident', 'demo-child'].map((id) => ({ __typename: 'Resident', id })) },
    );
    const [parent, child] = data._entities;
    const code = '440303001001';
    expect(parent.venueBookings).toEqual([{ state: 'CHECKED_IN', venue: { community: { code } } }]);
    expect(parent.activityRegistrations).toEqual([{ activity: { community: { code } } }]);
    for (const { hours, learning } of parent.courseEnrollments) {
      expect(learning).toEqual(hours === 0 ? [] : [{ hours }]);
    }
    expect(child.afterSchoolEnrollments).toEqual([{ state: 'ENROLLED', programme: { kind: 'SUMMER_CARE' } }]);
    expect(child.schoolPlacement.steps).toEqual([{ to: 'ENROLLED', actor: 'SCHOOL' }]);
    expect(child.psychologicalAids).toHaveLength(1);
    expect(child.psychologicalAids[0].steps.at(-1).to).toBe(child.psychologicalAids[0].state);
  });

  test('lives where there are resources, circles, guidance points and venues of both kinds', async () => {
    const { data } = await service.query(
      `{ _entities(representations: [{ __typename: "Community", code: "440303001001" }]) { ... on Community {
        learningCircles { kind } fitnessGuidancePoints { facility { id } instructors disciplines }
        sharedVenues(first: 50) { nodes { kind school { id } facility { id } } } educationSummary { sportsVenues sportsAreaM2 weeklySlots nightSlots nurseryPlaces } } } }`,
    );
    const [community] = data._entities;
    expect(community.learningCircles.map(({ kind }: { kind: string }) => kind)).toEqual([
      'LEARNING_COMMUNITY',
      'LEARNING_FAMILY',
      'STUDY_GROUP',
    ]);
    expect(community.fitnessGuidancePoints[0].facility.id).toBe('sports-guidance-point-440303001001-1');
    const publicVenues = community.sharedVenues.nodes.filter((venue: { school: unknown }) => venue.school === null);
    expect(publicVenues.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['OUTDOOR_GYM', 'TABLE_TENNIS']);
    expect(publicVenues.every((venue: any) => venue.facility.id === 'sports-venue-440303001001-1')).toBe(true);
    expect(community.educationSummary.nightSlots).toBeGreaterThan(10);
  });
});

describe('lists', () => {
  test('learning resources by medium, audience and title together', async () => {
    const { data } = await service.query(`{ all: learningResources { totalCount }
      some: learningResources(kind: VIDEO, audience: LIFELONG, search: "急救") { totalCount nodes { title kind audience hours } } }`);
    expect(data.some.nodes).toEqual([
      { title: '家庭急救（视频课）', kind: 'VIDEO', audience: 'LIFELONG', hours: expect.any(Number) },
    ]);
    expect(data.all.totalCount).toBe(52);
  });

  test('instructors are as many as the plan counts, at as many points', async () => {
    const fact = (name: string) => plan.facts.find((each) => each.name === name)!.value;
    const [found] = await rows(
      'SELECT count(*)::int AS points, sum(instructors)::int AS instructors FROM fitness_guidance_point',
    );
    expect(found).toEqual({ points: fact('社会体育指导员服务点'), instructors: fact('社会体育指导员') });
  });

  test('bookings of a place by state and day; placements by state; aid by state', async () => {
    const [{ date }] = await rows(`SELECT to_char(max(date), 'YYYY-MM-DD') AS date FROM venue_booking`);
    const { data } = await service.query(
      `query ($date: Date!) { all: venueBookings(place: "4403") { totalCount }
        missed: venueBookings(place: "4403", state: NO_SHOW, first: 200) { totalCount nodes { state } }
        thatDay: venueBookings(place: "4403", date: $date, first: 200) { totalCount nodes { date } }
        applied: schoolPlacements(place: "4403", state: APPLIED, first: 200) { totalCount nodes { state } }
        closed: psychologicalAids(place: "4403", state: CLOSED, first: 200) { nodes { state } } }`,
      { date },
    );
    expect(data.thatDay.nodes.every((each: any) => each.date === date)).toBe(true);
    expect(data.thatDay.totalCount).toBeGreaterThan(0);
    expect(data.missed.totalCount).toBeLessThan(data.all.totalCount);
    expect(data.missed.nodes.every((each: any) => each.state === 'NO_SHOW')).toBe(true);
    expect(data.applied.totalCount).toBeGreaterThan(10);
    expect(data.applied.nodes.every((each: any) => each.state === 'APPLIED')).toBe(true);
    expect(data.closed.nodes.every((each: any) => each.state === 'CLOSED')).toBe(true);
  });

  test('terms follow one another, by school year', async () => {
    const { data } = await service.query(
      '{ schoolTerms(schoolYear: 2026) { id number startsOn endsOn } all: schoolTerms { startsOn endsOn applicationsFrom applicationsUntil } }',
    );
    expect(data.schoolTerms.map(({ id }: { id: string }) => id)).toEqual(['2026-1', '2026-2']);
    for (const [i, term] of data.all.entries()) {
      expect(term.startsOn < term.endsOn && term.applicationsFrom < term.startsOn).toBe(true);
      // From one term's last application to the next one's first there is no gap.
      if (i > 0) expect(term.applicationsFrom <= data.all[i - 1].applicationsUntil).toBe(true);
    }
  });

  test('a summary is the sum of its communities’', async () => {
    const { data } = await service.query(
      `{ educationSummary(place: "440303") { sportsVenues sportsAreaM2 nurseryPlaces weeklySlots } none: educationSummary(place: "4409") { sportsVenues nurseryPlaces } }`,
    );
    const [venues] = await rows(
      `SELECT count(*)::int AS count, sum(area_m2)::int AS area FROM shared_venue
       WHERE community_code LIKE '440303%' AND kind NOT IN ('MULTIPURPOSE_HALL', 'TRAINING_ROOM')`,
    );
    expect(data.educationSummary).toMatchObject({ sportsVenues: venues.count, sportsAreaM2: venues.area });
    const [nursery] = await rows(`SELECT sum(places)::int AS places FROM nursery_class WHERE id LIKE '%-440303%'`);
    expect(data.educationSummary.nurseryPlaces).toBe(nursery.places);
    expect(data.none).toEqual({ sportsVenues: 0, nurseryPlaces: 0 });
  });
});

describe('what is seeded agrees with itself', () => {
  test.each([
    ['course', 'enrolled', 'seats', 'course_enrollment', 'course_id', ['ENROLLED', 'COMPLETED']],
    ['after_school_programme', 'enrolled', 'places', 'after_school_enrollment', 'programme_id', ['ENROLLED']],
    ['activity', 'signed_up', 'capacity', 'activity_registration', 'activity_id', ['SIGNED_UP']],
  ])('places taken and numbers in the queue of each %s', async (table, taken, places, entries, of, holding) => {
    const list = holding.map((state) => `'${state}'`).join(', ');
    expect(
      await rows(
        `SELECT t.id FROM ${table} t LEFT JOIN ${entries} e ON e.${of} = t.id GROUP BY t.id
         HAVING count(*) FILTER (WHERE e.state IN (${list})) <> t.${taken} OR t.${taken} > t.${places}
           OR count(*) FILTER (WHERE e.state = 'WAITLISTED') <> t.waitlisted
           OR count(e.waiting_no) <> t.waitlisted OR t.last_waiting_no < t.waitlisted`,
      ),
    ).toEqual([]);
  });

  test('every booking is of a day on which its slot is, and no seat is beyond the slot’s', async () => {
    expect(
      await rows(
        `SELECT b.id FROM venue_booking b JOIN venue_slot s ON s.id = b.slot_id
         WHERE s.venue_id <> b.venue_id OR b.seat > s.bookings
           OR to_char(b.date, 'FMDAY') <> s.weekday::text OR b.date > '2025-06-30'`,
      ),
    ).toEqual([]);
  });

  test('the last step of every placement and case that has steps is where it is', async () => {
    expect(
      await rows(
        `SELECT p.id FROM school_placement p JOIN LATERAL (
           SELECT "to" FROM school_placement_step s WHERE s.placement_id = p.id ORDER BY s.id DESC LIMIT 1) last ON true
         WHERE last."to" <> p.state
         UNION ALL SELECT a.id FROM psychological_aid a JOIN LATERAL (
           SELECT "to" FROM psychological_aid_step s WHERE s.aid_id = a.id ORDER BY s.id DESC LIMIT 1) last ON true
         WHERE last."to" <> a.state`,
      ),
    ).toEqual([]);
  });
});
