import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { subgraph } from '../src/subgraph.js';
import { eventsOf, officer, socialWorker, write, type Writer } from './support/writing.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 300 });
});

afterAll(() => service.close());

const teacher: Writer = {
  subject: { id: 't', roles: ['teacher'], staffId: 'demo-teacher', jurisdiction: ['440303001001'] },
  relations: ['none'],
};
const report = (input: object = {}) =>
  write(
    service,
    teacher,
    'reportChildProtection',
    { communityCode: '440303001001', childId: 'demo-child', kind: 'ABUSE', summary: '示例：有伤痕', ...input },
    'receipt',
  );
const selection = 'report { id version state guardianSuspended child { id } steps { action state by note } }';
const step = (name: string, id: string, expectedVersion: number, input: object = { note: '示例' }, as = socialWorker) =>
  write(service, as, name, { id, expectedVersion, ...input }, selection);
const wards = async () => {
  const { data } = await service.query(
    '{ standing { wards } }',
    {},
    { subject: { residentId: 'demo-resident' }, scope: {} },
  );
  return data.standing.wards;
};

describe('a report', () => {
  test('reaches its handlers and nobody else, and says nothing of who made it', async () => {
    const { receipt } = await report({ reporter: null });
    const read = (subject: object, scope: object) =>
      service.query(
        '{ childProtectionReports(place: "440303001001", first: 200) { nodes { id child { id } reporter steps { action by } handlers minor } } }',
        {},
        { subject, scope: { ...scope } },
      );
    const { data } = await read(
      { staffId: 'demo-social-worker' },
      { ChildProtectionReport: ['assigned'], Resident: ['assigned'] },
    );
    const made = data.childProtectionReports.nodes.find(({ id }: any) => id === receipt);
    expect(made).toEqual({
      id: receipt,
      child: { id: 'demo-child' },
      reporter: null,
      steps: [{ action: 'REPORTED', by: null }],
      handlers: ['demo-social-worker', 'demo-community-worker'],
      minor: true,
    });
    const others = await read({ staffId: 'demo-teacher' }, { ChildProtectionReport: ['assigned'] });
    expect(others.data.childProtectionReports.nodes).toEqual([]);
    const events = (await eventsIn(service.databaseUrl)).filter(({ type }) => type === 'ChildProtectionReported');
    expect(events).toEqual([
      { type: 'ChildProtectionReported', key: receipt, data: { communityCode: '440303001001' } },
    ]);
    expect(JSON.stringify(events)).not.toContain('demo-');
  });

  test('answers the same whether there is such a child, a grown-up or nobody', async () => {
    for (const childId of ['demo-child', 'demo-resident', 'nobody', null]) {
      expect(await report({ childId })).toEqual({
        receipt: expect.stringMatching(/^n[0-9a-f]{16}$/),
        refused: [],
        userErrors: [],
      });
    }
    const before = (await eventsOf(service, 'ChildProtectionReported')).length;
    const twice = await Promise.all([report({ idempotencyKey: 'receipt-1' }), report({ idempotencyKey: 'receipt-1' })]);
    expect(twice[0].receipt).toBe(twice[1].receipt);
    expect(await eventsOf(service, 'ChildProtectionReported')).toHaveLength(before + 1);
    expect((await report({ summary: '' })).refused).toEqual(['INVALID']);
    expect((await report({ communityCode: '440303999999' })).refused).toEqual(['INVALID']);
  });
});

describe('guardians', () => {
  test('lose a ward at once when they are suspended, and have it again when they are restored', async () => {
    const { receipt } = await report();
    expect(await wards()).toContain('demo-child');
    const suspended = await step('suspendGuardianship', receipt, 1);
    expect(suspended.report).toMatchObject({ guardianSuspended: true, version: 2 });
    expect(await wards()).not.toContain('demo-child');
    expect((await step('suspendGuardianship', receipt, 2)).refused).toEqual(['WRONG_STATE']);
    await step('protectChild', receipt, 2);
    expect((await step('closeChildProtection', receipt, 3)).refused).toEqual(['WRONG_STATE']);
    expect((await step('restoreGuardianship', receipt, 3)).report.guardianSuspended).toBe(false);
    expect(await wards()).toContain('demo-child');
    const closed = await step('closeChildProtection', receipt, 4);
    expect(closed.report.steps.map(({ action }: any) => action)).toEqual([
      'REPORTED',
      'GUARDIAN_SUSPENDED',
      'PROTECTED',
      'GUARDIAN_RESTORED',
      'CLOSED',
    ]);
    expect((await step('assessChildProtection', receipt, 5)).refused).toEqual(['WRONG_STATE']);
    expect((await step('restoreGuardianship', receipt, 5)).refused).toEqual(['WRONG_STATE']);
  });

  test('are changed by a named handler alone, who saw the report as it is', async () => {
    const { receipt } = await report();
    const other = { ...socialWorker, subject: { ...socialWorker.subject, staffId: 'other' } };
    expect((await step('suspendGuardianship', receipt, 1, undefined, other)).refused).toEqual(['NOT_FOUND']);
    expect((await step('suspendGuardianship', 'none', 1)).refused).toEqual(['NOT_FOUND']);
    const answers = await Promise.all([1, 2, 3, 4].map(() => step('assessChildProtection', receipt, 1)));
    expect(answers.flatMap(({ refused }) => refused)).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT']);
    expect(await wards()).toContain('demo-child');
  });
});

test('a report about nobody known is told whom it is about, once', async () => {
  const { receipt } = await report({ childId: null });
  const { data } = await service.query(
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on ChildProtectionReport { handlers child { id } } } }',
    { r: [{ __typename: 'ChildProtectionReport', id: receipt }] },
  );
  const [{ handlers, child }] = data._entities;
  expect(child).toBeNull();
  const handler = { ...socialWorker, subject: { ...socialWorker.subject, staffId: handlers[0] } };
  expect((await step('suspendGuardianship', receipt, 1, undefined, handler)).refused).toEqual(['WRONG_STATE']);
  expect((await step('identifyChild', receipt, 1, { childId: 'demo-resident' }, handler)).refused).toEqual([
    'NOT_FOUND',
  ]);
  const known = await step('identifyChild', receipt, 1, { childId: 'demo-toddler' }, handler);
  expect(known.report.child).toEqual({ id: 'demo-toddler' });
  expect((await step('identifyChild', receipt, 2, { childId: 'demo-child' }, handler)).refused).toEqual([
    'WRONG_STATE',
  ]);
});

test('a community has one children’s director, whoever is appointed at the same time', async () => {
  const code = '440303001001';
  const appoint = (number: number, as = officer) =>
    write(
      service,
      as,
      'appointChildrenDirector',
      { communityCode: code, workerId: `worker-${code}-${number}` },
      'director { id post }',
    );
  expect((await appoint(1)).refused).toEqual(['INVALID']);
  expect((await appoint(9)).refused).toEqual(['NOT_FOUND']);
  expect((await appoint(5, { ...officer, subject: { ...officer.subject, jurisdiction: ['440304'] } })).refused).toEqual(
    ['NOT_ALLOWED'],
  );
  await Promise.all([appoint(3), appoint(5), appoint(6)]);
  const { data } = await service.query(
    `{ community(code: "${code}") { childrenDirector { id } workers(first: 20) { nodes { id post } } } }`,
  );
  const directors = data.community.workers.nodes.filter(({ post }: any) => post === 'CHILDREN_DIRECTOR');
  expect(directors.map(({ id }: any) => id)).toEqual([data.community.childrenDirector.id]);
});
