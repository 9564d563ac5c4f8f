import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoCommunity } from '@linli/kit/population/places';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { geography } from '@linli/schema/geography';
import pg from 'pg';
import { addDays, today } from '../../src/days.js';
import { subgraph } from '../../src/subgraph.js';
import { guardian, officer, publisher, reasons, resident, teacher, write, type Writer } from '../support/writing.js';

let service: TestSubgraph;
let database: pg.Pool;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 300 });
  database = new pg.Pool({ connectionString: service.databaseUrl });
});

afterAll(async () => {
  await database.end();
  await service.close();
});

const now = today(new Date());
const elsewhere = geography.communities.find(({ code }) => code.startsWith('440304'))!.code;
const enrollment = 'enrollment { id state waitingNo hours version learning { hours recordedBy } }';

const plan = {
  communityCode: demoCommunity,
  title: '合唱',
  audience: 'EVERGREEN_UNIVERSITY',
  mode: 'ONLINE',
  seats: 20,
  hours: 10,
  startsOn: now,
  endsOn: addDays(now, 60),
};

async function publish(change: object = {}, as: Writer = publisher()): Promise<{ id: string; version: number }> {
  const { course, userErrors } = await write(
    service,
    'publishCourse',
    { ...plan, ...change },
    'course { id version }',
    as,
  );
  expect(userErrors).toEqual([]);
  return course;
}

const enrol = (courseId: string, who: string, key?: string) =>
  write(service, 'enrolInCourse', { courseId, residentId: who, idempotencyKey: key }, enrollment, resident(who));
const drop = (enrollmentId: string, expectedVersion: number, as: Writer) =>
  write(service, 'dropCourse', { enrollmentId, expectedVersion }, enrollment, as);
const seatsOf = async (id: string) =>
  (await service.query('query ($id: ID!) { course(id: $id) { enrolled waitlisted } }', { id })).data.course;

describe('publishing a course', () => {
  test('opens it in the community school and says so', async () => {
    const { id } = await publish({ description: '每周三上午' });
    const { data } = await service.query(
      'query ($id: ID!) { course(id: $id) { title state seats enrolled description school { id } } }',
      { id },
    );
    expect(data.course).toEqual({
      title: '合唱',
      state: 'OPEN',
      seats: 20,
      enrolled: 0,
      description: '每周三上午',
      school: { id: `community-school-${demoCommunity}` },
    });
    expect(await eventsIn(service.databaseUrl)).toContainEqual({
      type: 'CoursePublished',
      key: id,
      data: { courseId: id, communityCode: demoCommunity, audience: 'EVERGREEN_UNIVERSITY', mode: 'ONLINE' },
    });
  });

  test('twice with one key makes one, and the key is for that input alone', async () => {
    const idempotencyKey = 'publish-once';
    const first = await publish({ idempotencyKey });
    expect((await publish({ idempotencyKey })).id).toBe(first.id);
    const other = await write(
      service,
      'publishCourse',
      { ...plan, title: '舞蹈', idempotencyKey },
      'course { id }',
      teacher(),
    );
    expect(reasons(other)).toEqual(['idempotencyKey KEY_REUSED']);
  });

  test.each([
    [{ title: ' ' }, 'title INVALID'],
    [{ title: '长'.repeat(61) }, 'title TOO_LONG'],
    [{ seats: 0 }, 'seats INVALID'],
    [{ communityCode: '440303999999' }, 'communityCode INVALID'],
    [{ startsOn: addDays(now, -1) }, 'startsOn INVALID'],
    [{ endsOn: addDays(now, -1) }, 'endsOn INVALID'],
    [{ communityCode: '440303001002' }, 'communityCode NOT_ALLOWED'],
  ])('%j is refused', async (change, reason) => {
    const answer = await write(service, 'publishCourse', { ...plan, ...change }, 'course { id }', publisher());
    expect(answer.course).toBeNull();
    expect(reasons(answer)).toEqual([reason]);
  });

  test('the department publishes anywhere; a resident nowhere', async () => {
    await publish({ communityCode: elsewhere }, officer);
    expect(reasons(await write(service, 'publishCourse', plan, 'course { id }', resident('demo-resident')))).toEqual([
      'communityCode NOT_ALLOWED',
    ]);
  });

  test('a course that is cancelled takes nobody any more, and is cancelled once', async () => {
    const { id, version } = await publish();
    const cancel = (expectedVersion: number, as: Writer = publisher()) =>
      write(service, 'cancelCourse', { courseId: id, expectedVersion }, 'course { state version }', as);
    expect(reasons(await cancel(version, publisher('other', '440303001002')))).toEqual(['courseId NOT_FOUND']);
    expect(reasons(await cancel(version + 1))).toEqual(['expectedVersion CONFLICT']);
    expect((await cancel(version)).course).toEqual({ state: 'CANCELLED', version: version + 1 });
    expect(reasons(await cancel(version + 1))).toEqual(['courseId WRONG_STATE']);
    expect(reasons(await enrol(id, 'demo-resident'))).toEqual(['courseId CLOSED']);
  });

  test('resources are the department’s to publish', async () => {
    const input = { title: '急救', kind: 'VIDEO', audience: 'LIFELONG', hours: 1.5, provider: '示例单位' };
    const made = await write(service, 'publishLearningResource', input, 'resource { id hours kind }', officer);
    expect(made.resource).toMatchObject({ hours: 1.5, kind: 'VIDEO' });
    const { data } = await service.query(
      '{ learningResources(search: "急救", kind: VIDEO, first: 50) { nodes { id } } }',
    );
    expect(data.learningResources.nodes).toContainEqual({ id: made.resource.id });
    expect(reasons(await write(service, 'publishLearningResource', input, 'resource { id }', teacher()))).toEqual([
      ' NOT_ALLOWED',
    ]);
    const quarter = { ...input, hours: 1.25 };
    expect(reasons(await write(service, 'publishLearningResource', quarter, 'resource { id }', officer))).toEqual([
      'hours INVALID',
    ]);
  });
});

describe('enrolling', () => {
  test('64 at once for 20 seats: 20 have one, 44 wait in order, and the course says it is full once', async () => {
    const { id } = await publish();
    const people = Array.from({ length: 64 }, (_, i) => `learner-${i}`);
    const answers = await Promise.all(people.map((who) => enrol(id, who)));
    expect(answers.flatMap(reasons)).toEqual([]);
    const states = answers.map((answer) => answer['enrollment'].state);
    expect(states.filter((state) => state === 'ENROLLED')).toHaveLength(20);
    const waiting = answers.map((answer) => answer['enrollment'].waitingNo).filter((no) => no !== null);
    expect(waiting.sort((a, b) => a - b)).toEqual(Array.from({ length: 44 }, (_, i) => i + 1));
    expect(await seatsOf(id)).toEqual({ enrolled: 20, waitlisted: 44 });
    const full = (await eventsIn(service.databaseUrl)).filter(({ type, key }) => type === 'CourseFull' && key === id);
    expect(full).toEqual([
      { type: 'CourseFull', key: id, data: { courseId: id, communityCode: demoCommunity, seats: 20 } },
    ]);
  });

  test('whoever drops makes room for the first who waits', async () => {
    const { id } = await publish({ seats: 1 });
    const [first, second, third] = [await enrol(id, 'first'), await enrol(id, 'second'), await enrol(id, 'third')];
    expect([second, third].map((each) => each['enrollment'].waitingNo)).toEqual([1, 2]);
    const dropped = await drop(first['enrollment'].id, 1, resident('first'));
    expect(dropped['enrollment']).toMatchObject({ state: 'WITHDRAWN', version: 2 });
    const { rows } = await database.query(
      'SELECT resident_id, state, waiting_no FROM course_enrollment WHERE course_id = $1 ORDER BY enrolled_at',
      [id],
    );
    expect(rows).toEqual([
      { resident_id: 'first', state: 'WITHDRAWN', waiting_no: null },
      { resident_id: 'second', state: 'ENROLLED', waiting_no: null },
      { resident_id: 'third', state: 'WAITLISTED', waiting_no: 2 },
    ]);
    expect(await seatsOf(id)).toEqual({ enrolled: 1, waitlisted: 1 });
    const again = await enrol(id, 'first');
    expect(again['enrollment']).toMatchObject({ id: first['enrollment'].id, state: 'WAITLISTED', waitingNo: 3 });
  });

  test('while half of 40 drop and 40 more come, no seat is lost and none is given twice', async () => {
    const { id } = await publish({ seats: 20 });
    const early = await Promise.all(Array.from({ length: 40 }, (_, i) => enrol(id, `early-${i}`)));
    const version = async (who: string) =>
      (
        await database.query('SELECT version FROM course_enrollment WHERE course_id = $1 AND resident_id = $2', [
          id,
          who,
        ])
      ).rows[0].version;
    const dropping = early.slice(0, 20).map(async (answer, i) => {
      const who = `early-${i}`;
      let reason: string[];
      // Who waits may move up meanwhile, which makes a new version.
      do reason = reasons(await drop(answer['enrollment'].id, await version(who), resident(who)));
      while (reason.includes('expectedVersion CONFLICT'));
      return reason;
    });
    const coming = Array.from({ length: 40 }, async (_, i) => reasons(await enrol(id, `late-${i}`)));
    expect((await Promise.all([...dropping, ...coming])).flat()).toEqual([]);
    const { rows } = await database.query(
      'SELECT state, count(*)::int AS count FROM course_enrollment WHERE course_id = $1 GROUP BY 1 ORDER BY 1',
      [id],
    );
    expect(rows).toEqual([
      { state: 'ENROLLED', count: 20 },
      { state: 'WAITLISTED', count: 40 },
      { state: 'WITHDRAWN', count: 20 },
    ]);
    expect(await seatsOf(id)).toEqual({ enrolled: 20, waitlisted: 40 });
  });

  test('one key makes one enrolment; without it a second is a duplicate', async () => {
    const { id } = await publish();
    const once = await enrol(id, 'demo-resident', 'enrol-once');
    expect((await enrol(id, 'demo-resident', 'enrol-once'))['enrollment'].id).toBe(once['enrollment'].id);
    expect(reasons(await enrol(id, 'demo-resident'))).toEqual(['courseId DUPLICATE']);
    expect(await seatsOf(id)).toEqual({ enrolled: 1, waitlisted: 0 });
  });

  test('nobody enrols another, a child, into what is over, or into nothing', async () => {
    const { id } = await publish();
    const other = await write(
      service,
      'enrolInCourse',
      { courseId: id, residentId: 'demo-elder' },
      enrollment,
      resident('demo-resident'),
    );
    expect(reasons(other)).toEqual(['residentId NOT_ALLOWED']);
    expect(reasons(await enrol(id, 'demo-child'))).toEqual(['residentId NOT_ALLOWED']);
    await database.query(`UPDATE course SET ends_on = '2025-01-01' WHERE id = $1`, [id]);
    expect(reasons(await enrol(id, 'demo-resident'))).toEqual(['courseId CLOSED']);
    expect(reasons(await enrol('none', 'demo-resident'))).toEqual(['courseId NOT_FOUND']);
    expect(await seatsOf(id)).toEqual({ enrolled: 0, waitlisted: 0 });
  });

  test('only the learner drops, once, and as they saw it', async () => {
    const { id } = await publish();
    const { id: enrollmentId } = (await enrol(id, 'demo-resident'))['enrollment'];
    expect(reasons(await drop(enrollmentId, 1, resident('demo-spouse')))).toEqual(['enrollmentId NOT_FOUND']);
    expect(reasons(await drop(enrollmentId, 7, resident('demo-resident')))).toEqual(['expectedVersion CONFLICT']);
    expect(reasons(await drop(enrollmentId, 1, resident('demo-resident')))).toEqual([]);
    const again = await drop(enrollmentId, 2, resident('demo-resident'));
    expect(reasons(again)).toEqual(['enrollmentId WRONG_STATE']);
    expect(again.userErrors[0]!.message).toBe('现在是“已退课”，只有“已选”、“候补”的可以这样办理。');
    expect(await seatsOf(id)).toEqual({ enrolled: 0, waitlisted: 0 });
  });
});

describe('learning', () => {
  const record = (enrollmentId: string, hours: number, as: Writer, more: object = {}) =>
    write(service, 'recordLearning', { enrollmentId, hours, learnedOn: now, ...more }, enrollment, as);
  const start = async (change: object) => {
    const { id } = await publish(change);
    return { id, enrollmentId: (await enrol(id, 'demo-resident'))['enrollment'].id as string };
  };

  test('hours add up to completion, which keeps the seat and is told without the learner', async () => {
    const { id, enrollmentId } = await start({ hours: 3 });
    const one = await record(enrollmentId, 1.5, resident('demo-resident'));
    expect(one['enrollment']).toMatchObject({ state: 'ENROLLED', hours: 1.5, version: 2 });
    const two = await record(enrollmentId, 1.5, teacher());
    expect(two['enrollment']).toMatchObject({
      state: 'COMPLETED',
      hours: 3,
      learning: [
        { hours: 1.5, recordedBy: 'LEARNER' },
        { hours: 1.5, recordedBy: 'TEACHER' },
      ],
    });
    expect(await seatsOf(id)).toEqual({ enrolled: 1, waitlisted: 0 });
    expect(await eventsIn(service.databaseUrl)).toContainEqual({
      type: 'CourseCompleted',
      key: id,
      data: { courseId: id, communityCode: demoCommunity },
    });
    expect(reasons(await record(enrollmentId, 0.5, teacher()))).toEqual(['enrollmentId WRONG_STATE']);
    expect(reasons(await drop(enrollmentId, 3, resident('demo-resident')))).toEqual(['enrollmentId WRONG_STATE']);
  });

  test('one key counts once, and of many at once no hour is lost', async () => {
    const { enrollmentId } = await start({ hours: 400 });
    const yesterdays = Array.from({ length: 8 }, () => record(enrollmentId, 0.5, teacher()));
    expect((await Promise.all(yesterdays)).flatMap(reasons)).toEqual([]);
    const key = { idempotencyKey: 'learned-once' };
    await record(enrollmentId, 1, teacher(), key);
    const twice = await record(enrollmentId, 1, teacher(), key);
    expect(twice['enrollment']).toMatchObject({ hours: 5 });
    expect(twice['enrollment'].learning).toHaveLength(9);
  });

  test('what cannot be is refused: too much, too early, in the future, by the wrong one', async () => {
    const { enrollmentId } = await start({ hours: 6, mode: 'ONSITE' });
    expect(reasons(await record(enrollmentId, 1, resident('demo-resident')))).toEqual(['enrollmentId NOT_ALLOWED']);
    expect(reasons(await record(enrollmentId, 1, guardian('demo-spouse', 'demo-child')))).toEqual([
      'enrollmentId NOT_FOUND',
    ]);
    expect(reasons(await record(enrollmentId, 1, teacher('teacher-elsewhere')))).toEqual(['enrollmentId NOT_FOUND']);
    expect(reasons(await record(enrollmentId, 0.3, teacher()))).toEqual(['hours INVALID']);
    expect(reasons(await record(enrollmentId, 8.5, teacher()))).toEqual(['hours TOO_MANY']);
    expect(reasons(await record(enrollmentId, 7, teacher()))).toEqual(['hours TOO_MANY']);
    for (const learnedOn of [addDays(now, -1), addDays(now, 1)]) {
      expect(reasons(await record(enrollmentId, 1, teacher(), { learnedOn }))).toEqual(['learnedOn INVALID']);
    }
    const { rows } = await database.query('SELECT hours FROM course_enrollment WHERE id = $1', [enrollmentId]);
    expect(rows).toEqual([{ hours: 0 }]);
  });
});
