import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { subgraph } from '../src/subgraph.js';
import { dayOf, plusDays } from '../src/today.js';
import { doctor, officer, otherDoctor, stranger, writing, type Writer } from './support/writing.js';

let service: TestSubgraph;
const call = writing(() => service);

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 500 });
});

afterAll(() => service.close());

const communityCode = '440303001001';
const publishing = (more: object = {}) => ({
  communityCode,
  title: '示例：流感样病例聚集提示',
  category: 'INFECTIOUS_DISEASE',
  grade: 'IV',
  advice: '勤洗手、常通风。',
  ...more,
});
const fields =
  'event { id state version endedAt advice community { code } bulletins { state text } jointTasks { id party state handlers version } }';
const staff = (post: string): Writer => ({
  subject: { id: `u-${post}`, staffId: `demo-${post}`, jurisdiction: [communityCode] },
  relations: ['assigned'],
});

describe('an event', () => {
  test('is published with a task for each of the three parties, followed by bulletins, and ended', async () => {
    const input = publishing({ idempotencyKey: 'published-once' });
    const { event, userErrors } = await call.write(officer, 'publishPublicHealthEvent', input, fields);
    expect(userErrors).toEqual([]);
    expect(event).toMatchObject({ state: 'RESPONDING', version: 1, community: { code: communityCode }, bulletins: [] });
    expect(
      event.jointTasks.map(({ party, handlers }: { party: string; handlers: string[] }) => [party, handlers[0]]),
    ).toEqual([
      ['COMMUNITY_WORKER', 'demo-community-worker'],
      ['HEALTH_FACILITY', 'demo-family-doctor'],
      ['POLICE_POST', 'demo-community-police'],
    ]);
    const again = await call.write(officer, 'publishPublicHealthEvent', input, 'event { id }');
    expect(again.event.id).toBe(event.id);

    const { id } = event;
    const bulletin = { id, state: 'OBSERVING', text: '未见新增', advice: '注意观察', expectedVersion: 1 };
    expect(await call.refusals(officer, 'updatePublicHealthEvent', { ...bulletin, expectedVersion: 8 })).toEqual([
      'expectedVersion CONFLICT',
    ]);
    expect(await call.refusals(officer, 'updatePublicHealthEvent', { ...bulletin, state: 'ENDED' })).toEqual([
      'state INVALID',
    ]);
    const observed = await call.write(officer, 'updatePublicHealthEvent', bulletin, fields);
    expect(observed.event).toMatchObject({
      state: 'OBSERVING',
      advice: '注意观察',
      bulletins: [{ state: 'OBSERVING', text: '未见新增' }],
    });

    const done = event.jointTasks[1];
    await call.write(doctor, 'reportJointTask', { id: done.id, state: 'DONE', text: '已完成流调', expectedVersion: 1 });
    const end = { id, text: '风险已消除', expectedVersion: 2 };
    const ended = await call.write(officer, 'closePublicHealthEvent', end, fields);
    expect(ended.event).toMatchObject({ state: 'ENDED', version: 3, bulletins: [{}, { state: 'ENDED' }] });
    expect(ended.event.endedAt).not.toBeNull();
    expect(ended.event.jointTasks.map(({ state }: { state: string }) => state)).toEqual([
      'CANCELLED',
      'DONE',
      'CANCELLED',
    ]);
    expect(await call.refusals(officer, 'closePublicHealthEvent', { ...end, expectedVersion: 3 })).toEqual([
      'id WRONG_STATE',
    ]);
    expect(await call.refusals(officer, 'updatePublicHealthEvent', { ...bulletin, expectedVersion: 3 })).toEqual([
      'id WRONG_STATE',
    ]);

    const told = (await eventsIn(service.databaseUrl)).filter(({ key }) => key === id);
    expect(told.map(({ type, data }) => [type, data['state'], data['communityCode']])).toEqual([
      ['PublicHealthEventPublished', 'RESPONDING', communityCode],
      ['PublicHealthEventPublished', 'OBSERVING', communityCode],
      ['PublicHealthEventPublished', 'ENDED', communityCode],
    ]);
    expect(JSON.stringify(told)).not.toContain('未见新增');
  });

  test('is published by whoever is in charge of the place, about a community that there is', async () => {
    const elsewhere = { ...officer, subject: { id: 'u-elsewhere', jurisdiction: ['440304'] } };
    expect(await call.refusals(elsewhere, 'publishPublicHealthEvent', publishing())).toEqual([
      'communityCode NOT_ALLOWED',
    ]);
    expect(await call.refusals(stranger, 'publishPublicHealthEvent', publishing())).toEqual([
      'communityCode NOT_ALLOWED',
    ]);
    expect(
      await call.refusals(officer, 'publishPublicHealthEvent', publishing({ communityCode: '440303999999' })),
    ).toEqual(['communityCode INVALID']);
    expect(await call.refusals(officer, 'publishPublicHealthEvent', publishing({ title: '长'.repeat(101) }))).toEqual([
      'title TOO_LONG',
    ]);
    expect(
      await call.refusals(officer, 'closePublicHealthEvent', { id: 'none', text: '无', expectedVersion: 1 }),
    ).toEqual(['id NOT_FOUND']);
    expect(
      await call.refusals(elsewhere, 'closePublicHealthEvent', {
        id: `public-health-event-${communityCode}-1`,
        text: '无',
        expectedVersion: 1,
      }),
    ).toEqual(['id NOT_ALLOWED']);
  });

  test('reaches those who follow the place, and nobody else', async () => {
    const follow = (place: string) =>
      service.subscribe(`subscription { publicHealthEvents(place: "${place}") { title state community { code } } }`);
    const [here, there] = [follow('440303001'), follow('440304')];
    const [first, other] = [here.next(), there.next()];
    let heard = false;
    void other.then(() => (heard = true));
    let shown: any;
    // Subscriptions begin when their request has come in; until then, publish.
    do {
      await call.write(officer, 'publishPublicHealthEvent', publishing({ title: '示例：订阅' }));
      shown = await Promise.race([first, new Promise((resolve) => setTimeout(resolve, 300))]);
    } while (shown === undefined);
    expect(shown.value.data.publicHealthEvents).toEqual({
      title: '示例：订阅',
      state: 'RESPONDING',
      community: { code: communityCode },
    });
    expect(heard).toBe(false);
    await call.write(
      officer,
      'publishPublicHealthEvent',
      publishing({ communityCode: '440304001019', title: '示例：别处' }),
    );
    expect((await other).value.data.publicHealthEvents.title).toBe('示例：别处');
    await Promise.all([here.return(undefined), there.return(undefined)]);
  });
});

describe('a joint task', () => {
  const taskOf = async (party: string) =>
    (
      await call.sql('SELECT id, version FROM joint_health_task WHERE event_id = $1 AND party = $2::"JointTaskParty"', [
        `public-health-event-${communityCode}-1`,
        party,
      ])
    )[0];
  const selection = 'task { state version reports { state staffId text } }';

  test('is reported on by its own party, until it is done', async () => {
    const { id } = await taskOf('COMMUNITY_WORKER');
    const report = { id, state: 'IN_PROGRESS', text: '已走访重点人群', expectedVersion: 1 };
    for (const as of [doctor, staff('community-police'), stranger]) {
      expect(await call.refusals(as, 'reportJointTask', report)).toEqual(['id NOT_FOUND']);
    }
    const begun = await call.write(staff('community-worker'), 'reportJointTask', report, selection);
    expect(begun.task).toEqual({
      state: 'IN_PROGRESS',
      version: 2,
      reports: [{ state: 'IN_PROGRESS', staffId: 'demo-community-worker', text: '已走访重点人群' }],
    });
    expect(await call.refusals(staff('community-worker'), 'reportJointTask', report)).toEqual([
      'expectedVersion CONFLICT',
    ]);
    const done = { ...report, state: 'DONE', expectedVersion: 2 };
    expect(await call.refusals(staff('community-worker'), 'reportJointTask', { ...done, state: 'PENDING' })).toEqual([
      'state INVALID',
    ]);
    expect(await call.refusals(staff('community-worker'), 'reportJointTask', done)).toEqual([]);
    expect(await call.refusals(staff('community-worker'), 'reportJointTask', { ...done, expectedVersion: 3 })).toEqual([
      'id WRONG_STATE',
    ]);
    const told = (await eventsIn(service.databaseUrl)).filter(({ key }) => key === id);
    expect(told.map(({ type, data }) => [type, data['state']])).toEqual([
      ['JointTaskReported', 'IN_PROGRESS'],
      ['JointTaskReported', 'DONE'],
    ]);
  });

  test('of those of a party who report at once, one is taken', async () => {
    const { id, version } = await taskOf('HEALTH_FACILITY');
    const report = { id, state: 'IN_PROGRESS', text: '已开展流调', expectedVersion: version };
    const answers = await Promise.all(
      [doctor, otherDoctor, doctor, otherDoctor].map((as) => call.refusals(as, 'reportJointTask', report)),
    );
    expect(answers.filter((each) => each.length === 0)).toHaveLength(1);
    expect(await call.sql('SELECT number FROM joint_task_report WHERE task_id = $1', [id])).toHaveLength(1);
  });
});

test('an activity is published for a day to come', async () => {
  const day = plusDays(dayOf(), 7).getTime();
  const hour = (hours: number) => new Date(day + hours * 3_600_000).toISOString();
  const input = {
    communityCode,
    kind: 'LECTURE',
    title: '示例：控盐讲座',
    venue: '党群服务中心',
    description: '全科医生讲解',
    startsAt: hour(1),
    endsAt: hour(3),
    facilityId: 'community-health-440303001001-1',
  };
  const publish = (more: object) => call.refusals(officer, 'publishHealthActivity', { ...input, ...more });
  expect(await publish({ endsAt: hour(0) })).toEqual(['endsAt INVALID']);
  expect(await publish({ endsAt: hour(40) })).toEqual(['endsAt INVALID']);
  expect(await publish({ startsAt: '2020-01-01T01:00:00Z', endsAt: '2020-01-01T03:00:00Z' })).toEqual([
    'startsAt INVALID',
  ]);
  expect(await publish({ facilityId: 'nowhere' })).toEqual(['facilityId NOT_FOUND']);
  expect(await call.refusals(stranger, 'publishHealthActivity', input)).toEqual(['communityCode NOT_ALLOWED']);
  const { activity } = await call.write(
    officer,
    'publishHealthActivity',
    { ...input, idempotencyKey: 'activity-once' },
    'activity { id title facility { id } }',
  );
  expect(activity).toMatchObject({ title: '示例：控盐讲座', facility: { id: input.facilityId } });
});
