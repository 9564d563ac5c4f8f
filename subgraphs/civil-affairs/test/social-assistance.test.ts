import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { subgraph } from '../src/subgraph.js';
import {
  caseWorker,
  communityWorker,
  eventsOf,
  residentWriter,
  socialWorker,
  stranger,
  write,
  type Writer,
} from './support/writing.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 1000 });
});

afterAll(() => service.close());

const resident = residentWriter('demo-resident', 'self', 'household');
const selection =
  'case { id state version kind amount monthlyIncome members { id } steps { action state by note } payments { month amount } }';
const apply = (input: object, as: Writer = resident) =>
  write(
    service,
    as,
    'applyForAssistance',
    {
      kind: 'TEMPORARY',
      applicantId: 'demo-resident',
      memberIds: ['demo-resident'],
      situation: '示例：失业',
      ...input,
    },
    selection,
  );
const totals = async (kind: string) =>
  (await service.query(`{ list: welfareCases(place: "4403", kind: ${kind}) { totalCount } }`)).data.list.totalCount;

describe('an application', () => {
  test('covers members of the household, and is handled by a social worker and a community worker', async () => {
    const { case: made, refused } = await apply({
      memberIds: ['demo-resident', 'demo-elder'],
      kind: 'VETERAN_IN_DIFFICULTY',
    });
    expect(refused).toEqual([]);
    expect(made).toMatchObject({
      state: 'APPLIED',
      members: [{ id: 'demo-elder' }, { id: 'demo-resident' }],
      steps: [{ action: 'APPLIED', state: 'APPLIED', by: null }],
    });
    const { data } = await service.query(
      `{ welfareCase(id: "${made.id}") { handlers } resident(id: "demo-resident") { handlers } }`,
    );
    expect(data.welfareCase.handlers).toEqual(['demo-social-worker', 'demo-community-worker']);
    expect(data.resident.handlers).toEqual(expect.arrayContaining(['demo-social-worker', 'demo-community-worker']));
  });

  test('sent twice with one key makes one case, with another text it is refused', async () => {
    const key = { idempotencyKey: 'application-1', kind: 'EXTREME_POVERTY' };
    const [first, second] = await Promise.all([apply(key), apply(key)]);
    expect(second.case.id).toBe(first.case.id);
    expect((await apply({ ...key, situation: '示例：另一件' })).refused).toEqual(['KEY_REUSED']);
  });

  test('is refused for strangers of the household, for grown-ups where it is for children, and without a text', async () => {
    const before = await totals('CHILD_IN_DIFFICULTY');
    expect((await apply({ memberIds: ['demo-resident', 'nobody'] })).userErrors).toEqual([
      { field: ['memberIds'], code: 'INVALID', message: expect.stringContaining('不同户') },
    ]);
    expect((await apply({ kind: 'CHILD_IN_DIFFICULTY' })).refused).toEqual(['INVALID']);
    expect((await apply({ situation: '  ', memberIds: [] })).refused.sort()).toEqual(['INVALID', 'INVALID']);
    expect((await apply({ situation: 'x'.repeat(1001) })).refused).toEqual(['TOO_LONG']);
    expect(await totals('CHILD_IN_DIFFICULTY')).toBe(before);
  });

  test('is not made for somebody else, whether there is such a person or not', async () => {
    const other = residentWriter('demo-resident', 'self');
    for (const applicantId of ['demo-spouse', 'nobody']) {
      expect((await apply({ applicantId, memberIds: [applicantId] }, other)).refused).toEqual(['NOT_ALLOWED']);
    }
    expect((await apply({ kind: 'DISABILITY' }, stranger)).refused).toEqual(['NOT_ALLOWED']);
    expect((await apply({ kind: 'DISABILITY' }, communityWorker)).case.steps[0].by).toBe('demo-community-worker');
  });

  test('covers nobody twice by one kind, however many apply at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => apply({ kind: 'HOMELESS' })));
    expect(answers.filter(({ refused }) => refused.length === 0)).toHaveLength(1);
    expect(answers.flatMap(({ refused }) => refused)).toEqual(Array(11).fill('DUPLICATE'));
    expect(await totals('HOMELESS')).toBe(1);
  });
});

describe('a case', () => {
  const step = (as: Writer, name: string, input: object) => write(service, as, name, input, selection);
  const verify = (row: any, as = caseWorker) =>
    step(as, 'verifyWelfareCase', {
      id: row.id,
      expectedVersion: row.version,
      monthlyIncome: 900,
      note: '示例：已入户',
    });
  const decide = (row: any, input: object = {}, as = socialWorker) =>
    step(as, 'decideWelfareCase', {
      id: row.id,
      expectedVersion: row.version,
      approve: true,
      forms: ['CASH'],
      amount: 800,
      reviewDue: new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10),
      note: '示例：符合条件',
      ...input,
    });

  test('goes from application through verification and decision to payment, review and its end', async () => {
    let { case: row } = await apply({ applicantId: 'demo-spouse', memberIds: ['demo-spouse'], kind: 'MINIMUM_LIVING' });
    ({ case: row } = await verify(row));
    expect(row).toMatchObject({ state: 'VERIFIED', monthlyIncome: 900, version: 2 });
    ({ case: row } = await decide(row));
    expect(row).toMatchObject({ state: 'APPROVED', amount: 800 });
    const month = new Date().toISOString().slice(0, 7);
    const pay = () => step(socialWorker, 'payWelfare', { id: row.id, month, form: 'CASH', amount: 800 });
    const paid = await Promise.all([pay(), pay(), pay()]);
    expect(paid.flatMap(({ refused }) => refused)).toEqual(['DUPLICATE', 'DUPLICATE']);
    ({ case: row } = (
      await service.query(`{ case: welfareCase(id: "${row.id}") { id version payments { month amount } } }`)
    ).data);
    expect(row.payments).toEqual([{ month, amount: 800 }]);
    const reviewDue = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10);
    const review = { id: row.id, expectedVersion: row.version, amount: 600, reviewDue, note: '示例：收入增加' };
    ({ case: row } = await step(socialWorker, 'reviewWelfareCase', review));
    expect(row.amount).toBe(600);
    const end = { id: row.id, expectedVersion: row.version, note: '示例：不再符合条件' };
    ({ case: row } = await step(socialWorker, 'endWelfareCase', end));
    expect(row.steps.map(({ action }: any) => action)).toEqual([
      'APPLIED',
      'VERIFIED',
      'DECIDED',
      'PAID',
      'REVIEWED',
      'ENDED',
    ]);
    expect(row.steps.map(({ by }: any) => by)).toEqual([
      null,
      'demo-community-worker',
      ...Array(4).fill('demo-social-worker'),
    ]);
    // Whoever was covered may apply anew.
    const anew = await apply({ applicantId: 'demo-spouse', memberIds: ['demo-spouse'], kind: 'MINIMUM_LIVING' });
    expect(anew.refused).toEqual([]);
    expect(await eventsOf(service, 'WelfareCaseDecided')).toContainEqual({
      caseId: row.id,
      kind: 'MINIMUM_LIVING',
      communityCode: '440303001001',
      approved: true,
    });
  });

  test('is not decided by who verified it, nor before it was verified, nor by half', async () => {
    const { case: applied } = await apply({
      applicantId: 'demo-spouse',
      memberIds: ['demo-spouse'],
      kind: 'DISABILITY',
    });
    const early = await decide(applied);
    expect(early.userErrors[0]).toMatchObject({ code: 'WRONG_STATE', message: expect.stringContaining('“已申请”') });
    const { case: row } = await verify(applied, socialWorker);
    expect((await decide(row)).refused).toEqual(['NOT_ALLOWED']);
    const half = await decide(row, { amount: null, forms: null }, caseWorker);
    expect(half.userErrors.map(({ field, code }) => [field, code])).toEqual([
      [['forms'], 'REQUIRED'],
      [['amount'], 'REQUIRED'],
    ]);
    expect((await decide(row, { reviewDue: '2020-01-01' }, caseWorker)).refused).toEqual(['INVALID']);
    const rejected = await decide(row, { approve: false }, caseWorker);
    expect(rejected.case).toMatchObject({ state: 'REJECTED', amount: null });
  });

  test('changed by two at once is changed by one of them', async () => {
    const { case: row } = await apply({ applicantId: 'demo-elder', memberIds: ['demo-elder'], kind: 'DISABILITY' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => verify(row)));
    expect(answers.filter(({ refused }) => refused.length === 0)).toHaveLength(1);
    expect(new Set(answers.flatMap(({ refused }) => refused))).toEqual(new Set(['CONFLICT']));
    const withdrawn = await write(
      service,
      residentWriter('demo-elder'),
      'withdrawWelfareApplication',
      { id: row.id, expectedVersion: 2 },
      selection,
    );
    expect(withdrawn.case.state).toBe('WITHDRAWN');
    expect((await verify({ ...row, version: 3 })).refused).toEqual(['WRONG_STATE']);
  });

  test('is not found by staff to whom it is not assigned, and stays as it was', async () => {
    const { case: row } = await apply({ kind: 'MINIMUM_LIVING' });
    for (const as of [stranger, { ...socialWorker, subject: { ...socialWorker.subject, staffId: 'other' } }]) {
      expect((await verify(row, as)).refused).toEqual(['NOT_FOUND']);
    }
    expect((await verify({ id: 'nothing', version: 1 })).refused).toEqual(['NOT_FOUND']);
    const { data } = await service.query(`{ welfareCase(id: "${row.id}") { state version } }`);
    expect(data.welfareCase).toEqual({ state: 'APPLIED', version: 1 });
  });
});
