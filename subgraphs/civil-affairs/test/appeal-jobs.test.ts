import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runJob } from '@linli/kit/testing/jobs';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Pool } from 'pg';
import { addWorkingDays } from '../src/appeals/working-days.js';
import { subgraph } from '../src/subgraph.js';
import { appealClient, bureau, community, me, window, worker } from './support/appeals.js';

let service: TestSubgraph;
let pool: Pool;
let appeals: ReturnType<typeof appealClient>;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 2000 });
  pool = new Pool({ connectionString: service.databaseUrl });
  appeals = appealClient(service);
});

afterAll(async () => {
  await pool.end();
  await service.close();
});

const later = (from: Date, hours: number) => new Date(from.getTime() + hours * 3_600_000);

/** Runs a job as if it were that time, whenever it ran last. */
async function run(name: string, now: Date): Promise<boolean> {
  await pool.query('DELETE FROM _linli_job WHERE name = $1', [name]);
  return runJob(subgraph, service.databaseUrl, name, now);
}

async function read(no: string) {
  const { rows } = await pool.query('SELECT * FROM appeal WHERE no = $1', [no]);
  return rows[0] as {
    state: string;
    supervision: number;
    due_at: Date;
    supervise_at: Date | null;
    lapses_at: Date | null;
    lapsed: boolean;
  };
}

const eventsOf = async (type: string, key: string) =>
  (await eventsIn(service.databaseUrl)).filter((event) => event.type === type && event.key === key);

describe('overdue appeals', () => {
  test('are supervised at the due time and rise from level to level, each told once', async () => {
    const { no } = await appeals.handled();
    const { due_at: due } = await read(no);
    await run('overdue-appeals', later(due, -1));
    expect(await read(no)).toMatchObject({ supervision: 0 });
    await run('overdue-appeals', due);
    await run('overdue-appeals', later(due, 1));
    expect(await read(no)).toMatchObject({ state: 'HANDLING', supervision: 1, supervise_at: addWorkingDays(due, 2) });
    await run('overdue-appeals', addWorkingDays(due, 2));
    await run('overdue-appeals', addWorkingDays(due, 5));
    await run('overdue-appeals', addWorkingDays(due, 50));
    expect(await read(no)).toMatchObject({ state: 'HANDLING', supervision: 3, supervise_at: null });
    const told = await eventsOf('AppealOverdue', no);
    expect(told.map(({ data }) => data['supervision'])).toEqual([1, 2, 3]);
    expect(told[0]!.data).toEqual({
      no,
      state: 'HANDLING',
      category: 'NOISE',
      communityCode: community,
      lead: '440303-ecology',
      supervision: 1,
    });
  });

  test('are supervised once however many processes look at the same time', async () => {
    const { no } = await appeals.handled();
    const { due_at: due } = await read(no);
    await pool.query(`DELETE FROM _linli_job WHERE name = 'overdue-appeals'`);
    const ran = await Promise.all(
      Array.from({ length: 6 }, () => runJob(subgraph, service.databaseUrl, 'overdue-appeals', due)),
    );
    expect(ran.filter(Boolean)).toHaveLength(1);
    expect(await eventsOf('AppealOverdue', no)).toHaveLength(1);
  });

  test('that were answered in time are left alone, and an extension moves the time', async () => {
    const answered = await appeals.step('answerAppeal', bureau, await appeals.handled(), { answer: '已处理' });
    const extended = await appeals.step('extendAppeal', bureau, await appeals.handled(), {
      workingDays: 3,
      note: '检测',
    });
    const { due_at: due } = await read(answered.no);
    await run('overdue-appeals', later(due, 1));
    expect(await read(answered.no)).toMatchObject({ supervision: 0, supervise_at: null });
    expect(await read(extended.no)).toMatchObject({ supervision: 0 });
    await run('overdue-appeals', later(addWorkingDays(due, 3), 1));
    expect(await read(extended.no)).toMatchObject({ supervision: 1 });
  });

  test('of the made-up city are left as they were made', async () => {
    const before = await pool.query(`SELECT no, supervision FROM appeal WHERE submitted_at < '2025-07-01' ORDER BY no`);
    await run('overdue-appeals', new Date('2030-01-01'));
    await run('lapsed-appeals', new Date('2030-01-01'));
    const after = await pool.query(`SELECT no, supervision FROM appeal WHERE submitted_at < '2025-07-01' ORDER BY no`);
    expect(after.rows).toEqual(before.rows);
    expect(before.rows.some(({ supervision }) => supervision === 3)).toBe(true);
  });
});

describe('silence', () => {
  test('closes an answered appeal after seven days, and one that was confirmed or rated', async () => {
    const answered = await appeals.step('answerAppeal', bureau, await appeals.handled(), { answer: '已处理' });
    const confirmed = await appeals.step(
      'confirmAppeal',
      me,
      await appeals.step('answerAppeal', bureau, await appeals.handled(), { answer: '已处理' }),
    );
    let rated = await appeals.step(
      'confirmAppeal',
      me,
      await appeals.step('answerAppeal', bureau, await appeals.handled(), { answer: '已处理' }),
    );
    rated = await appeals.step('evaluateAppeal', me, rated, { rating: 5 });
    const { lapses_at: ends } = await read(answered.no);
    await run('lapsed-appeals', later(ends!, -1));
    expect((await read(answered.no)).state).toBe('ANSWERED');
    await run('lapsed-appeals', later(ends!, 1));
    expect(await read(answered.no)).toMatchObject({ state: 'CLOSED', lapsed: true, lapses_at: null });
    expect(await read(confirmed.no)).toMatchObject({ state: 'CLOSED', lapsed: true });
    expect(await read(rated.no)).toMatchObject({ state: 'CLOSED', lapsed: false });
  });
});

describe('weak signals', () => {
  const complain = (category: string, count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, i) =>
        appeals.submit(window, { category, channel: 'HOTLINE', title: `第 ${i} 位来电`, content: '反映同一问题。' }),
      ),
    );
  const signals = async () =>
    (
      await service.query(
        `{ weakSignals(place: "${community}", first: 200, state: OPEN) { nodes { id category count expected pValue state version appeal { no } } }
           community(code: "${community}") { weakSignals { id } } }`,
        {},
        window,
      )
    ).data;
  const ofCategory = async (category: string) =>
    ((await signals()).weakSignals.nodes as { id: string; category: string; count: number; version: number }[]).find(
      (each) => each.category === category,
    );

  test('there is one in the made-up city, below its community', async () => {
    const { weakSignals, community: place } = await signals();
    expect(weakSignals.nodes).toMatchObject([{ category: 'NOISE', count: 9, state: 'OPEN', appeal: null }]);
    expect(weakSignals.nodes[0].expected).toBeLessThan(3);
    expect(place.weakSignals).toEqual([{ id: weakSignals.nodes[0].id }]);
  });

  test('a cluster is raised once, and kept up to date while it is open', async () => {
    await complain('CARE', 8);
    await run('weak-signals', new Date());
    const first = await ofCategory('CARE');
    expect(first).toMatchObject({ count: 8 });
    await complain('CARE', 2);
    await run('weak-signals', new Date());
    expect(await ofCategory('CARE')).toMatchObject({ id: first!.id, count: 10 });
    const told = await eventsOf('WeakSignalRaised', community);
    expect(told.filter(({ data }) => data['category'] === 'CARE')).toEqual([
      {
        type: 'WeakSignalRaised',
        key: community,
        data: { id: first!.id, communityCode: community, category: 'CARE', count: 8 },
      },
    ]);
  });

  test('one person who writes ten times is no cluster', async () => {
    for (let i = 0; i < 10; i++) await appeals.submit(me, { category: 'HEALTH', title: `第 ${i} 次` });
    await run('weak-signals', new Date());
    expect(await ofCategory('HEALTH')).toBeUndefined();
  });

  test('staff turn one into an appeal that nobody raised; two who try at once make one of it', async () => {
    await complain('TRAFFIC', 8);
    await run('weak-signals', new Date());
    const signal = await ofCategory('TRAFFIC');
    const given = {
      communityCode: community,
      category: 'TRAFFIC',
      title: '出入口拥堵',
      content: '多位居民反映，主动介入。',
      signalId: signal!.id,
    };
    const wrong = await appeals.call('openProactiveAppeal', window, { ...given, category: 'SAFETY' });
    expect(wrong.userErrors).toMatchObject([{ field: ['signalId'], code: 'INVALID' }]);
    const results = await Promise.all(
      Array.from({ length: 5 }, () => appeals.call('openProactiveAppeal', window, given)),
    );
    const made = results.filter(({ userErrors }) => userErrors.length === 0);
    expect(made).toHaveLength(1);
    for (const { userErrors } of results.filter((each) => each !== made[0])) {
      expect(userErrors[0]!.code).toMatch(/^(WRONG_STATE|CONFLICT)$/);
    }
    const { no } = made[0]!.appeal!;
    const { rows } = await pool.query('SELECT state, appeal_no, settled_by FROM weak_signal WHERE id = $1', [
      signal!.id,
    ]);
    expect(rows).toEqual([{ state: 'ACTED_ON', appeal_no: no, settled_by: 'demo-community-worker' }]);
    expect((await pool.query('SELECT channel, appellant_id FROM appeal WHERE no = $1', [no])).rows).toEqual([
      { channel: 'PROACTIVE', appellant_id: null },
    ]);

    await run('weak-signals', new Date());
    expect(await ofCategory('TRAFFIC')).toBeUndefined();
    await run('weak-signals', later(new Date(), 24 * 8));
    expect(await ofCategory('TRAFFIC')).toBeUndefined();
  });

  test('staff dismiss one with a reason, once, and only in their own place', async () => {
    await complain('EDUCATION', 8);
    await run('weak-signals', new Date());
    const { id, version } = (await ofCategory('EDUCATION'))!;
    const dismiss = async (as: object, note: string, expectedVersion = version) =>
      (
        await service.query(
          `mutation ($input: DismissWeakSignalInput!) { dismissWeakSignal(input: $input) { signal { state note } userErrors { field code } } }`,
          { input: { id, expectedVersion, note } },
          as,
        )
      ).data.dismissWeakSignal;
    expect((await dismiss(worker('far', '440304001019'), '核实')).userErrors).toEqual([
      { field: ['id'], code: 'NOT_FOUND' },
    ]);
    expect((await dismiss(window, '核实', version + 1)).userErrors).toEqual([
      { field: ['expectedVersion'], code: 'CONFLICT' },
    ]);
    expect(await dismiss(window, '经核实为同一活动通知所致。')).toEqual({
      signal: { state: 'DISMISSED', note: '经核实为同一活动通知所致。' },
      userErrors: [],
    });
    expect((await dismiss(window, '再次')).userErrors).toEqual([{ field: ['id'], code: 'WRONG_STATE' }]);
    await run('weak-signals', new Date());
    expect(await ofCategory('EDUCATION')).toBeUndefined();
  });
});
