import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { geography } from '@linli/schema/geography';
import pg from 'pg';
import { subgraph } from '../src/subgraph.js';

let service: TestSubgraph;
let database: pg.Client;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 5000 });
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

const residents = (...ids: string[]) => ({ r: ids.map((id) => ({ __typename: 'Resident', id })) });

describe('community schools', () => {
  test('every community has exactly one, in its own service centre', async () => {
    const r = geography.communities.map(({ code }) => ({ __typename: 'Community', code }));
    const { data } = await service.query(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Community { code communitySchool { community { code } facility { id } services } } } communitySchools(first: 1) { totalCount } }',
      { r },
    );
    expect(data.communitySchools.totalCount).toBe(822);
    for (const { code, communitySchool } of data._entities) {
      expect(communitySchool.community.code).toBe(code);
      expect(communitySchool.facility.id).toBe(`party-service-centre-${code}-1`);
      expect(communitySchool.services).toEqual(expect.arrayContaining(['PARENT_EDUCATION', 'CHILD_PSYCHOLOGICAL_AID']));
    }
  });

  test('one is found by its id, some by name and place', async () => {
    const { data } = await service.query(`{
      communitySchool(id: "community-school-440303001001") { name courses(audience: LIFELONG) { totalCount nodes { audience state } } }
      communitySchools(place: "440303", search: "大塘龙") { totalCount nodes { id } }
      elsewhere: communitySchools(place: "440304", search: "大塘龙") { totalCount } }`);
    expect(data.communitySchool).toEqual({
      name: '大塘龙社区学校',
      courses: { totalCount: 3, nodes: Array(3).fill({ audience: 'LIFELONG', state: 'OPEN' }) },
    });
    expect(data.communitySchools.nodes).toEqual([{ id: 'community-school-440303001001' }]);
    expect(data.elsewhere.totalCount).toBe(0);
    expect((await service.query('{ communitySchool(id: "none") { name } }')).data).toEqual({ communitySchool: null });
  });
});

describe('courses', () => {
  test('each filter keeps what it names, and all of them together', async () => {
    const { data } = await service.query(`{
      all: courses { totalCount }
      onsite: courses(mode: ONSITE) { totalCount }
      online: courses(mode: ONLINE, first: 50) { totalCount nodes { mode } }
      calligraphy: courses(place: "440305", audience: ELDER_UNIVERSITY, mode: ONSITE, search: "书法", first: 50) {
        totalCount nodes { id title audience mode } } }`);
    // Five in every community, and one that is always open in every street.
    expect(data.all.totalCount).toBe(822 * 5 + geography.streets.length);
    expect(data.onsite.totalCount + data.online.totalCount).toBe(data.all.totalCount);
    expect(data.online.nodes.every((course: any) => course.mode === 'ONLINE')).toBe(true);
    expect(data.calligraphy.totalCount).toBeGreaterThan(3);
    for (const course of data.calligraphy.nodes) {
      expect(course).toMatchObject({ title: '书法', audience: 'ELDER_UNIVERSITY', mode: 'ONSITE' });
      expect(course.id).toContain('course-440305');
    }
  });

  test('a full course is left out where seats are wanted, also of the count', async () => {
    const operation = '{ courses(place: "440303002001", onlyWithSeats: true) { totalCount nodes { id } } }';
    const before = await service.query(operation);
    const { id } = before.data.courses.nodes[0];
    await database.query('UPDATE course SET enrolled = seats WHERE id = $1', [id]);
    const after = await service.query(operation);
    await database.query('UPDATE course SET enrolled = 0 WHERE id = $1', [id]);
    expect(after.data.courses.totalCount).toBe(before.data.courses.totalCount - 1);
    expect(after.data.courses.nodes).not.toContainEqual({ id });
  });

  test('seats taken are those of enrolled and finished residents, never more than there are', async () => {
    expect(
      await rows(`SELECT c.id FROM course c LEFT JOIN course_enrollment e ON e.course_id = c.id AND e.state IN ('ENROLLED', 'COMPLETED')
        GROUP BY c.id HAVING count(e.id) <> c.enrolled OR c.enrolled > c.seats`),
    ).toEqual([]);
    const [{ taken }] = await rows('SELECT sum(enrolled)::int AS taken FROM course');
    expect(taken).toBeGreaterThan(100);
  });

  test('nobody has more hours than the course, and every course ends after it starts', async () => {
    expect(
      await rows(`SELECT e.id FROM course_enrollment e JOIN course c ON c.id = e.course_id
        WHERE e.hours > c.hours OR e.hours < 0 OR (e.state = 'COMPLETED' AND e.hours <> c.hours) OR c.ends_on <= c.starts_on`),
    ).toEqual([]);
  });
});

describe('enrolments', () => {
  test('the demo family takes part: the elder, both parents, and nobody under 14', async () => {
    const { data } = await service.query(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Resident { id courseEnrollments { state hours resident { id } course { audience startsOn school { community { code } } } } } } }',
      residents('demo-elder', 'demo-resident', 'demo-spouse', 'demo-child', 'demo-toddler'),
    );
    const audiences = data._entities.map((resident: any) =>
      resident.courseEnrollments.map((each: any) => each.course.audience).sort(),
    );
    expect(audiences).toEqual([[expect.stringMatching(/UNIVERSITY$/)], ['LIFELONG', 'YOUTH'], ['LIFELONG'], [], []]);
    for (const { id, courseEnrollments } of data._entities) {
      for (const each of courseEnrollments) {
        expect(each.resident.id).toBe(id);
        expect(each.course.school.community.code).toBe('440303001001');
      }
    }
  });

  test('enrolments say where the resident lives and who runs the school; nobody under 14 has one', async () => {
    expect(
      await rows(`SELECT e.id FROM course_enrollment e JOIN course c ON c.id = e.course_id
        WHERE e.community_code <> c.community_code OR e.minor_until IS NOT NULL OR cardinality(e.handlers) <> 1`),
    ).toEqual([]);
    expect(
      await rows(
        `SELECT DISTINCT handlers FROM course_enrollment WHERE community_code IN ('440303001001', '440303001002') ORDER BY 1`,
      ),
    ).toEqual([{ handlers: ['demo-teacher'] }, { handlers: ['teacher-440303001002-1'] }]);
  });

  test('an enrolment tells what it is scoped by', async () => {
    const { data } = await service.query(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Resident { courseEnrollments { minor handlers communityCode } } } }',
      residents('demo-elder'),
    );
    expect(data._entities[0].courseEnrollments).toEqual([
      { minor: false, handlers: ['demo-teacher'], communityCode: '440303001001' },
    ]);
  });

  test('a course lists its learners by state', async () => {
    const { data } = await service.query(`{ courses(place: "440303001001") { nodes { enrolled
      all: enrollments { totalCount } enrolledNow: enrollments(state: ENROLLED) { totalCount nodes { state } }
      completed: enrollments(state: COMPLETED) { totalCount } } } }`);
    const { nodes } = data.courses;
    expect(nodes.reduce((sum: number, course: any) => sum + course.all.totalCount, 0)).toBeGreaterThanOrEqual(4);
    for (const course of nodes) {
      expect(course.enrolledNow.totalCount + course.completed.totalCount).toBe(course.enrolled);
      expect(course.enrolledNow.nodes.every((each: any) => each.state === 'ENROLLED')).toBe(true);
    }
  });
});
