import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoCommunity } from '@linli/kit/population/places';
import { runJob } from '@linli/kit/testing/jobs';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { refusals, today, write, writers, type Writer } from './write.js';

const { communityWorker, elsewhere, gridWorker, officer, propertyManager, resident } = writers;
const project = `project-${demoCommunity}-2`;
let service: TestSubgraph;
let database: Client;
let building: string;
let home: { code: string; occupant: string };

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 3000 });
  database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
  const { rows } = await database.query(
    `SELECT u.code, u.building_code AS building, u.occupants[1] AS occupant FROM housing_unit u
     WHERE u.community_code = $1 AND u.occupied ORDER BY 1`,
    [demoCommunity],
  );
  building = rows[0].building;
  home = rows[0];
}, 120_000);

afterAll(async () => {
  await database.end();
  await service.close();
});

const estate = `project-${demoCommunity}-1`;

describe('an inspection', () => {
  const plan = (as: Writer, change: object = {}) =>
    write(
      service,
      'planSafetyInspection',
      { projectId: estate, plannedFor: today(3), ...change },
      as,
      'round { id version state }',
    );
  const demoRound = `round-${estate}-2`;

  test('is planned once at a time for an estate, by the housing office or the community', async () => {
    expect(refusals(await plan(officer))).toEqual(['projectId DUPLICATE']);
    const cancel = { roundId: demoRound, note: '改期', expectedVersion: 1 };
    expect(refusals(await write(service, 'cancelSafetyInspection', cancel, elsewhere))).toEqual(['roundId NOT_FOUND']);
    expect((await write(service, 'cancelSafetyInspection', cancel, gridWorker)).userErrors).toEqual([]);
    expect(refusals(await plan(elsewhere))).toEqual(['projectId NOT_ALLOWED']);
    expect(refusals(await plan(officer, { plannedFor: today(-1) }))).toEqual(['plannedFor INVALID']);
    expect(refusals(await plan(officer, { projectId: project + 'x' }))).toEqual(['projectId NOT_FOUND']);
    const all = await Promise.all(Array.from({ length: 12 }, () => plan(officer)));
    expect(all.filter(({ round }) => round)).toHaveLength(1);
    expect(new Set(all.flatMap(refusals))).toEqual(new Set(['projectId DUPLICATE']));
  });

  test('is recorded once with what it found, and moves the next one on', async () => {
    const { rows } = await database.query(
      `SELECT id, version FROM inspection_round WHERE project_id = $1 AND state = 'PLANNED'`,
      [estate],
    );
    const input = {
      roundId: rows[0].id,
      visitedOn: today(),
      note: '巡查 2 栋',
      hazards: [
        { hazard: 'FIRE', finding: '楼道堆物', buildingCode: building },
        { hazard: 'GAS', finding: '软管老化', buildingCode: building, unitCode: home.code, dueOn: today(1) },
      ],
      expectedVersion: rows[0].version,
    };
    const record = (change: object = {}, as = gridWorker) =>
      write(
        service,
        'recordSafetyInspection',
        { ...input, ...change },
        as,
        'round { state hazardsFound hazards { nodes { hazard state dueOn unit { code } steps { state } } } }',
      );
    expect(refusals(await record({ visitedOn: today(1) }))).toEqual(['visitedOn INVALID']);
    const wrong = [{ ...input.hazards[0], unitCode: home.code, buildingCode: '4403030010020100001' }];
    expect(refusals(await record({ hazards: wrong }))).toEqual(['hazards.0.unitCode INVALID']);
    const elsewhereFound = [{ ...input.hazards[0], buildingCode: '4403030010020100001' }];
    expect(refusals(await record({ hazards: elsewhereFound }))).toEqual(['hazards.0.buildingCode INVALID']);
    const all = await Promise.all(Array.from({ length: 8 }, () => record()));
    const done = all.filter(({ round }) => round);
    expect(done).toHaveLength(1);
    expect(done[0]!['round']).toMatchObject({ state: 'DONE', hazardsFound: 2 });
    expect(done[0]!['round'].hazards.nodes).toHaveLength(2);
    const { data } = await service.query(`{ propertyProject(id: "${estate}") { lastInspectedOn nextInspectionOn } }`);
    expect(data.propertyProject.lastInspectedOn).toBe(today());
    expect(data.propertyProject.nextInspectionOn > today()).toBe(true);
    const again = await record({ expectedVersion: input.expectedVersion + 1 });
    expect(refusals(again)).toEqual(['roundId WRONG_STATE']);
  });
});

describe('a hazard', () => {
  const report = (as: Writer, change: object = {}) =>
    write(
      service,
      'reportHazard',
      { hazard: 'E_BIKE', finding: '楼道充电', buildingCode: building, ...change },
      as,
      'hazard { id version state dueOn }',
    );
  const move = (name: string, as: Writer, input: object) =>
    write(service, name, input, as, 'hazard { state version fixedOn dueOn overdueSince steps { state note } }');

  test('that a resident reports is looked at before it counts', async () => {
    expect(refusals(await report(resident('stranger')))).toEqual(['buildingCode NOT_ALLOWED']);
    expect(refusals(await report(resident('stranger'), { unitCode: home.code }))).toEqual(['unitCode NOT_ALLOWED']);
    const { hazard } = await report(resident(home.occupant));
    expect(hazard.state).toBe('REPORTED');
    const input = { hazardId: hazard.id, expectedVersion: hazard.version };
    expect(refusals(await move('resolveHazard', propertyManager, { ...input, note: '已清理' }))).toEqual([
      'hazardId WRONG_STATE',
    ]);
    expect(refusals(await move('verifyHazard', elsewhere, { ...input, real: true }))).toEqual(['hazardId NOT_FOUND']);
    expect((await move('verifyHazard', gridWorker, { ...input, real: true })).hazard.state).toBe('OPEN');
    const other = await report(resident(home.occupant));
    const unreal = { hazardId: other.hazard.id, expectedVersion: 1, real: false, note: '未发现' };
    expect((await move('verifyHazard', gridWorker, unreal)).hazard.state).toBe('REJECTED');
  });

  test('is mended, looked at again, and mended once more where it does not hold', async () => {
    const { hazard } = await report(propertyManager);
    expect(hazard).toMatchObject({ state: 'OPEN', dueOn: today(3) });
    const at = (expectedVersion: number) => ({ hazardId: hazard.id, expectedVersion });
    const fixed = await move('resolveHazard', propertyManager, { ...at(1), note: '已清理' });
    expect(fixed.hazard).toMatchObject({ state: 'FIXED', fixedOn: today() });
    expect(refusals(await move('resolveHazard', propertyManager, { ...at(1), note: '再次' }))).toEqual([
      'expectedVersion CONFLICT',
    ]);
    expect(refusals(await move('reinspectHazard', gridWorker, { ...at(2), passed: true, dueOn: today(2) }))).toEqual([
      'dueOn INVALID',
    ]);
    const back = await move('reinspectHazard', gridWorker, { ...at(2), passed: false, dueOn: today(5) });
    expect(back.hazard).toMatchObject({ state: 'OPEN', fixedOn: null, dueOn: today(5) });
    await move('resolveHazard', communityWorker, { ...at(3), note: '已迁走' });
    const closed = await move('reinspectHazard', gridWorker, { ...at(4), passed: true });
    expect(closed.hazard.state).toBe('CLOSED');
    expect(closed.hazard.steps.map(({ state }: { state: string }) => state)).toEqual([
      'OPEN',
      'FIXED',
      'OPEN',
      'FIXED',
      'CLOSED',
    ]);
    const wrong = await move('reinspectHazard', gridWorker, { ...at(5), passed: true });
    expect(refusals(wrong)).toEqual(['hazardId WRONG_STATE']);
    expect(wrong.userErrors[0]!.message).toContain('已销案');
  });

  test('is moved by one of many who try at the same time', async () => {
    const { hazard } = await report(propertyManager);
    const input = { hazardId: hazard.id, expectedVersion: 1, note: '已清理' };
    const all = await Promise.all(Array.from({ length: 16 }, () => move('resolveHazard', propertyManager, input)));
    expect(all.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    const { rows } = await database.query(`SELECT count(*)::int AS count FROM case_step WHERE case_id = $1`, [
      hazard.id,
    ]);
    expect(rows[0].count).toBe(2);
  });

  test('is written down once for a submission that is sent again', async () => {
    const send = () => report(propertyManager, { idempotencyKey: 'hazard-again' });
    const all = await Promise.all(Array.from({ length: 6 }, send));
    expect(new Set(all.map(({ hazard }) => hazard.id)).size).toBe(1);
  });

  test('that is not mended by its day is told of once, and again when it was reopened and missed once more', async () => {
    const { hazard } = await report(propertyManager);
    const overdueOf = async () =>
      (await eventsIn(service.databaseUrl)).filter(({ type, key }) => type === 'HazardOverdue' && key === hazard.id);
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    await runJob(subgraph, service.databaseUrl, 'overdue-hazards', inDays(3));
    expect(await overdueOf()).toEqual([]);
    await runJob(subgraph, service.databaseUrl, 'overdue-hazards', inDays(5));
    await runJob(subgraph, service.databaseUrl, 'overdue-hazards', inDays(6));
    expect(await overdueOf()).toEqual([
      {
        type: 'HazardOverdue',
        key: hazard.id,
        data: {
          hazardId: hazard.id,
          kind: 'E_BIKE',
          dueOn: today(3),
          projectId: estate,
          communityCode: demoCommunity,
          buildingCode: building,
        },
      },
    ]);
    const { data } = await service.query(
      `query ($id: ID!) { safetyInspection(id: $id) { overdueSince version steps { state } } }`,
      {
        id: hazard.id,
      },
    );
    expect(data.safetyInspection).toMatchObject({
      overdueSince: today(4),
      version: 2,
      steps: [{ state: 'OPEN' }, { state: 'OVERDUE' }],
    });
  });
});
