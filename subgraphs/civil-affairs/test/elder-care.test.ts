import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { smartCareNow } from '../src/queries/smart-care.js';
import { subgraph } from '../src/subgraph.js';
import {
  caseWorker,
  communityWorker,
  eventsOf,
  residentWriter,
  socialWorker,
  stranger,
  write,
} from './support/writing.js';

let service: TestSubgraph;
let database: Client;
let elders: string[];

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 3000 });
  database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
  const { rows } = await database.query<{ id: string }>(
    `SELECT r.id FROM resident r WHERE birth_date < '1960-01-01' AND NOT EXISTS (
       SELECT FROM elder_profile p WHERE p.resident_id = r.id) ORDER BY id LIMIT 40`,
  );
  elders = rows.map(({ id }) => id);
});

afterAll(async () => {
  await database.end();
  await service.close();
});

const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
const moment = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString();
const family = residentWriter('demo-resident', 'self', 'household');
const anyElder = (id: string) => ({ ...residentWriter(id), standing: { household: [], wards: [] } });

describe('the city’s platform of care', () => {
  const users = async () =>
    (
      await service.query(
        '{ a: elderProfiles(place: "4403", smartCareUser: true) { totalCount } b: elderProfiles(place: "4415", smartCareUser: true) { totalCount } }',
      )
    ).data;
  const join = (as: any, residentId: string) =>
    write(service, as, 'joinSmartCare', { residentId }, 'profile { id smartCareUser version }');

  test('has one more user when an elder joins, once, and one less when they leave', async () => {
    const before = await users();
    const [elder] = elders;
    const answers = await Promise.all(Array.from({ length: 6 }, () => join(anyElder(elder!), elder!)));
    expect(answers.flatMap(({ refused }) => refused)).toEqual(Array(5).fill('DUPLICATE'));
    const after = await users();
    expect(after.a.totalCount + after.b.totalCount).toBe(before.a.totalCount + before.b.totalCount + 1);
    expect(await eventsOf(service, 'ElderEnrolled')).toEqual([{ in: 'SMART_CARE', communityCode: expect.any(String) }]);
    const { profile } = answers.find(({ refused }) => refused.length === 0)!;
    const leave = { profileId: profile.id, expectedVersion: 1 };
    expect(
      (await write(service, anyElder(elder!), 'leaveSmartCare', leave, 'profile { smartCareUser }')).profile,
    ).toEqual({
      smartCareUser: false,
    });
    expect((await write(service, anyElder(elder!), 'leaveSmartCare', leave)).refused).toEqual(['CONFLICT']);
    expect((await join(anyElder(elder!), elder!)).profile).toMatchObject({ id: profile.id, version: 3 });
  });

  test('is left at the window, too, by the worker of the elder’s community and by no other', async () => {
    const { rows } = await database.query<{ id: string; version: number }>(
      `SELECT id, version FROM elder_profile WHERE resident_id = 'demo-elder'`,
    );
    const leave = { profileId: rows[0]!.id, expectedVersion: rows[0]!.version };
    expect((await write(service, stranger, 'leaveSmartCare', leave)).refused).toEqual(['NOT_FOUND']);
    const { profile } = await write(service, communityWorker, 'leaveSmartCare', leave, 'profile { smartCareUser }');
    expect(profile).toEqual({ smartCareUser: false });
    expect((await join(communityWorker, 'demo-elder')).profile).toMatchObject({ smartCareUser: true });
  });

  test('is counted by place as indicator 12 wants it, and a new user moves the count', async () => {
    const count = async () => {
      const found = await smartCareNow({ query: (text: string) => database.query(text) as never, smallestCount: 5 });
      return [...found.entries()];
    };
    const before = new Map(await count());
    const told = [...before.values()].filter(({ users }) => users !== null);
    expect(told.length).toBeGreaterThan(0);
    for (const { users } of told) expect(users === 0 || users! >= 5).toBe(true);
    const { rows } = await database.query(
      `SELECT r.id, d.id AS district FROM resident r JOIN community c ON c.code = r.community_code JOIN district d ON d.id = c.district_id
       WHERE r.birth_date < '1960-01-01' AND NOT EXISTS (SELECT FROM elder_profile p WHERE p.resident_id = r.id)`,
    );
    const { id, district } = rows.find((row) => before.get(row.district)?.users);
    expect((await join(anyElder(id), id)).refused).toEqual([]);
    const after = new Map(await count());
    expect(after.get(district)!.users).toBe(before.get(district)!.users! + 1);
    const { data } = await service.query(`{ district(id: "${district}") { smartCare { users share } } }`);
    expect(data.district.smartCare).toEqual(after.get(district));
  });

  test('is for elders, and joined by them, their family or their community worker', async () => {
    expect((await join(family, 'demo-resident')).refused).toEqual(['INVALID']);
    expect((await join(family, elders[1]!)).refused).toEqual(['NOT_ALLOWED']);
    expect((await join(stranger, 'demo-elder')).refused).toEqual(['NOT_ALLOWED']);
  });
});

describe('an assessment', () => {
  const assess = async (score: number, on: string, as = caseWorker) => {
    const { data } = await service.query('{ resident(id: "demo-elder") { elderProfile { id version } } }');
    const { id: profileId, version: expectedVersion } = data.resident.elderProfile;
    return write(
      service,
      as,
      'assessElder',
      { profileId, expectedVersion, score, on },
      'profile { careGrade assessments { score grade } }',
    );
  };

  test.each([
    [90, 'INTACT'],
    [89, 'MILD'],
    [66, 'MILD'],
    [65, 'MODERATE'],
    [46, 'MODERATE'],
    [45, 'SEVERE'],
    [30, 'SEVERE'],
    [29, 'COMPLETE'],
    [0, 'COMPLETE'],
  ])('of %i points makes the grade %s', async (score, grade) => {
    const { profile } = await assess(score, day(0));
    expect(profile.careGrade).toBe(grade);
    expect(profile.assessments.at(-1)).toEqual({ score, grade });
  });

  test('is refused out of order, out of range and by whoever has nothing to do with it', async () => {
    expect((await assess(50, day(2))).refused).toEqual(['INVALID']);
    expect((await assess(50, '2020-01-01')).refused).toEqual(['INVALID']);
    expect((await assess(91, day(0))).refused).toEqual(['TOO_MANY']);
    expect((await assess(50, day(0), stranger)).refused).toEqual(['NOT_FOUND']);
  });

  test('comes with a subsidy that social workers set', async () => {
    const { data } = await service.query('{ resident(id: "demo-elder") { elderProfile { id version } } }');
    const { id: profileId, version: expectedVersion } = data.resident.elderProfile;
    const set = (amount: number | null, version: number) =>
      write(
        service,
        socialWorker,
        'setElderSubsidy',
        { profileId, expectedVersion: version, amount },
        'profile { subsidy }',
      );
    expect((await set(600, expectedVersion)).profile).toEqual({ subsidy: 600 });
    expect((await set(null, expectedVersion + 1)).profile).toEqual({ subsidy: null });
  });
});

describe('day care', () => {
  const site = 'elder-point-440303001001-1';
  const enrol = (as: any, residentId: string, input: object = {}) =>
    write(
      service,
      as,
      'enrolInDayCare',
      { residentId, siteId: site, mode: 'HOURLY', from: day(1), ...input },
      'enrolment { id version until site { places { free } } }',
    );
  const places = async () =>
    (await database.query(`SELECT capacity, taken FROM elder_places WHERE site_id = '${site}'`)).rows[0];

  test('takes as many as there are places, however many come at once, and gives places back', async () => {
    const answers = await Promise.all(elders.slice(2, 32).map((id) => enrol(anyElder(id), id)));
    const enrolled = answers.filter(({ refused }) => refused.length === 0);
    expect(enrolled).toHaveLength(8);
    expect(new Set(answers.flatMap(({ refused }) => refused))).toEqual(new Set(['FULL']));
    expect(await places()).toEqual({ capacity: 8, taken: 8 });
    const { id } = enrolled[0]!.enrolment;
    const ends = await Promise.all(
      Array.from({ length: 4 }, () =>
        write(service, communityWorker, 'endDayCare', { id, expectedVersion: 1 }, 'enrolment { until }'),
      ),
    );
    expect(ends.filter(({ refused }) => refused.length === 0)).toHaveLength(1);
    expect(await places()).toEqual({ capacity: 8, taken: 7 });
    expect((await enrol(family, 'demo-elder')).refused).toEqual([]);
    expect((await enrol(family, 'demo-elder')).refused).toEqual(['FULL']);
  });

  test('is refused twice at one site, by a mode that it has not, and on days that are none of its', async () => {
    const station = 'elder-centre-440303001';
    const once = { siteId: station, mode: 'FULL_DAY', idempotencyKey: 'day-care-1' };
    const [first, second] = [await enrol(family, 'demo-elder', once), await enrol(family, 'demo-elder', once)];
    expect(second.enrolment?.id ?? second.refused).toEqual(first.enrolment?.id ?? first.refused);
    expect((await enrol(family, 'demo-elder', { siteId: station, mode: 'HALF_DAY' })).refused).toEqual(['DUPLICATE']);
    expect((await enrol(anyElder(elders[35]!), elders[35]!, { mode: 'FULL_DAY' })).refused).toEqual(['INVALID']);
    expect((await enrol(anyElder(elders[35]!), elders[35]!, { from: day(-2) })).refused).toEqual(['INVALID']);
    expect((await enrol(anyElder(elders[35]!), elders[35]!, { siteId: 'none' })).refused).toEqual(['NOT_FOUND']);
  });
});

describe('care at home', () => {
  const order = (input: object = {}) =>
    write(
      service,
      family,
      'orderHomeCare',
      { residentId: 'demo-elder', service: 'BATHING', at: moment(3), ...input },
      'order { id state version }',
    );
  const step = (name: string, row: any, input: object = {}, as: any = communityWorker) =>
    write(
      service,
      as,
      name,
      { id: row.id, expectedVersion: row.version, ...input },
      'order { id state version minutes site { id } company { id } }',
    );

  test('is ordered, dispatched, done, and not cancelled after that', async () => {
    let { order: row } = await order();
    expect((await step('completeHomeCare', row, { minutes: 30 })).refused).toEqual(['WRONG_STATE']);
    expect((await step('dispatchHomeCare', row)).refused).toEqual(['INVALID']);
    expect((await step('dispatchHomeCare', row, { companyId: 'none' })).refused).toEqual(['NOT_FOUND']);
    expect((await step('dispatchHomeCare', row, { siteId: 'elder-centre-440303001' }, stranger)).refused).toEqual([
      'NOT_FOUND',
    ]);
    ({ order: row } = await step('dispatchHomeCare', row, { companyId: 'domestic-440303001001' }));
    expect(row).toMatchObject({ state: 'DISPATCHED', company: { id: 'domestic-440303001001' }, site: null });
    ({ order: row } = await step('completeHomeCare', row, { minutes: 45 }));
    expect(row).toMatchObject({ state: 'DONE', minutes: 45 });
    expect((await step('cancelHomeCare', row)).refused).toEqual(['WRONG_STATE']);
  });

  test('is ordered once for one time, and again once it is cancelled', async () => {
    const at = moment(5);
    const answers = await Promise.all(Array.from({ length: 8 }, () => order({ at })));
    const [made] = answers.filter(({ refused }) => refused.length === 0);
    expect(answers.flatMap(({ refused }) => refused)).toEqual(Array(7).fill('DUPLICATE'));
    expect((await step('cancelHomeCare', made!.order)).order.state).toBe('CANCELLED');
    expect((await order({ at })).refused).toEqual([]);
    expect((await order({ at: moment(-1) })).refused).toEqual(['INVALID']);
    expect((await order({ at: moment(80) })).refused).toEqual(['INVALID']);
  });
});
