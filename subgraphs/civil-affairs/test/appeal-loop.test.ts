import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { assertionHeader } from '@linli/schema/subject';
import { Pool } from 'pg';
import { subgraph } from '../src/subgraph.js';
import {
  appealClient,
  community,
  dataOfficer,
  officer,
  resident,
  supervisor,
  worker,
  type Row,
} from './support/appeals.js';

let service: TestSubgraph;
let client: Pool;
let appeals: ReturnType<typeof appealClient>;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 2000 });
  client = new Pool({ connectionString: service.databaseUrl });
  appeals = appealClient(service);
});

afterAll(async () => {
  await client.end();
  await service.close();
});

const me = resident('demo-resident');
const window = worker('demo-community-worker');
const colleague = worker('community-worker-440303001001-2');
const street = supervisor('440303001', 'street');
const bureau = officer('noise-officer');
const ecology = '440303-ecology';

/** An appeal of the demo resident that a bureau handles. */
async function handled(): Promise<Row> {
  let row = await appeals.submit(me);
  row = await appeals.step('acceptAppeal', window, row);
  row = await appeals.step('dispatchAppeal', window, row, { staff: ['noise-officer'] });
  return appeals.step('startHandlingAppeal', bureau, row);
}

const answered = async () => appeals.step('answerAppeal', bureau, await handled(), { answer: '已责令停工。' });

async function closed(): Promise<Row> {
  let row = await appeals.step('confirmAppeal', me, await answered());
  row = await appeals.step('evaluateAppeal', me, row, { rating: 5 });
  return appeals.step('closeAppeal', window, row);
}

const eventsOf = async (no: string) => (await eventsIn(service.databaseUrl)).filter(({ key }) => key === no);

describe('an appeal goes round the whole loop', () => {
  test('from intake to closing, each step written down with who, when and for which unit', async () => {
    let row = await appeals.submit(me);
    expect(row).toMatchObject({ state: 'SUBMITTED', version: 1, lead: null });
    row = await appeals.step('acceptAppeal', window, row);
    row = await appeals.step('recordAppealContact', window, row, { note: '已电话联系。' });
    row = await appeals.step('dispatchAppeal', window, row, { staff: ['noise-officer'] });
    expect(row).toMatchObject({ state: 'DISPATCHED', lead: { code: ecology }, responsible: { code: community } });
    row = await appeals.step('startHandlingAppeal', bureau, row);
    expect(row.responsible).toEqual({ code: ecology });
    row = await appeals.step('answerAppeal', bureau, row, { answer: '已责令停工。' });
    row = await appeals.step('confirmAppeal', me, row);
    row = await appeals.step('evaluateAppeal', me, row, { rating: 4, comment: '很快' });
    row = await appeals.step('closeAppeal', window, row);
    expect(row).toMatchObject({ state: 'CLOSED', possibleActions: [] });

    const { data } = await service.query(
      `query ($no: ID!) { appeal(no: $no) { rating resolved answer comment closedAt
         firstReceiver { code name level } steps { seq action from to actor staff department unit { code } target { code } direct } } }`,
      { no: row.no },
      me,
    );
    expect(data.appeal).toMatchObject({ rating: 4, resolved: true, answer: '已责令停工。', comment: '很快' });
    expect(data.appeal.firstReceiver).toEqual({
      code: community,
      name: '大塘龙社区党群服务中心民生诉求服务窗口',
      level: 'COMMUNITY',
    });
    const steps = data.appeal.steps as Record<string, unknown>[];
    expect(steps.map(({ action }) => action)).toEqual([
      'SUBMIT',
      'ACCEPT',
      'CONTACT',
      'DISPATCH',
      'START',
      'ANSWER',
      'CONFIRM',
      'EVALUATE',
      'CLOSE',
    ]);
    expect(steps[3]).toMatchObject({
      seq: 4,
      from: 'ACCEPTED',
      to: 'DISPATCHED',
      actor: 'STAFF',
      staff: 'demo-community-worker',
      department: 'civil-affairs',
      unit: { code: community },
      target: { code: ecology },
      direct: true,
    });
    expect(steps[6]).toMatchObject({ actor: 'APPELLANT', staff: null, unit: null });

    const events = await eventsOf(row.no);
    expect(events.map(({ type }) => type)).toEqual(['AppealSubmitted', ...steps.slice(1).map(() => 'AppealMoved')]);
    expect(events[0]!.data).toEqual({ no: row.no, category: 'NOISE', communityCode: community, channel: 'ONLINE' });
    expect(events.at(-1)!.data).toEqual({
      no: row.no,
      action: 'CLOSE',
      from: 'EVALUATED',
      state: 'CLOSED',
      category: 'NOISE',
      communityCode: community,
    });
  });

  test('who is dissatisfied at first has it done again', async () => {
    let row = await appeals.step('confirmAppeal', me, await answered());
    row = await appeals.step('evaluateAppeal', me, row, { rating: 1 });
    expect(row.state).toBe('REOPENED');
    row = await appeals.step('startHandlingAppeal', bureau, row);
    row = await appeals.step('answerAppeal', bureau, row, { answer: '再次处理。' });
    row = await appeals.step('evaluateAppeal', me, row, { rating: 1 });
    expect(row.state).toBe('EVALUATED');
  });

  test('two returns make a dispute, which the street decides', async () => {
    let row = await appeals.step('acceptAppeal', window, await appeals.submit(me));
    for (let i = 0; i < 2; i++) {
      row = await appeals.step('dispatchAppeal', window, row, { staff: ['noise-officer'] });
      row = await appeals.step('returnAppeal', bureau, row, { note: '不属于本单位职责。' });
    }
    expect(row).toMatchObject({ state: 'DISPUTED', lead: { code: community } });
    row = await appeals.step('arbitrateAppeal', street, row, {
      unit: ecology,
      staff: ['noise-officer'],
      note: '依职责清单。',
    });
    expect(row).toMatchObject({ state: 'DISPATCHED', lead: { code: ecology } });
    const again = await appeals.call('returnAppeal', bureau, {
      no: row.no,
      expectedVersion: row.version,
      note: '仍不属于。',
    });
    expect(again.userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
  });

  test('a transfer is taken over by staff of the other unit, and ends the part of the first', async () => {
    const other = officer('transport-officer');
    let row = await handled();
    row = await appeals.step('transferAppeal', bureau, row, {
      unit: '440303-transport',
      staff: ['transport-officer'],
      note: '属于交通设施。',
    });
    expect(row).toMatchObject({ state: 'TRANSFERRED', responsible: { code: ecology } });
    row = await appeals.step('acceptAppeal', other, row);
    expect(row).toMatchObject({ state: 'DISPATCHED', lead: { code: '440303-transport' } });
    const late = await appeals.call('startHandlingAppeal', bureau, { no: row.no, expectedVersion: row.version });
    expect(late.userErrors).toMatchObject([{ field: ['no'], code: 'NOT_FOUND' }]);
    expect((await appeals.step('startHandlingAppeal', other, row)).state).toBe('HANDLING');
  });

  test('joint units, an extension and supervision leave it where it is', async () => {
    let row = await handled();
    row = await appeals.step('addJointUnit', bureau, row, { unit: '440303001' });
    row = await appeals.step('extendAppeal', bureau, row, { workingDays: 2, note: '需要检测。' });
    row = await appeals.step('superviseAppeal', street, row, { level: 2, note: '请尽快。' });
    expect(row).toMatchObject({ state: 'HANDLING', supervision: 2 });
    const twice = await appeals.call('extendAppeal', bureau, {
      no: row.no,
      expectedVersion: row.version,
      workingDays: 1,
      note: '再次',
    });
    expect(twice.userErrors[0]).toMatchObject({
      code: 'WRONG_STATE',
      message: expect.stringContaining('已经延期一次'),
    });
    const { data } = await service.query(
      'query ($no: ID!) { appeal(no: $no) { extended jointUnits { name } steps { action supervision } } }',
      { no: row.no },
      street,
    );
    expect(data.appeal).toMatchObject({ extended: true, jointUnits: [{ name: '桂园街道办事处' }] });
    expect(data.appeal.steps.at(-1)).toEqual({ action: 'SUPERVISE', supervision: 2 });
  });

  test('a resident withdraws what is not answered, and nobody else does', async () => {
    const row = await handled();
    const stranger = await appeals.call('withdrawAppeal', resident('demo-spouse'), {
      no: row.no,
      expectedVersion: row.version,
    });
    expect(stranger.userErrors).toMatchObject([{ field: ['no'], code: 'NOT_FOUND' }]);
    expect((await appeals.step('withdrawAppeal', me, row)).state).toBe('WITHDRAWN');
    const late = await answered();
    const { userErrors } = await appeals.call('withdrawAppeal', me, { no: late.no, expectedVersion: late.version });
    expect(userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
  });

  test('a rejection says why', async () => {
    const row = await appeals.submit(me);
    const silent = await appeals.call('rejectAppeal', window, { no: row.no, expectedVersion: row.version, note: ' ' });
    expect(silent.userErrors).toMatchObject([{ field: ['note'], code: 'INVALID' }]);
    expect((await appeals.step('rejectAppeal', window, row, { note: '正在诉讼中。' })).state).toBe('REJECTED');
  });
});

describe('merged appeals', () => {
  test('are answered with the main one, and each is confirmed and rated by who raised it', async () => {
    const spouse = resident('demo-spouse');
    let main = await handled();
    const duplicate = await appeals.submit(spouse);
    const merged = await appeals.done('mergeAppeals', window, {
      into: main.no,
      expectedVersion: main.version,
      duplicates: [{ no: duplicate.no, expectedVersion: duplicate.version }],
    });
    const early = await appeals.call('withdrawAppeal', me, { no: main.no, expectedVersion: merged.version });
    expect(early.userErrors).toMatchObject([{ field: ['no'], code: 'NOT_ALLOWED' }]);
    main = await appeals.step('answerAppeal', bureau, merged, { answer: '一并处理。' });
    const { data } = await service.query(
      'query ($no: ID!) { appeal(no: $no) { no state version answer mergedInto { no } possibleActions } }',
      { no: duplicate.no },
      spouse,
    );
    // Whose the main one is, is nobody's business: they see that there is one only where they see it.
    expect(data.appeal).toMatchObject({ state: 'ANSWERED', answer: '一并处理。', mergedInto: null });
    let row = await appeals.step('confirmAppeal', spouse, data.appeal as Row);
    row = await appeals.step('evaluateAppeal', spouse, row, { rating: 3 });
    expect(row.state).toBe('EVALUATED');
    expect((await appeals.step('confirmAppeal', me, main)).state).toBe('CONFIRMED');
  });

  test('must be of one community, not answered, and each named once', async () => {
    const main = await handled();
    const done = await answered();
    const elsewhere = await appeals.submit(me, { communityCode: '440303001002' });
    const merge = (into: Row, ...rows: Row[]) =>
      appeals.call(
        'mergeAppeals',
        { ...window, scope: { Appeal: ['none'] }, writes: { mergeAppeals: ['none'] } },
        {
          into: into.no,
          expectedVersion: into.version,
          duplicates: rows.map(({ no, version }) => ({ no, expectedVersion: version })),
        },
      );
    expect((await merge(main, elsewhere)).userErrors).toMatchObject([
      { field: ['duplicates', '0', 'no'], code: 'INVALID' },
    ]);
    expect((await merge(main, main)).userErrors).toMatchObject([{ field: ['duplicates', '0', 'no'], code: 'INVALID' }]);
    expect((await merge(done, elsewhere)).userErrors).toMatchObject([{ field: ['into'], code: 'WRONG_STATE' }]);
    expect((await merge(main)).userErrors).toMatchObject([{ field: ['duplicates'] }]);
  });
});

describe('what is refused, and nothing is written', () => {
  const count = async () => (await client.query('SELECT count(*)::int AS n FROM appeal_step')).rows[0].n as number;

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
    const { rows } = await client.query('SELECT appellant_id, minor_until FROM appeal WHERE no = $1', [forChild.no]);
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
    expect((await client.query('SELECT channel, appellant_id FROM appeal WHERE no = $1', [called.no])).rows).toEqual([
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
    const row = await handled();
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

describe('anonymous appeals', () => {
  const appellantOf = async (no: string, as: object) =>
    (await service.query('query ($no: ID!) { appeal(no: $no) { anonymous appellant { id } } }', { no }, as)).data
      .appeal;

  test('show who raised them to nobody but that person, also below the resident', async () => {
    const open = await appeals.submit(me);
    const hidden = await appeals.submit(me, { anonymous: true });
    const about = await appeals.submit(me, { aboutUnit: '440303001' });
    expect(await appellantOf(open.no, window)).toEqual({ anonymous: false, appellant: { id: 'demo-resident' } });
    for (const { no } of [hidden, about]) {
      expect(await appellantOf(no, window)).toEqual({ anonymous: true, appellant: null });
      expect(await appellantOf(no, me)).toEqual({ anonymous: true, appellant: { id: 'demo-resident' } });
    }
    const below = async (as: object) => {
      const { data } = await service.query(
        'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Resident { appeals(first: 200) { totalCount nodes { no } } } } }',
        { r: [{ __typename: 'Resident', id: 'demo-resident' }] },
        as,
      );
      return (data._entities[0].appeals.nodes as { no: string }[]).map(({ no }) => no);
    };
    expect(await below(window)).toContain(open.no);
    expect(await below(window)).not.toContain(hidden.no);
    expect(await below(window)).not.toContain(about.no);
    expect(await below(me)).toEqual(expect.arrayContaining([open.no, hidden.no, about.no]));
  });
});

describe('submitting again', () => {
  test('with the same key makes one appeal, with another input is refused', async () => {
    const given = {
      communityCode: community,
      category: 'NOISE',
      title: '噪声',
      content: '夜间施工。',
      idempotencyKey: 'key-00000001',
    };
    const first = await appeals.done('submitAppeal', me, given);
    expect(await appeals.done('submitAppeal', me, given)).toEqual(first);
    const { userErrors } = await appeals.call('submitAppeal', me, { ...given, title: '别的' });
    expect(userErrors).toMatchObject([{ field: ['idempotencyKey'], code: 'KEY_REUSED' }]);
  });

  test('twenty at once with the same key make one', async () => {
    const given = {
      communityCode: community,
      category: 'NOISE',
      title: '噪声',
      content: '夜间施工。',
      idempotencyKey: 'key-00000002',
    };
    const rows = await Promise.all(Array.from({ length: 20 }, () => appeals.done('submitAppeal', me, given)));
    expect(new Set(rows.map(({ no }) => no)).size).toBe(1);
    expect(await eventsOf(rows[0]!.no)).toHaveLength(1);
  });
});

describe('at the same time', () => {
  test('of many who accept one appeal, one does, and the others are told that it changed', async () => {
    const row = await appeals.submit(me);
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        appeals.call('acceptAppeal', i % 2 ? window : colleague, { no: row.no, expectedVersion: row.version }),
      ),
    );
    expect(results.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    const refused = results.filter(({ userErrors }) => userErrors.length > 0);
    for (const { userErrors } of refused)
      expect(userErrors).toMatchObject([{ field: ['expectedVersion'], code: 'CONFLICT' }]);
    expect(await eventsOf(row.no)).toHaveLength(2);
  });

  test('whoever does whatever, states, steps and versions stay in step', async () => {
    const rows = await Promise.all([handled(), handled(), handled()]);
    const acts: [string, object, object][] = [
      ['answerAppeal', bureau, { answer: '已处理' }],
      ['extendAppeal', bureau, { workingDays: 1, note: '延期' }],
      ['superviseAppeal', street, { level: 1, note: '督办' }],
      ['recordAppealContact', window, { note: '联系' }],
      ['withdrawAppeal', me, {}],
      ['addJointUnit', bureau, { unit: '440303001' }],
      ['transferAppeal', bureau, { unit: '440303-housing', note: '转办' }],
      ['confirmAppeal', me, {}],
    ];
    for (let round = 0; round < 4; round++) {
      await Promise.all(
        rows.flatMap(({ no }) =>
          acts.map(async ([name, as, more]) => {
            const { rows: found } = await client.query<{ version: number }>(
              'SELECT version FROM appeal WHERE no = $1',
              [no],
            );
            await appeals.call(name, as, { no, expectedVersion: found[0]!.version, ...more });
          }),
        ),
      );
    }
    for (const { no } of rows) {
      const { rows: steps } = await client.query(
        'SELECT seq, at, from_state, to_state FROM appeal_step WHERE appeal_no = $1 ORDER BY seq',
        [no],
      );
      const { rows: now } = await client.query('SELECT state, steps, version FROM appeal WHERE no = $1', [no]);
      expect(now[0]).toEqual({ state: steps.at(-1).to_state, steps: steps.length, version: steps.length });
      for (const [i, step] of steps.entries()) {
        expect(step.seq).toBe(i + 1);
        if (i > 0) expect(step.from_state).toBe(steps[i - 1].to_state);
        if (i > 0) expect(step.at.getTime()).toBeGreaterThanOrEqual(steps[i - 1].at.getTime());
      }
      expect(await eventsOf(no)).toHaveLength(steps.length);
    }
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
    await expect(client.query(sql)).rejects.toMatchObject({ code: '23000' });
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
    await expect(client.query(sql)).rejects.toMatchObject({ code: '23514' });
  });
});

describe('public summaries', () => {
  const publish = async (as: object, no: string, summary: string) => {
    const { data, errors } = await service.query(
      `mutation ($input: PublishAppealSummaryInput!) { publishAppealSummary(input: $input) {
         summary { id summary category closedIn community { code } } userErrors { field code message } } }`,
      { input: { no, summary } },
      as,
    );
    expect(errors).toBeUndefined();
    return data.publishAppealSummary;
  };
  const text = '居民反映夜间施工扰民，已由生态环境部门责令整改。';

  test('are read by anybody, without the appeal’s number, and replaced when published again', async () => {
    const { no } = await closed();
    const first = await publish(dataOfficer, no, text);
    expect(first).toMatchObject({
      userErrors: [],
      summary: { summary: text, category: 'NOISE', community: { code: community } },
    });
    const second = await publish(dataOfficer, no, `${text}感谢监督。`);
    expect(second.summary.id).toBe(first.summary.id);
    const { data } = await service.query(
      `{ appealSummaries(place: "${community}", first: 200) { nodes { id summary } } community(code: "${community}") { appealSummaries(first: 200) { nodes { id } } } }`,
      {},
      { subject: { jurisdiction: [] }, scope: { Community: ['none'] } },
    );
    expect(data.appealSummaries.nodes).toContainEqual({ id: first.summary.id, summary: `${text}感谢监督。` });
    expect(data.community.appealSummaries.nodes).toContainEqual({ id: first.summary.id });
    expect(JSON.stringify(data)).not.toContain(no);
  });

  test('hold nothing personal', async () => {
    const { no } = await closed();
    const name = (await client.query(`SELECT name FROM resident WHERE id = 'demo-resident'`)).rows[0].name as string;
    for (const bad of [
      `${name}反映噪声，已处理。`,
      '请联系 13812345678，已处理。',
      '3栋502反映噪声，已处理。',
      '请写信到 a@example.com，已处理。',
      '每天夜里十一点以后仍在施工，影响休息。已处理。',
    ]) {
      expect((await publish(dataOfficer, no, bad)).userErrors).toMatchObject([{ field: ['summary'], code: 'INVALID' }]);
    }
  });

  test('are of closed appeals, and an officer’s to publish', async () => {
    const { no } = await answered();
    expect((await publish(dataOfficer, no, text)).userErrors).toMatchObject([{ field: ['no'], code: 'WRONG_STATE' }]);
    expect((await publish(window, no, text)).userErrors).toMatchObject([{ field: ['no'], code: 'NOT_FOUND' }]);
  });
});

describe('progress', () => {
  const operation = 'subscription ($no: ID!) { appealProgress(no: $no) { no state } }';

  test('is told step by step to whoever may see the appeal', async () => {
    const row = await appeals.submit(me);
    const stream = service.subscribe(operation, { no: row.no }, me);
    const first = stream.next();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const accepted = await appeals.step('acceptAppeal', window, row);
    expect((await first).value).toMatchObject({ data: { appealProgress: { no: row.no, state: 'ACCEPTED' } } });
    const second = stream.next();
    await appeals.step('dispatchAppeal', window, accepted, { unit: community });
    expect((await second).value).toMatchObject({ data: { appealProgress: { state: 'DISPATCHED' } } });
    await stream.return(undefined);
  });

  test('of another’s appeal tells nothing, not even that something happened', async () => {
    const spouse = resident('demo-spouse');
    const [hidden, own] = await Promise.all([appeals.submit(me), appeals.submit(spouse)]);
    const { scope, standing } = spouse;
    const subject = { purposes: [], scopes: [], ...spouse.subject };
    const stop = new AbortController();
    const response = await fetch(service.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        [assertionHeader]: await service.sign({ claims: { subject, scope, standing } }),
      },
      body: JSON.stringify({ query: operation, variables: { no: hidden.no } }),
      signal: stop.signal,
    });
    expect(response.status).toBe(200);
    let told = '';
    const reading = (async () => {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) told += chunk;
    })().catch(() => undefined);
    const visible = service.subscribe(operation, { no: own.no }, spouse);
    const seen = visible.next();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await appeals.step('acceptAppeal', window, hidden);
    await appeals.step('acceptAppeal', window, own);
    expect((await seen).value).toMatchObject({ data: { appealProgress: { no: own.no } } });
    stop.abort();
    await reading;
    await visible.return(undefined);
    expect(told).not.toContain('event: next');
  });
});
