import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoCommunity } from '@linli/kit/population/places';
import { runJob } from '@linli/kit/testing/jobs';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import pg from 'pg';
import { addDays, slotTime, today, weekdayOf } from '../../src/days.js';
import { subgraph } from '../../src/subgraph.js';
import { guardian, officer, publisher, reasons, resident, write, type Writer } from '../support/writing.js';

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

const tomorrow = addDays(today(new Date()), 1);
const at = (day: string, time: string) => slotTime(day, time).toISOString();
const plan = {
  communityCode: demoCommunity,
  kind: 'CULTURE',
  title: '邻里音乐会',
  startsAt: at(tomorrow, '19:30'),
  endsAt: at(tomorrow, '21:00'),
  capacity: 20,
  feeCents: 0,
  weekly: false,
};
const fields = 'activity { id state version startsAt signedUp }';
const publish = (change: object = {}, as: Writer = publisher()) =>
  write(service, 'publishActivity', { ...plan, ...change }, fields, as);
const published = async (change: object = {}): Promise<string> => (await publish(change))['activity'].id;
const cancel = (activityId: string, expectedVersion: number, andFollowing = false, as: Writer = publisher()) =>
  write(service, 'cancelActivity', { activityId, andFollowing, expectedVersion }, fields, as);
const entry = 'registration { id state waitingNo version resident { id } }';
const signUp = (activityId: string, who: string, as: Writer = resident(who), more: object = {}) =>
  write(service, 'signUpActivity', { activityId, residentId: who, ...more }, entry, as);
const withdraw = (registrationId: string, expectedVersion: number, as: Writer) =>
  write(service, 'withdrawActivity', { registrationId, expectedVersion }, entry, as);
const countsOf = async (id: string) =>
  (await database.query('SELECT signed_up, waitlisted FROM activity WHERE id = $1', [id])).rows[0];

describe('publishing', () => {
  test('puts an activity into the calendar and says so', async () => {
    const id = await published({ kind: 'READING', hostId: `library-${demoCommunity}-1`, title: '夜读会' });
    const { data } = await service.query(
      `query ($from: DateTime!, $until: DateTime!) { activities(place: "${demoCommunity}", kind: READING, from: $from, until: $until, search: "夜读") { totalCount nodes { id feeCents capacity } }
        before: activities(place: "${demoCommunity}", search: "夜读", until: $from) { totalCount } }`,
      { from: plan.startsAt, until: plan.endsAt },
    );
    expect(data.activities).toEqual({ totalCount: 1, nodes: [{ id, feeCents: 0, capacity: 20 }] });
    expect(data.before.totalCount).toBe(0);
    expect(await eventsIn(service.databaseUrl)).toContainEqual({
      type: 'ActivityPublished',
      key: id,
      data: { activityId: id, communityCode: demoCommunity, kind: 'READING', weekly: false },
    });
    const library = await service.query(
      `{ _entities(representations: [{ __typename: "CommunityLibrary", id: "library-${demoCommunity}-1" }]) { ... on CommunityLibrary { readingActivities(first: 200) { nodes { id } } } } }`,
    );
    expect(library.data._entities[0].readingActivities.nodes).toContainEqual({ id });
  });

  test('of science it is also a science activity, such as a stop of the mobile museum', async () => {
    const id = await published({ kind: 'SCIENCE', scienceKind: 'MOBILE_MUSEUM', title: '流动科技馆' });
    const { data } = await service.query(
      `{ scienceActivities(place: "${demoCommunity}", kind: MOBILE_MUSEUM, first: 200) { nodes { id kind activity { startsAt } } } }`,
    );
    expect(data.scienceActivities.nodes).toContainEqual({
      id,
      kind: 'MOBILE_MUSEUM',
      activity: { startsAt: plan.startsAt },
    });
  });

  test.each([
    [{ kind: 'SCIENCE' }, 'scienceKind INVALID'],
    [{ scienceKind: 'LECTURE' }, 'scienceKind INVALID'],
    [{ endsAt: plan.startsAt }, 'endsAt INVALID'],
    [{ startsAt: at('2025-01-01', '10:00'), endsAt: at('2025-01-01', '11:00') }, 'startsAt INVALID'],
    [{ capacity: 0 }, 'capacity INVALID'],
    [{ title: '' }, 'title INVALID'],
    [{ hostId: 'library-440304001001-1' }, 'hostId NOT_FOUND'],
    [{ communityCode: '440303001002' }, 'communityCode NOT_ALLOWED'],
  ])('%j is refused', async (change, reason) => {
    const before = (await database.query('SELECT count(*)::int AS count FROM activity')).rows;
    const answer = await publish(change);
    expect(answer['activity']).toBeNull();
    expect(reasons(answer)).toEqual([reason]);
    expect((await database.query('SELECT count(*)::int AS count FROM activity')).rows).toEqual(before);
  });

  test('by the department everywhere, by residents nowhere, once with one key', async () => {
    expect(reasons(await publish({ communityCode: '440303001002' }, officer))).toEqual([]);
    expect(reasons(await publish({}, resident('demo-resident')))).toEqual(['communityCode NOT_ALLOWED']);
    const key = { idempotencyKey: 'one-concert' };
    expect(await published(key)).toBe(await published(key));
  });
});

describe('every week', () => {
  const datesOf = async (title: string) =>
    (
      await database.query(
        `SELECT to_char(starts_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS at, state FROM activity WHERE title = $1 ORDER BY starts_at`,
        [title],
      )
    ).rows;
  const run = async (day: string) => {
    await database.query('DELETE FROM _linli_job');
    await runJob(subgraph, service.databaseUrl, 'weekly-activities', new Date(`${day}T00:00:00Z`));
  };

  test('the coming two weeks are published, each once, until it is cancelled with all that follow', async () => {
    const first = (await publish({ weekly: true, title: '每周合唱' }))['activity'];
    await run(tomorrow);
    await run(tomorrow);
    const week = (n: number) => `${addDays(tomorrow, 7 * n)} 19:30`;
    expect(await datesOf('每周合唱')).toEqual([0, 1, 2].map((n) => ({ at: week(n), state: 'OPEN' })));
    const { rows } = await database.query(
      `SELECT id, version FROM activity WHERE title = '每周合唱' ORDER BY starts_at`,
    );
    expect(rows[0].id).toBe(first.id);
    expect(reasons(await cancel(rows[1].id, 1, true))).toEqual([]);
    await run(addDays(tomorrow, 21));
    expect((await datesOf('每周合唱')).map(({ state }) => state)).toEqual(['OPEN', 'CANCELLED', 'CANCELLED']);
  });

  test('every street has one in every week (周周有活动)', async () => {
    await run(tomorrow);
    const { rows } = await database.query(
      `SELECT count(DISTINCT left(community_code, 9))::int AS streets FROM activity
       WHERE series_id LIKE 'activity-series-%' AND starts_at >= $1 AND starts_at < $2`,
      [slotTime(tomorrow, '00:00'), slotTime(addDays(tomorrow, 7), '00:00')],
    );
    expect(rows[0].streets).toBe(78);
    const weekdays = await database.query(
      `SELECT s.weekday, to_char(a.starts_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day FROM activity a JOIN activity_series s ON s.id = a.series_id`,
    );
    expect(weekdays.rows.every(({ weekday, day }) => weekdayOf(day) === weekday)).toBe(true);
  });
});

describe('signing up', () => {
  test('64 at once for 20 places: 20 have one, 44 wait in order', async () => {
    const id = await published();
    const answers = await Promise.all(Array.from({ length: 64 }, (_, i) => signUp(id, `guest-${i}`)));
    expect(answers.flatMap(reasons)).toEqual([]);
    expect(answers.filter((answer) => answer['registration'].state === 'SIGNED_UP')).toHaveLength(20);
    expect(await countsOf(id)).toEqual({ signed_up: 20, waitlisted: 44 });
    const full = (await eventsIn(service.databaseUrl)).filter(({ type, key }) => type === 'ActivityFull' && key === id);
    expect(full).toHaveLength(1);
    const left = answers.find((answer) => answer['registration'].state === 'SIGNED_UP')!['registration'];
    await withdraw(left.id, 1, resident(left.resident.id));
    const { rows } = await database.query(
      `SELECT min(waiting_no)::int AS next FROM activity_registration WHERE activity_id = $1 AND state = 'WAITLISTED'`,
      [id],
    );
    expect(rows[0].next).toBe(2);
    expect(await countsOf(id)).toEqual({ signed_up: 20, waitlisted: 43 });
  });

  test('for oneself and one’s wards, once each, and back again after leaving', async () => {
    const id = await published();
    const child = await signUp(id, 'demo-child', guardian('demo-spouse', 'demo-child'));
    expect(reasons(child)).toEqual([]);
    expect(reasons(await signUp(id, 'demo-elder', resident('demo-resident')))).toEqual(['residentId NOT_ALLOWED']);
    const key = { idempotencyKey: 'signed-up-once' };
    const own = (await signUp(id, 'demo-resident', resident('demo-resident'), key))['registration'];
    expect((await signUp(id, 'demo-resident', resident('demo-resident'), key))['registration'].id).toBe(own.id);
    expect(reasons(await signUp(id, 'demo-resident'))).toEqual(['activityId DUPLICATE']);
    expect(reasons(await withdraw(own.id, 1, resident('demo-spouse')))).toEqual(['registrationId NOT_FOUND']);
    expect(reasons(await withdraw(own.id, 5, resident('demo-resident')))).toEqual(['expectedVersion CONFLICT']);
    expect((await withdraw(own.id, 1, resident('demo-resident')))['registration']).toMatchObject({
      state: 'WITHDRAWN',
    });
    expect(reasons(await withdraw(own.id, 2, resident('demo-resident')))).toEqual(['registrationId WRONG_STATE']);
    expect((await signUp(id, 'demo-resident'))['registration']).toMatchObject({
      id: own.id,
      state: 'SIGNED_UP',
      version: 3,
    });
    expect(await countsOf(id)).toEqual({ signed_up: 2, waitlisted: 0 });
    const { rows } = await database.query(
      'SELECT resident_id, minor_until > now() AS minor FROM activity_registration WHERE activity_id = $1 ORDER BY 1',
      [id],
    );
    expect(rows).toEqual([
      { resident_id: 'demo-child', minor: true },
      { resident_id: 'demo-resident', minor: null },
    ]);
  });

  test('not for what is cancelled, has begun, or is not there', async () => {
    const [cancelled, begun] = [await published(), await published()];
    const own = (await signUp(begun, 'demo-resident'))['registration'];
    expect(reasons(await cancel(cancelled, 1, false, publisher('other', '440303001002')))).toEqual([
      'activityId NOT_FOUND',
    ]);
    expect(reasons(await cancel(cancelled, 2))).toEqual(['expectedVersion CONFLICT']);
    expect((await cancel(cancelled, 1))['activity']).toMatchObject({ state: 'CANCELLED', version: 2 });
    expect(reasons(await cancel(cancelled, 2))).toEqual(['activityId WRONG_STATE']);
    await database.query(`UPDATE activity SET starts_at = '2025-01-01', ends_at = '2025-01-02' WHERE id = $1`, [begun]);
    expect(reasons(await signUp(cancelled, 'a'))).toEqual(['activityId CLOSED']);
    expect(reasons(await signUp(begun, 'a'))).toEqual(['activityId CLOSED']);
    expect(reasons(await signUp('none', 'a'))).toEqual(['activityId NOT_FOUND']);
    expect(reasons(await withdraw(own.id, 1, resident('demo-resident')))).toEqual(['registrationId CLOSED']);
    expect(reasons(await cancel(begun, 1))).toEqual(['activityId CLOSED']);
  });
});
