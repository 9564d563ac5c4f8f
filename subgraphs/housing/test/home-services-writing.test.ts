import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoCommunity } from '@linli/kit/population/places';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { refusals, today, write, writers, type Writer } from './write.js';

const { communityWorker, elsewhere, propertyManager, resident } = writers;
let service: TestSubgraph;
let database: Client;
let home: string;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 2000 });
  database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
  const { rows } = await database.query(`SELECT code FROM housing_unit WHERE 'demo-elder' = ANY(occupants)`);
  home = rows[0].code;
}, 120_000);

afterAll(async () => {
  await database.end();
  await service.close();
});

const elder = resident('demo-elder');
const guardian: Writer = {
  subject: { id: 'guardian', residentId: 'demo-spouse', jurisdiction: [] },
  standing: { household: [], wards: ['demo-child'] },
  by: ['guardian'],
};

describe('works for old age', () => {
  const apply = (as: Writer, change: object = {}) =>
    write(
      service,
      'applyAccessibilityWork',
      { applicantId: 'demo-elder', unitCode: home, items: ['RAMP', 'RAMP', 'BATHROOM'], reason: '行走不便', ...change },
      as,
      'work { id version state items steps { state } }',
    );
  const move = (as: Writer, workId: string, expectedVersion: number, to: string, change: object = {}) =>
    write(
      service,
      'moveAccessibilityWork',
      { workId, expectedVersion, to, ...change },
      as,
      'work { state version subsidy acceptedOn steps { state note } }',
    );
  let demoWork: { id: string; version: number };

  beforeAll(async () => {
    const { rows } = await database.query(
      `SELECT id, version FROM accessibility_work WHERE applicant_id = 'demo-elder'`,
    );
    demoWork = rows[0];
  });

  test('are asked for once at a time for a home', async () => {
    expect(refusals(await apply(elder))).toEqual(['unitCode DUPLICATE']);
  });

  test('are withdrawn by whoever asked for them, who can do nothing else', async () => {
    expect(refusals(await move(elder, demoWork.id, 1, 'ASSESSED', { subsidy: 3000 }))).toEqual(['to NOT_ALLOWED']);
    expect(refusals(await move(resident('demo-resident'), demoWork.id, 1, 'WITHDRAWN'))).toEqual(['workId NOT_FOUND']);
    expect((await move(elder, demoWork.id, 1, 'WITHDRAWN')).work.state).toBe('WITHDRAWN');
    expect(refusals(await move(communityWorker, demoWork.id, 2, 'ASSESSED', { subsidy: 1 }))).toEqual([
      'to WRONG_STATE',
    ]);
  });

  test('are asked for by the person, a guardian or the community, for a home of their own', async () => {
    expect(refusals(await apply(resident('demo-resident')))).toEqual(['applicantId NOT_ALLOWED']);
    expect(refusals(await apply(elsewhere))).toEqual(['applicantId NOT_ALLOWED']);
    expect(refusals(await apply(communityWorker, { applicantId: 'somebody' }))).toEqual(['unitCode NOT_FOUND']);
    expect(refusals(await apply(elder, { items: [] }))).toEqual(['items INVALID']);
    expect(refusals(await apply(elder, { reason: '字'.repeat(501) }))).toEqual(['reason TOO_LONG']);
    const { work } = await apply(guardian, { applicantId: 'demo-child' });
    expect(work).toMatchObject({ state: 'APPLIED', items: ['RAMP', 'BATHROOM'], steps: [{ state: 'APPLIED' }] });
    await move(communityWorker, work.id, 1, 'REJECTED', { note: '不符合条件' });
  });

  test('go their course, with what each step needs', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => apply(elder)));
    expect(all.filter(({ work }) => work)).toHaveLength(1);
    const { work } = all.find((answer) => answer['work'])!;
    expect(refusals(await move(communityWorker, work.id, 1, 'ASSESSED'))).toEqual(['subsidy REQUIRED']);
    expect(refusals(await move(communityWorker, work.id, 1, 'REJECTED'))).toEqual(['note REQUIRED']);
    expect(refusals(await move(communityWorker, work.id, 1, 'ACCEPTED'))).toEqual(['to WRONG_STATE']);
    expect(refusals(await move(elsewhere, work.id, 1, 'ASSESSED', { subsidy: 3000 }))).toEqual(['workId NOT_FOUND']);
    const assessed = await Promise.all(
      Array.from({ length: 8 }, () => move(communityWorker, work.id, 1, 'ASSESSED', { subsidy: 3000 })),
    );
    expect(assessed.filter((answer) => answer['work'])).toHaveLength(1);
    for (const [version, to] of [
      [2, 'UNDER_WAY'],
      [3, 'COMPLETED'],
      [4, 'ACCEPTED'],
    ] as const) {
      expect((await move(communityWorker, work.id, version, to)).userErrors).toEqual([]);
    }
    const { data } = await service.query(
      `{ accessibilityWork(id: "${work.id}") { state subsidy acceptedOn steps { state } } }`,
    );
    expect(data.accessibilityWork).toMatchObject({ state: 'ACCEPTED', subsidy: 3000, acceptedOn: today() });
    expect(data.accessibilityWork.steps).toHaveLength(5);
    const events = (await eventsIn(service.databaseUrl)).filter(({ key }) => key === work.id);
    expect(events.map(({ data: { state } }) => state)).toEqual([
      'APPLIED',
      'ASSESSED',
      'UNDER_WAY',
      'COMPLETED',
      'ACCEPTED',
    ]);
  });
});

describe('a repair', () => {
  const report = (as: Writer, change: object = {}) =>
    write(
      service,
      'reportRepair',
      {
        reporterId: 'demo-elder',
        category: 'PLUMBING',
        unitCode: home,
        location: '厨房',
        description: '漏水',
        ...change,
      },
      as,
      'repair { id version state unit { code } project { id } steps { state } }',
    );
  const move = (as: Writer, repairId: string, expectedVersion: number, to: string) =>
    write(service, 'moveRepair', { repairId, expectedVersion, to }, as, 'repair { state version }');

  test('is reported by somebody for a home of their own', async () => {
    expect(refusals(await report(resident('demo-resident')))).toEqual(['reporterId NOT_ALLOWED']);
    expect(refusals(await report(resident('stranger'), { reporterId: 'stranger' }))).toEqual(['unitCode NOT_FOUND']);
    expect(refusals(await report(elder, { location: ' ' }))).toEqual(['location INVALID']);
    const { repair } = await report(elder);
    expect(repair).toMatchObject({
      state: 'REPORTED',
      unit: { code: home },
      project: { id: `project-${demoCommunity}-1` },
    });
    expect((await report(elder, { commonParts: true })).repair.unit).toBeNull();
  });

  test('is made once for a submission that is sent again', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => report(elder, { idempotencyKey: 'repair-again' })));
    expect(new Set(all.map(({ repair }) => repair.id)).size).toBe(1);
  });

  test('goes between who manages the estate and who reported it', async () => {
    const { repair } = await report(elder);
    expect(refusals(await move(elder, repair.id, 1, 'ACCEPTED'))).toEqual(['to NOT_ALLOWED']);
    expect(refusals(await move(propertyManager, repair.id, 1, 'CANCELLED'))).toEqual(['to NOT_ALLOWED']);
    expect(refusals(await move(propertyManager, repair.id, 1, 'DONE'))).toEqual(['to WRONG_STATE']);
    expect(refusals(await move(resident('demo-resident'), repair.id, 1, 'CANCELLED'))).toEqual(['repairId NOT_FOUND']);
    const accepted = await Promise.all(
      Array.from({ length: 8 }, () => move(propertyManager, repair.id, 1, 'ACCEPTED')),
    );
    expect(accepted.filter((answer) => answer['repair'])).toHaveLength(1);
    await move(propertyManager, repair.id, 2, 'UNDER_WAY');
    await move(propertyManager, repair.id, 3, 'DONE');
    expect((await move(elder, repair.id, 4, 'UNDER_WAY')).repair.state).toBe('UNDER_WAY');
    await move(propertyManager, repair.id, 5, 'DONE');
    expect((await move(elder, repair.id, 6, 'CONFIRMED')).repair.state).toBe('CONFIRMED');
    const over = await move(elder, repair.id, 7, 'CANCELLED');
    expect(refusals(over)).toEqual(['to WRONG_STATE']);
    expect(over.userErrors[0]!.message).toContain('已确认');
    const { rows } = await database.query('SELECT count(*)::int AS count FROM case_step WHERE case_id = $1', [
      repair.id,
    ]);
    expect(rows[0].count).toBe(7);
  });
});
