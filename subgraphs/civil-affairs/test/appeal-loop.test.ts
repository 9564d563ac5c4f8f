import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { subgraph } from '../src/subgraph.js';
import {
  appealClient,
  bureau,
  community,
  ecology,
  me,
  officer,
  resident,
  street,
  window,
  type Row,
} from './support/appeals.js';

let service: TestSubgraph;
let appeals: ReturnType<typeof appealClient>;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 2000 });
  appeals = appealClient(service);
});

afterAll(() => service.close());

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

    const events = await appeals.eventsOf(row.no);
    expect(events.map(({ type }) => type)).toEqual(['AppealSubmitted', ...steps.slice(1).map(() => 'AppealMoved')]);
    expect(events[0]!.data).toEqual({ no: row.no, category: 'NOISE', communityCode: community, channel: 'ONLINE' });
    expect(events.at(-1)!.data).toEqual({
      no: row.no,
      action: 'CLOSE',
      from: 'EVALUATED',
      state: 'CLOSED',
      category: 'NOISE',
      communityCode: community,
      lead: ecology,
    });
  });

  test('who is dissatisfied at first has it done again', async () => {
    let row = await appeals.step('confirmAppeal', me, await appeals.answered());
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
    let row = await appeals.handled();
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

  test('what a bureau does not take up, the first receiver can take back', async () => {
    let row = await appeals.step('acceptAppeal', window, await appeals.submit(me));
    row = await appeals.step('dispatchAppeal', window, row);
    expect(row).toMatchObject({ lead: { code: ecology }, responsible: { code: community } });
    row = await appeals.step('transferAppeal', window, row, { unit: community, note: '先行处理。' });
    row = await appeals.step('acceptAppeal', window, row);
    row = await appeals.step('startHandlingAppeal', window, row);
    expect(row).toMatchObject({ state: 'HANDLING', lead: { code: community }, responsible: { code: community } });
    const taken = await appeals.handled();
    const { userErrors } = await appeals.call('transferAppeal', window, {
      no: taken.no,
      expectedVersion: taken.version,
      unit: community,
      note: '收回。',
    });
    expect(userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
  });

  test('joint units, an extension and supervision leave it where it is', async () => {
    let row = await appeals.handled();
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
      'query ($no: ID!) { appeal(no: $no) { extended jointUnits { name } steps { action supervision staff } } }',
      { no: row.no },
      street,
    );
    expect(data.appeal).toMatchObject({ extended: true, jointUnits: [{ name: '桂园街道办事处' }] });
    expect(data.appeal.steps.at(-1)).toEqual({ action: 'SUPERVISE', supervision: 2, staff: 'user-440303001' });
  });

  test('a resident withdraws what is not answered, and nobody else does', async () => {
    const row = await appeals.handled();
    const stranger = await appeals.call('withdrawAppeal', resident('demo-spouse'), {
      no: row.no,
      expectedVersion: row.version,
    });
    expect(stranger.userErrors).toMatchObject([{ field: ['no'], code: 'NOT_FOUND' }]);
    expect((await appeals.step('withdrawAppeal', me, row)).state).toBe('WITHDRAWN');
    const late = await appeals.answered();
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
    let main = await appeals.handled();
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
    const main = await appeals.handled();
    const done = await appeals.answered();
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
