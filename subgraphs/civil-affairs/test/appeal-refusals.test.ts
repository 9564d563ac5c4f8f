import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Pool } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { appealClient, community, me, officer, resident, window, worker } from './support/appeals.js';

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

describe('what is refused, and nothing is written', () => {
  const count = async () => (await pool.query('SELECT count(*)::int AS n FROM appeal_step')).rows[0].n as number;

  test('another community’s appeal is not found', async () => {
    const row = await appeals.submit(me);
    const before = await count();
    const far = worker('far-worker', '440304001019');
    for (const [name, more] of Object.entries({
      acceptAppeal: {},
      rejectAppeal: { note: '不归我管' },
      recordAppealContact: { note: '联系过' },
      closeAppeal: {},
    })) {
      const { userErrors } = await appeals.call(name, far, { no: row.no, expectedVersion: row.version, ...more });
      expect(userErrors).toMatchObject([{ field: ['no'], code: 'NOT_FOUND' }]);
    }
    expect(await count()).toBe(before);
  });

  test('without the relation that the policies state, nothing is found', async () => {
    const row = await appeals.submit(me);
    const { userErrors } = await appeals.call(
      'acceptAppeal',
      { ...window, writes: {} },
      { no: row.no, expectedVersion: 1 },
    );
    expect(userErrors).toMatchObject([{ field: ['no'], code: 'NOT_FOUND' }]);
  });

  test('a resident submits for themselves and their wards, and for nobody else', async () => {
    const parent = resident('demo-spouse', ['demo-child']);
    const given = { communityCode: community, category: 'EDUCATION', title: '课后服务', content: '希望增加名额。' };
    const forChild = await appeals.done('submitAppeal', parent, { ...given, residentId: 'demo-child' });
    const { rows } = await pool.query('SELECT appellant_id, minor_until FROM appeal WHERE no = $1', [forChild.no]);
    expect(rows).toEqual([{ appellant_id: 'demo-child', minor_until: expect.any(Date) }]);
    const { userErrors } = await appeals.call('submitAppeal', parent, { ...given, residentId: 'demo-elder' });
    expect(userErrors).toMatchObject([{ field: ['residentId'], code: 'NOT_ALLOWED' }]);
  });

  test('staff take in for their own community only, through their own channels', async () => {
    const given = { communityCode: community, category: 'NOISE', title: '噪声', content: '夜间施工。' };
    const far = await appeals.call('submitAppeal', window, { ...given, communityCode: '440304001019' });
    expect(far.userErrors).toMatchObject([{ field: ['communityCode'], code: 'NOT_ALLOWED' }]);
    const wrong = await appeals.call('submitAppeal', window, { ...given, channel: 'ONLINE' });
    expect(wrong.userErrors).toMatchObject([{ field: ['channel'], code: 'INVALID' }]);
    const called = await appeals.done('submitAppeal', window, { ...given, channel: 'HOTLINE' });
    expect((await pool.query('SELECT channel, appellant_id FROM appeal WHERE no = $1', [called.no])).rows).toEqual([
      { channel: 'HOTLINE', appellant_id: null },
    ]);
    const unknown = await appeals.call('submitAppeal', window, { ...given, residentId: 'nobody' });
    expect(unknown.userErrors).toMatchObject([{ field: ['residentId'], code: 'NOT_FOUND' }]);
  });

  test.each([
    ['title', { title: ' ' }, 'INVALID'],
    ['title', { title: '长'.repeat(61) }, 'TOO_LONG'],
    ['content', { content: '长'.repeat(2001) }, 'TOO_LONG'],
    ['communityCode', { communityCode: '440303999999' }, 'INVALID'],
    ['aboutUnit', { aboutUnit: '440304-housing' }, 'INVALID'],
    ['idempotencyKey', { idempotencyKey: 'short' }, 'INVALID'],
  ])('a submission with a bad %s (%#)', async (field, change, code) => {
    const given = { communityCode: community, category: 'NOISE', title: '噪声', content: '夜间施工。' };
    const { appeal, userErrors } = await appeals.call('submitAppeal', me, { ...given, ...change });
    expect(appeal).toBeNull();
    expect(userErrors).toMatchObject([{ field: [field], code }]);
    expect(userErrors[0]!.message).toMatch(/[\u4e00-\u9fff]/);
  });

  test('what is not possible now names the state and what is', async () => {
    const row = await appeals.submit(me);
    const { userErrors } = await appeals.call('answerAppeal', window, {
      no: row.no,
      expectedVersion: 1,
      answer: '已处理',
    });
    expect(userErrors).toMatchObject([{ field: null, code: 'WRONG_STATE' }]);
    expect(userErrors[0]!.message).toContain('目前为“已提交”，不能答复');
    expect(userErrors[0]!.message).toContain('受理、不予受理');
  });

  test('the window does not answer what a bureau leads', async () => {
    const row = await appeals.handled();
    const { userErrors } = await appeals.call('answerAppeal', window, {
      no: row.no,
      expectedVersion: row.version,
      answer: '已处理',
    });
    expect(userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
    expect(userErrors[0]!.message).toContain('罗湖区生态环境局');
  });

  test('a unit does not close, nor reject, a complaint about itself', async () => {
    const row = await appeals.submit(me, { aboutUnit: community });
    const { userErrors } = await appeals.call('rejectAppeal', window, {
      no: row.no,
      expectedVersion: 1,
      note: '不予受理',
    });
    expect(userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
    let on = await appeals.step('acceptAppeal', window, row);
    const self = await appeals.call('dispatchAppeal', window, {
      no: on.no,
      expectedVersion: on.version,
      unit: community,
    });
    expect(self.userErrors).toMatchObject([{ field: ['unit'], code: 'NOT_ALLOWED' }]);
    on = await appeals.step('dispatchAppeal', window, on, { unit: '440303001', staff: ['street-officer'] });
    const office = officer('street-officer');
    on = await appeals.step('startHandlingAppeal', office, on);
    on = await appeals.step('answerAppeal', office, on, { answer: '已核实。' });
    on = await appeals.step('confirmAppeal', me, on);
    on = await appeals.step('evaluateAppeal', me, on, { rating: 5 });
    const closing = await appeals.call('closeAppeal', window, { no: on.no, expectedVersion: on.version });
    expect(closing.userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
    expect((await appeals.step('closeAppeal', office, on)).state).toBe('CLOSED');
  });
});

describe('the database itself', () => {
  test.each([
    ['changes', `UPDATE appeal_step SET note = 'x'`],
    ['removes', 'DELETE FROM appeal_step'],
    ['empties', 'TRUNCATE appeal_step'],
    [
      'rewrites',
      `INSERT INTO appeal_step SELECT appeal_no, seq + 5, at, action, from_state, to_state, actor FROM appeal_step WHERE seq = 1 LIMIT 1`,
    ],
  ])('no program %s the steps', async (_, sql) => {
    await expect(pool.query(sql)).rejects.toMatchObject({ code: '23000' });
  });

  test.each([
    ['a handled one without a lead', `UPDATE appeal SET lead = NULL WHERE state = 'HANDLING'`],
    [
      'a closed one without feedback',
      `UPDATE appeal SET state = 'CLOSED', rating = NULL, lapsed = false WHERE state = 'ANSWERED' AND channel <> 'PROACTIVE'`,
    ],
    ['a rating of six', `UPDATE appeal SET rating = 6 WHERE rating = 5`],
    ['a complaint about a unit that names its author', `UPDATE appeal SET about_unit = '440303001', anonymous = false`],
  ])('takes no appeal that is %s', async (_, sql) => {
    await expect(pool.query(sql)).rejects.toMatchObject({ code: '23514' });
  });
});
