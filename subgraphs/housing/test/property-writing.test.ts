import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoCommunity } from '@linli/kit/population/places';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { refusals, today, write, writers, type Writer } from './write.js';

const { communityWorker, elsewhere, officer, propertyManager, resident } = writers;
const project = `project-${demoCommunity}-1`;
const thisYear = Number(today().slice(0, 4));
let service: TestSubgraph;
let database: Client;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 2000 });
  database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
}, 120_000);

afterAll(async () => {
  await database.end();
  await service.close();
});

describe('a credit list', () => {
  const entry = { subject: 'COMPANY', id: 'company-001', listing: 'RISK', grade: 'D', reason: '隐患逾期' };
  const leader = { subject: 'PROJECT_LEADER', id: project, listing: 'RISK', grade: 'C', reason: '投诉较多' };
  const publish = (year: number, entries: object[], expectedVersion?: number, as: Writer = officer) =>
    write(
      service,
      'publishCreditList',
      { year, entries, expectedVersion },
      as,
      'list { year version entries { totalCount } }',
    );

  test('is published by the housing office alone, and names what there is, once', async () => {
    expect(refusals(await publish(thisYear, [entry], undefined, communityWorker))).toEqual(['NOT_ALLOWED']);
    expect(refusals(await publish(thisYear + 1, [entry]))).toEqual(['year INVALID']);
    expect(refusals(await publish(thisYear, []))).toEqual(['entries INVALID']);
    expect(refusals(await publish(thisYear, [entry, { ...entry, id: 'x' }]))).toEqual(['entries.1.id NOT_FOUND']);
    expect(refusals(await publish(thisYear, [entry, entry]))).toEqual(['entries.1.id DUPLICATE']);
    expect(refusals(await publish(thisYear, [{ ...entry, listing: 'NONE' }]))).toEqual(['entries.0.listing INVALID']);
    expect((await database.query('SELECT 1 FROM credit_list WHERE id = $1', [String(thisYear)])).rows).toEqual([]);
  });

  test('changes who is inspected how often, and is corrected by whoever saw it last', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => publish(thisYear, [entry, leader])));
    expect(all.filter((answer) => answer['list'])).toHaveLength(1);
    expect(new Set(all.flatMap(refusals))).toEqual(new Set(['year DUPLICATE']));
    const ask = async () =>
      (
        await service.query(`{ propertyCompany(id: "company-001") { listing listingYear grade inspectionsPerYear }
          propertyCompanies(listing: RISK) { totalCount }
          propertyProject(id: "${project}") { leaderListing leaderGrade inspectionsPerYear } }`)
      ).data;
    expect(await ask()).toEqual({
      propertyCompany: { listing: 'RISK', listingYear: thisYear, grade: 'D', inspectionsPerYear: 4 },
      propertyCompanies: { totalCount: 1 },
      propertyProject: { leaderListing: 'RISK', leaderGrade: 'C', inspectionsPerYear: 4 },
    });
    expect(refusals(await publish(thisYear, [leader], 7))).toEqual(['expectedVersion CONFLICT']);
    const better = { ...entry, listing: 'INCENTIVE', grade: 'A' };
    expect((await publish(thisYear, [better], 1)).list).toEqual({
      year: thisYear,
      version: 2,
      entries: { totalCount: 1 },
    });
    const after = await ask();
    expect(after.propertyCompany).toMatchObject({ listing: 'INCENTIVE', inspectionsPerYear: 1 });
    expect(after.propertyProject.leaderListing).toBe('NONE');
    const events = (await eventsIn(service.databaseUrl)).filter(({ type }) => type === 'CreditListPublished');
    expect(events.map(({ data }) => data)).toEqual([
      { year: thisYear, version: 1, incentive: 0, risk: 2 },
      { year: thisYear, version: 2, incentive: 1, risk: 0 },
    ]);
  });

  test('of an earlier year leaves the standing of today as it is', async () => {
    const before = await database.query('SELECT id, listing, listing_year FROM property_company ORDER BY id');
    expect((await publish(2021, [entry])).userErrors).toEqual([]);
    expect((await database.query('SELECT id, listing, listing_year FROM property_company ORDER BY id')).rows).toEqual(
      before.rows,
    );
  });
});

describe('owners rate', () => {
  const rate = (as: Writer, unitCode: string, change: object = {}) =>
    write(service, 'rateProperty', { unitCode, target: 'PROPERTY_SERVICE', stars: 4, ...change }, as, 'year');
  let homes: { unit: string; owner: string }[];

  beforeAll(async () => {
    const { rows } = await database.query(
      `SELECT unit_code AS unit, owners[1] AS owner FROM unit_ownership o JOIN building b ON b.code = left(o.unit_code, 19)
       WHERE b.project_id = $1 ORDER BY 1`,
      [project],
    );
    homes = rows;
  });

  test('once for a home, a year and whom they rate, however often at the same time', async () => {
    const { unit, owner } = homes[0]!;
    expect(refusals(await rate(resident('stranger'), unit))).toEqual(['unitCode NOT_ALLOWED']);
    expect(refusals(await rate(resident(owner), unit, { stars: 6 }))).toEqual(['stars TOO_MANY']);
    const all = await Promise.all(Array.from({ length: 32 }, () => rate(resident(owner), unit)));
    expect(all.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(new Set(all.flatMap(refusals))).toEqual(new Set(['unitCode DUPLICATE']));
    expect((await rate(resident(owner), unit, { target: 'OWNERS_COMMITTEE' })).year).toBe(thisYear);
    const { rows } = await database.query(
      'SELECT stars FROM rating_tally WHERE project_id = $1 AND year = $2 ORDER BY target',
      [project, thisYear],
    );
    expect(rows.map(({ stars }) => stars)).toEqual([
      [0, 0, 0, 1, 0],
      [0, 0, 0, 1, 0],
    ]);
  });

  test('with no rating lost where many rate at the same time, and none told before the year is over', async () => {
    const many = homes.slice(1, 11);
    await Promise.all(many.map(({ unit, owner }, i) => rate(resident(owner), unit, { stars: (i % 5) + 1 })));
    const { rows } = await database.query(
      `SELECT stars FROM rating_tally WHERE project_id = $1 AND year = $2 AND target = 'PROPERTY_SERVICE'`,
      [project, thisYear],
    );
    expect(rows[0].stars).toEqual([2, 2, 2, 3, 2]);
    const { data } = await service.query(`{ propertyProject(id: "${project}") { ratings { year } } }`);
    expect(data.propertyProject.ratings.map(({ year }: { year: number }) => year)).not.toContain(thisYear);
  });
});

describe('an estate', () => {
  const account = {
    projectId: project,
    year: 2025,
    quarter: 1,
    commonIncome: 1000,
    commonExpense: 900,
    maintenanceFund: 5000,
    note: '一季度',
  };
  const publish = (as: Writer, change: object = {}) =>
    write(service, 'publishPropertyAccount', { ...account, ...change }, as, 'account { version commonIncome }');

  test('publishes a quarter that is over, once, and corrects it', async () => {
    expect(refusals(await publish(elsewhere))).toEqual(['projectId NOT_ALLOWED']);
    expect(refusals(await publish(propertyManager, { year: thisYear + 1 }))).toEqual(['quarter INVALID']);
    expect(refusals(await publish(propertyManager, { expectedVersion: 1 }))).toEqual(['expectedVersion NOT_FOUND']);
    const all = await Promise.all(Array.from({ length: 8 }, () => publish(propertyManager)));
    expect(all.filter((answer) => answer['account'])).toHaveLength(1);
    expect(new Set(all.flatMap(refusals))).toEqual(new Set(['quarter DUPLICATE']));
    const corrected = await publish(propertyManager, { commonIncome: 1100, expectedVersion: 1 });
    expect(corrected['account']).toEqual({ version: 2, commonIncome: 1100 });
    expect(refusals(await publish(propertyManager, { expectedVersion: 1 }))).toEqual(['expectedVersion CONFLICT']);
  });

  test('opens one service point of a kind', async () => {
    const { rows } = await database.query(
      `SELECT p.id, p.handlers FROM property_project p LEFT JOIN property_service_point s ON s.project_id = p.id AND s.kind = 'ELDER_CARE'
       WHERE s.id IS NULL LIMIT 1`,
    );
    const manager: Writer = { subject: { id: 'm', staffId: rows[0].handlers[0], jurisdiction: [] }, by: ['assigned'] };
    const open = () =>
      write(
        service,
        'openServicePoint',
        { projectId: rows[0].id, kind: 'ELDER_CARE', name: '示例养老服务点', hours: '每日' },
        manager,
        'servicePoint { kind project { id } }',
      );
    const all = await Promise.all(Array.from({ length: 8 }, open));
    expect(all.filter((answer) => answer['servicePoint'])).toHaveLength(1);
    expect(new Set(all.flatMap(refusals))).toEqual(new Set(['kind DUPLICATE']));
  });

  test('is assessed once a year', async () => {
    const found = {
      projectId: project,
      year: thisYear,
      complete: true,
      green: false,
      within15Minutes: true,
      parkInReach: true,
    };
    const record = (as: Writer) => write(service, 'recordEstateAssessment', found, as, 'assessment { year green }');
    expect(refusals(await record(elsewhere))).toEqual(['projectId NOT_ALLOWED']);
    expect((await record(officer)).assessment).toEqual({ year: thisYear, green: false });
    expect(refusals(await record(officer))).toEqual(['year DUPLICATE']);
    const { data } = await service.query(`{ propertyProject(id: "${project}") { assessment { year } } }`);
    expect(data.propertyProject.assessment.year).toBe(thisYear);
  });

  test('gets a committee, or the residents committee that acts as one', async () => {
    const register = (change: object, as: Writer = communityWorker) =>
      write(
        service,
        'registerOwnersCommittee',
        {
          projectId: project,
          kind: 'OWNERS_COMMITTEE',
          since: today(-1),
          termEndsOn: today(1000),
          members: 7,
          ...change,
        },
        as,
        'committee { kind name members termEndsOn }',
      );
    expect(refusals(await register({}, elsewhere))).toEqual(['projectId NOT_ALLOWED']);
    expect(refusals(await register({ members: 6 }))).toEqual(['members INVALID']);
    expect(refusals(await register({ termEndsOn: null }))).toEqual(['termEndsOn REQUIRED']);
    expect(refusals(await register({ termEndsOn: today(3000) }))).toEqual(['termEndsOn INVALID']);
    expect(refusals(await register({ since: today(1) }))).toEqual(['since INVALID']);
    expect((await register({})).committee).toMatchObject({ kind: 'OWNERS_COMMITTEE', members: 7 });
    expect(refusals(await register({}))).toEqual(['since DUPLICATE']);
    const acting = { kind: 'RESIDENTS_COMMITTEE_ACTING', since: today(), termEndsOn: null };
    expect((await register(acting)).committee).toMatchObject({ kind: 'RESIDENTS_COMMITTEE_ACTING', termEndsOn: null });
  });
});

describe('renovation', () => {
  test('is planned for old estates once of a kind, and goes on in its order', async () => {
    const plan = (change: object = {}, as: Writer = officer) =>
      write(
        service,
        'planRenovation',
        { projectId: project, kind: 'PUBLIC_SPACE', works: '活化利用边角地', year: thisYear, ...change },
        as,
        'renovation { id version state kind }',
      );
    const { rows } = await database.query('SELECT project_id AS id FROM building WHERE NOT old_estate LIMIT 1');
    expect(refusals(await plan({ projectId: rows[0].id }))).toEqual(['projectId INVALID']);
    expect(refusals(await plan({ year: thisYear - 1 }))).toEqual(['year INVALID']);
    expect(refusals(await plan({}, elsewhere))).toEqual(['projectId NOT_ALLOWED']);
    expect(refusals(await plan({ kind: 'BASIC' }))).toEqual(['kind DUPLICATE']);
    const { renovation } = await plan();
    const move = (to: string, expectedVersion: number, as: Writer = officer) =>
      write(
        service,
        'moveRenovation',
        { renovationId: renovation.id, to, expectedVersion },
        as,
        'renovation { state version }',
      );
    expect(refusals(await move('COMPLETED', 1))).toEqual(['to WRONG_STATE']);
    expect(refusals(await move('UNDER_WAY', 1, elsewhere))).toEqual(['renovationId NOT_ALLOWED']);
    const all = await Promise.all(Array.from({ length: 8 }, () => move('UNDER_WAY', 1)));
    expect(all.filter((answer) => answer['renovation'])).toHaveLength(1);
    expect((await move('COMPLETED', 2)).renovation).toEqual({ state: 'COMPLETED', version: 3 });
  });
});

describe('idle premises', () => {
  const register = (as: Writer, change: object = {}) =>
    write(
      service,
      'registerIdlePremises',
      {
        buildingCode: `${demoCommunity}0100001`,
        location: '1栋负一层',
        areaM2: 200,
        suggestedUse: 'CHILD_CARE',
        ...change,
      },
      as,
      'premises { id version state }',
    );
  const propose = (premisesId: string, as: Writer, change: object = {}) =>
    write(
      service,
      'proposeIdlePremisesUse',
      { premisesId, use: 'ELDER_CARE', operator: '示例养老机构', plan: '改造为社区长者服务站', ...change },
      as,
      'proposal { id version state premises { id } }',
    );
  const decide = (proposalId: string, expectedVersion: number, approve: boolean, as: Writer = officer) =>
    write(
      service,
      'decideIdlePremisesUse',
      { proposalId, expectedVersion, approve, decision: '同意' },
      as,
      'proposal { state premises { state assignedUse } }',
    );

  test('are registered once', async () => {
    expect(refusals(await register(elsewhere))).toEqual(['buildingCode NOT_ALLOWED']);
    expect(refusals(await register(communityWorker, { areaM2: 900_000 }))).toEqual(['areaM2 INVALID']);
    expect(refusals(await register(communityWorker, { buildingCode: `${demoCommunity}0199999` }))).toEqual([
      'buildingCode NOT_FOUND',
    ]);
    const all = await Promise.all(Array.from({ length: 8 }, () => register(propertyManager)));
    expect(all.filter((answer) => answer['premises'])).toHaveLength(1);
    expect(new Set(all.flatMap(refusals))).toEqual(new Set(['location DUPLICATE']));
  });

  test('are put to one use, however many proposals are approved at the same time', async () => {
    const { premises } = await register(communityWorker, { location: '1栋架空层' });
    expect(refusals(await propose(premises.id, elsewhere))).toEqual(['premisesId NOT_ALLOWED']);
    const made = await Promise.all(Array.from({ length: 6 }, () => propose(premises.id, communityWorker)));
    const again = await Promise.all(
      Array.from({ length: 4 }, () => propose(premises.id, communityWorker, { idempotencyKey: 'proposal-again' })),
    );
    expect(new Set(again.map(({ proposal }) => proposal.id)).size).toBe(1);
    expect(refusals(await decide(made[0]!['proposal'].id, 1, true, elsewhere))).toEqual(['proposalId NOT_FOUND']);
    expect((await decide(made[0]!['proposal'].id, 1, false)).proposal).toMatchObject({
      state: 'REJECTED',
      premises: { state: 'AVAILABLE' },
    });
    const decided = await Promise.all(made.slice(1).map(({ proposal }) => decide(proposal.id, 1, true)));
    expect(decided.filter((answer) => answer['proposal'])).toHaveLength(1);
    const { rows } = await database.query(
      'SELECT state, count(*)::int AS count FROM premises_proposal WHERE premises_id = $1 GROUP BY 1',
      [premises.id],
    );
    expect(Object.fromEntries(rows.map(({ state, count }) => [state, count]))).toEqual({ APPROVED: 1, REJECTED: 6 });
    expect(refusals(await propose(premises.id, communityWorker))).toEqual(['premisesId CLOSED']);
    const events = (await eventsIn(service.databaseUrl)).filter(({ type }) => type === 'IdlePremisesAssigned');
    expect(events.map(({ data }) => data)).toEqual([
      {
        premisesId: premises.id,
        use: 'ELDER_CARE',
        areaM2: 200,
        buildingCode: `${demoCommunity}0100001`,
        communityCode: demoCommunity,
      },
    ]);
  });
});

describe('what reports of itself', () => {
  const now = (seconds = 0) => new Date(Date.now() + seconds * 1000).toISOString();

  test('a car park says how many places are free, the latest report counting', async () => {
    const report = (as: Writer, change: object) =>
      write(
        service,
        'reportParking',
        { lotId: `parking-${project}`, freeSpaces: 3, at: now(), ...change },
        as,
        'parkingLot { freeSpaces }',
      );
    expect(refusals(await report(elsewhere, {}))).toEqual(['lotId NOT_ALLOWED']);
    expect(refusals(await report(propertyManager, { freeSpaces: 99_999 }))).toEqual(['freeSpaces INVALID']);
    expect(refusals(await report(propertyManager, { at: now(3600) }))).toEqual(['at INVALID']);
    expect(refusals(await report(propertyManager, { lotId: 'x' }))).toEqual(['lotId NOT_FOUND']);
    const late = now(-60);
    expect((await report(propertyManager, {})).parkingLot).toEqual({ freeSpaces: 3 });
    expect(refusals(await report(propertyManager, { freeSpaces: 5, at: late }))).toEqual(['at CONFLICT']);
  });

  test('a device says how it is, and its alarm is told of once', async () => {
    const deviceId = `device-${project}-gas_detector`;
    await database.query(`UPDATE edge_device SET status = 'ONLINE' WHERE id = $1`, [deviceId]);
    const report = (as: Writer, status: string) =>
      write(service, 'reportEdgeDevice', { deviceId, status, at: now() }, as, 'device { status }');
    expect(refusals(await report(elsewhere, 'ALARM'))).toEqual(['deviceId NOT_FOUND']);
    expect((await report(propertyManager, 'ALARM')).device).toEqual({ status: 'ALARM' });
    expect((await report(propertyManager, 'ALARM')).userErrors).toEqual([]);
    const events = (await eventsIn(service.databaseUrl)).filter(
      ({ type, key }) => type === 'EdgeDeviceChanged' && key === deviceId,
    );
    expect(events.map(({ data }) => data['status'])).toEqual(['ALARM']);
  });
});
