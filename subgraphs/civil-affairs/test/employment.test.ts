import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { syntheticCreditCode } from '@linli/kit/identifiers/synthetic';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';
import {
  caseWorker,
  communityWorker,
  officer,
  residentWriter,
  stranger,
  write,
  type Writer,
} from './support/writing.js';

let service: TestSubgraph;
let database: Client;
let grownUps: { id: string; place: string }[];

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 2000 });
  database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
  const { rows } = await database.query(
    `SELECT id, community_code AS place FROM resident r WHERE birth_date BETWEEN '1980-01-01' AND '2000-01-01'
       AND id NOT LIKE 'demo-%' AND NOT EXISTS (SELECT FROM job_seeker s WHERE s.resident_id = r.id) ORDER BY id LIMIT 40`,
  );
  grownUps = rows;
});

afterAll(async () => {
  await database.end();
  await service.close();
});

const city: Writer = {
  subject: { id: 'w', roles: ['community-worker'], staffId: 'w', jurisdiction: ['4403', '4415'] },
  relations: ['city', 'community', 'assigned'],
};
const post = (input: object = {}, as: Writer = communityWorker) =>
  write(
    service,
    as,
    'postVacancy',
    {
      communityCode: '440303001001',
      title: '厨师',
      employer: '示例餐厅',
      creditCode: syntheticCreditCode('91', 700_900_001),
      occupation: 'COOKING',
      engagement: 'FULL_TIME',
      wageFrom: 6000,
      wageTo: 8000,
      posts: 3,
      ...input,
    },
    'vacancy { id version open filled }',
  );
const register = (residentId: string, as: Writer = residentWriter(residentId), input: object = {}) =>
  write(
    service,
    as,
    'registerJobSeeker',
    { residentId, occupation: 'COOKING', engagements: ['FULL_TIME'], ...input },
    'seeker { id state version group }',
  );

describe('a vacancy', () => {
  test('is posted by staff of the place, with wages that make sense', async () => {
    expect((await post({ wageTo: 5999 })).userErrors[0]).toMatchObject({ field: ['wageTo'], code: 'INVALID' });
    expect((await post({}, stranger)).refused).toEqual(['NOT_ALLOWED']);
    expect((await post({}, officer)).refused).toEqual([]);
    const key = { idempotencyKey: 'vacancy-1' };
    const [one, other] = await Promise.all([post(key), post(key)]);
    expect(one.vacancy.id).toBe(other.vacancy.id);
    const close = { id: one.vacancy.id, expectedVersion: 1 };
    expect((await write(service, communityWorker, 'closeVacancy', close, 'vacancy { open }')).vacancy.open).toBe(false);
    expect((await write(service, communityWorker, 'closeVacancy', { ...close, expectedVersion: 2 })).refused).toEqual([
      'WRONG_STATE',
    ]);
  });

  test('hires no more than it has posts for, however many are hired at once', async () => {
    const { vacancy } = await post();
    const seekers = await Promise.all(grownUps.slice(0, 12).map(({ id }) => register(id)));
    const ids = seekers.map(({ seeker }) => seeker.id as string);
    const refer = (seekerId: string) => write(service, city, 'referJobSeeker', { seekerId, vacancyId: vacancy.id });
    for (const seekerId of ids) expect((await refer(seekerId)).refused).toEqual([]);
    expect((await refer(ids[0]!)).refused).toEqual(['DUPLICATE']);
    const settle = (seekerId: string, hired: boolean) =>
      write(service, city, 'settleJobReferral', { seekerId, vacancyId: vacancy.id, hired }, 'seeker { state }');
    const answers = await Promise.all(ids.map((seekerId) => settle(seekerId, true)));
    expect(answers.filter(({ seeker }) => seeker?.state === 'EMPLOYED')).toHaveLength(3);
    expect(new Set(answers.flatMap(({ refused }) => refused))).toEqual(new Set(['FULL']));
    const { data } = await service.query(`{ vacancy(id: "${vacancy.id}") { open filled posts } }`);
    expect(data.vacancy).toEqual({ open: false, filled: 3, posts: 3 });
    const left = ids[answers.findIndex(({ refused }) => refused.length)]!;
    expect((await settle(left, false)).seeker.state).toBe('SEEKING');
    expect((await settle(left, false)).refused).toEqual(['WRONG_STATE']);
    expect((await refer(left)).refused).toEqual(['CLOSED']);
  });
});

describe('a job seeker', () => {
  test('registers once, leaves, and comes back', async () => {
    const { id } = grownUps[20]!;
    const answers = await Promise.all([register(id), register(id), register(id)]);
    expect(answers.flatMap(({ refused }) => refused)).toEqual(['DUPLICATE', 'DUPLICATE']);
    const { seeker } = answers.find(({ refused }) => refused.length === 0)!;
    const change = (state: string, version: number) =>
      write(
        service,
        residentWriter(id),
        'changeJobSeekerState',
        { id: seeker.id, expectedVersion: version, state },
        'seeker { state }',
      );
    expect((await change('EMPLOYED', 1)).refused).toEqual(['INVALID']);
    expect((await change('SEEKING', 1)).refused).toEqual(['WRONG_STATE']);
    expect((await change('FLEXIBLE', 1)).seeker.state).toBe('FLEXIBLE');
    expect((await change('WITHDRAWN', 1)).refused).toEqual(['CONFLICT']);
    expect((await register(id, residentWriter(id), { group: 'VETERAN' })).seeker).toMatchObject({
      id: seeker.id,
      state: 'SEEKING',
      group: 'VETERAN',
    });
    expect((await register('demo-child', residentWriter('demo-child'))).refused).toEqual(['INVALID']);
    expect((await register(id, residentWriter('demo-resident'))).refused).toEqual(['NOT_ALLOWED']);
  });

  test('is recognised as hard to place by the worker who handles them alone', async () => {
    const { data } = await service.query('{ resident(id: "demo-spouse") { jobSeeker { id version } } }');
    const { id, version: expectedVersion } = data.resident.jobSeeker;
    const recognise = (as: Writer, version: number, reason: string | null) =>
      write(
        service,
        as,
        'recogniseEmploymentDifficulty',
        { id, expectedVersion: version, reason },
        'seeker { difficulty difficultyReason }',
      );
    expect((await recognise(stranger, expectedVersion, '示例')).refused).toEqual(['NOT_FOUND']);
    expect((await recognise(caseWorker, expectedVersion, null)).seeker).toEqual({
      difficulty: false,
      difficultyReason: null,
    });
    expect((await recognise(caseWorker, expectedVersion + 1, '示例：零就业家庭')).seeker.difficulty).toBe(true);
  });
});

describe('a training', () => {
  test('takes as many as it has places, once each, and gives places back', async () => {
    const trainingId = 'training-440303001-1';
    await database.query('UPDATE skill_training SET places = taken + 4 WHERE id = $1', [trainingId]);
    const enrol = (residentId: string) =>
      write(
        service,
        residentWriter(residentId),
        'enrolInSkillTraining',
        { trainingId, residentId },
        'enrolment { id cancelled training { free } }',
      );
    const answers = await Promise.all(grownUps.slice(0, 16).map(({ id }) => enrol(id)));
    const [first, ...others] = answers.filter(({ refused }) => refused.length === 0);
    expect(others).toHaveLength(3);
    expect(new Set(answers.flatMap(({ refused }) => refused))).toEqual(new Set(['FULL']));
    const resident = grownUps[answers.indexOf(first!)]!.id;
    const cancel = () => write(service, residentWriter(resident), 'cancelSkillTraining', { id: first!.enrolment.id });
    const cancelled = await Promise.all([cancel(), cancel()]);
    expect(cancelled.flatMap(({ refused }) => refused)).toEqual(['WRONG_STATE']);
    expect((await enrol(resident)).enrolment).toMatchObject({
      id: first!.enrolment.id,
      cancelled: false,
      training: { free: 0 },
    });
    expect((await enrol(resident)).refused).toEqual(['FULL']);
    await database.query("UPDATE skill_training SET starts_on = '2020-01-01' WHERE id = $1", [trainingId]);
    expect((await enrol(grownUps[17]!.id)).refused).toEqual(['CLOSED']);
  });
});

describe('domestic service', () => {
  const company = 'domestic-440303001001';
  const hire = (input: object = {}, as: Writer = communityWorker) =>
    write(
      service,
      as,
      'registerDomesticWorker',
      { companyId: company, name: '陈例芳', services: ['CLEANING'], ...input },
      'worker { id grade rating ratings }',
    );

  test('is evaluated once a month by a resident, and its grade follows from all evaluations', async () => {
    const { worker } = await hire({ skillLevel: 3 });
    expect(worker).toMatchObject({ grade: 'UNRATED', rating: null, ratings: 0 });
    const evaluate = (residentId: string, stars: number, as = residentWriter(residentId)) =>
      write(
        service,
        as,
        'evaluateDomesticWorker',
        { workerId: worker.id, residentId, stars },
        'worker { grade rating ratings }',
      );
    await Promise.all(grownUps.slice(0, 10).map(({ id }, i) => evaluate(id, i < 5 ? 5 : 4)));
    const { data } = await service.query(`{ domesticWorker(id: "${worker.id}") { grade rating ratings } }`);
    expect(data.domesticWorker).toEqual({ grade: 'EXCELLENT', rating: 4.5, ratings: 10 });
    expect((await evaluate(grownUps[0]!.id, 1)).refused).toEqual(['DUPLICATE']);
    expect((await evaluate(grownUps[11]!.id, 6)).refused).toEqual(['TOO_MANY']);
    expect((await evaluate(grownUps[11]!.id, 1, residentWriter('demo-resident'))).refused).toEqual(['NOT_ALLOWED']);
    const { rows } = await database.query(
      `SELECT w.id FROM domestic_worker w WHERE (stars, ratings) <> (
         SELECT coalesce(sum(e.stars), 0), count(*) FROM domestic_evaluation e WHERE e.worker_id = w.id)`,
    );
    expect(rows).toEqual([]);
  });

  test('has a list of honest companies, which the department keeps by their grades', async () => {
    const read = async () =>
      (await service.query(`{ domesticCompany(id: "${company}") { version grade honest } }`)).data.domesticCompany;
    const list = async (honest: boolean, as = officer) =>
      write(
        service,
        as,
        'listHonestCompany',
        { id: company, expectedVersion: (await read()).version, honest },
        'company { honest honestSince }',
      );
    expect(
      (await list(true, { ...officer, subject: { ...officer.subject, jurisdiction: ['440304'] } })).refused,
    ).toEqual(['NOT_ALLOWED']);
    expect((await read()).grade).toMatch(/EXCELLENT|GOOD/);
    expect((await list(true)).company).toEqual({ honest: true, honestSince: expect.any(String) });
    expect((await list(true)).refused).toEqual(['WRONG_STATE']);
    expect((await list(false)).company).toEqual({ honest: false, honestSince: null });
    await database.query("UPDATE domestic_company SET grade = 'FAIR' WHERE id = $1", [company]);
    expect((await list(true)).refused).toEqual(['WRONG_STATE']);
    const same = { id: company, expectedVersion: 99, honest: true };
    expect((await write(service, officer, 'listHonestCompany', same)).refused).toEqual(['CONFLICT']);
  });

  test('registers a resident once', async () => {
    const residentId = grownUps[30]!.id;
    const answers = await Promise.all([hire({ residentId }), hire({ residentId })]);
    expect(answers.flatMap(({ refused }) => refused)).toEqual(['DUPLICATE']);
    expect((await hire({}, stranger)).refused).toEqual(['NOT_ALLOWED']);
    expect((await hire({ companyId: 'none' })).refused).toEqual(['NOT_FOUND']);
  });
});
