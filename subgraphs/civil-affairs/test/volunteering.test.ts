import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runJob } from '@linli/kit/testing/jobs';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { communityWorker, eventsOf, residentWriter, stranger, write, type Writer } from './support/writing.js';

let service: TestSubgraph;
let database: Client;
let volunteers: string[];

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 6000 });
  database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
  const { rows } = await database.query<{ id: string }>('SELECT resident_id AS id FROM volunteer ORDER BY 1 LIMIT 30');
  volunteers = rows.map(({ id }) => id).filter((id) => !id.startsWith('demo-'));
});

afterAll(async () => {
  await database.end();
  await service.close();
});

const moment = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const open = (input: object = {}, as: Writer = communityWorker) =>
  write(
    service,
    as,
    'openVolunteerProject',
    {
      stationId: 'volunteer-station-440303001001-1',
      title: '示例：楼道清洁',
      field: 'ENVIRONMENT',
      startsAt: moment(24),
      endsAt: moment(26),
      places: 5,
      ...input,
    },
    'project { id version free state }',
  );
const signUp = (projectId: string, residentId: string, as = residentWriter(residentId)) =>
  write(service, as, 'signUpForVolunteering', { projectId, residentId }, 'signUp { id state project { free } }');
const taken = async (id: string) =>
  (await database.query('SELECT taken FROM volunteer_project WHERE id = $1', [id])).rows[0].taken;

describe('a volunteer', () => {
  const register = (residentId: string, as: Writer) =>
    write(
      service,
      as,
      'registerVolunteer',
      { residentId, fields: ['HEALTH', 'HEALTH'] },
      'volunteer { fields minutes }',
    );

  test('registers once; children do through their guardians', async () => {
    const elder = residentWriter('demo-elder');
    const answers = await Promise.all([register('demo-elder', elder), register('demo-elder', elder)]);
    expect(answers.flatMap(({ refused }) => refused)).toEqual(['DUPLICATE']);
    expect(answers.find(({ volunteer }) => volunteer)!.volunteer).toEqual({ fields: ['HEALTH'], minutes: 0 });
    expect((await register('demo-toddler', residentWriter('demo-toddler'))).refused).toEqual(['NOT_ALLOWED']);
    expect((await register('demo-child', residentWriter('demo-resident', 'guardian'))).refused).toEqual([]);
    expect((await register(volunteers[0]!, residentWriter('demo-resident'))).refused).toEqual(['NOT_ALLOWED']);
  });
});

describe('a project', () => {
  test('takes as many as it has places, however many sign up at once, and gives places back', async () => {
    const { project } = await open();
    const answers = await Promise.all(volunteers.slice(0, 25).map((id) => signUp(project.id, id)));
    const signed = answers.filter(({ refused }) => refused.length === 0);
    expect(signed).toHaveLength(5);
    expect(new Set(answers.flatMap(({ refused }) => refused))).toEqual(new Set(['FULL']));
    expect(await taken(project.id)).toBe(5);
    const { id } = signed[0]!.signUp;
    const cancel = () => write(service, communityWorker, 'cancelVolunteerSignUp', { id }, 'signUp { state }');
    const cancelled = await Promise.all([cancel(), cancel(), cancel()]);
    expect(cancelled.flatMap(({ refused }) => refused)).toEqual(['WRONG_STATE', 'WRONG_STATE']);
    expect(await taken(project.id)).toBe(4);
  });

  test('is signed up for once by one person, who may come back after leaving', async () => {
    const { project } = await open();
    const answers = await Promise.all(Array.from({ length: 6 }, () => signUp(project.id, volunteers[0]!)));
    expect(answers.flatMap(({ refused }) => refused)).toEqual(Array(5).fill('DUPLICATE'));
    expect(await taken(project.id)).toBe(1);
    const { id } = answers.find(({ refused }) => refused.length === 0)!.signUp;
    await write(service, residentWriter(volunteers[0]!), 'cancelVolunteerSignUp', { id });
    expect((await signUp(project.id, volunteers[0]!)).signUp).toMatchObject({ id, state: 'SIGNED_UP' });
    expect(await taken(project.id)).toBe(1);
    expect((await write(service, residentWriter(volunteers[1]!), 'cancelVolunteerSignUp', { id })).refused).toEqual([
      'NOT_FOUND',
    ]);
  });

  test('is opened where staff work, in time, and not after the fact', async () => {
    expect((await open({}, stranger)).refused).toEqual(['NOT_ALLOWED']);
    expect((await open({ startsAt: moment(-1) })).refused).toEqual(['INVALID']);
    expect((await open({ endsAt: moment(23) })).refused).toEqual(['INVALID']);
    expect((await open({ endsAt: moment(40) })).refused).toEqual(['INVALID']);
    const key = { idempotencyKey: 'project-1', startsAt: moment(30), endsAt: moment(31) };
    const [first, second] = [await open(key), await open(key)];
    expect(first.project.id).toBe(second.project.id);
    const cancel = { id: first.project.id, expectedVersion: 1 };
    expect((await write(service, communityWorker, 'cancelVolunteerProject', cancel)).refused).toEqual([]);
    expect((await signUp(first.project.id, volunteers[2]!)).refused).toEqual(['CLOSED']);
    expect((await signUp(first.project.id, 'demo-spouse-2', residentWriter('demo-spouse-2'))).refused).toEqual([
      'NOT_FOUND',
    ]);
  });

  test('counts the hours of whoever was there, once, and is over when its time is', async () => {
    const { project } = await open();
    const { signUp: made } = await signUp(project.id, volunteers[3]!);
    const checkIn = (minutes: number | null = null) =>
      write(service, communityWorker, 'checkInVolunteer', { id: made.id, minutes }, 'signUp { state minutes }');
    expect((await checkIn()).refused).toEqual(['WRONG_STATE']);
    await database.query(
      `UPDATE volunteer_project SET starts_at = now() - interval '2 hours', ends_at = now() WHERE id = $1`,
      [project.id],
    );
    expect((await checkIn(121)).refused).toEqual(['INVALID']);
    const minutes = async () =>
      (await database.query('SELECT minutes FROM volunteer WHERE resident_id = $1', [volunteers[3]])).rows[0].minutes;
    const before = await minutes();
    const answers = await Promise.all([checkIn(90), checkIn(90), checkIn(90)]);
    expect(answers.flatMap(({ refused }) => refused)).toEqual(['WRONG_STATE', 'WRONG_STATE']);
    expect(await minutes()).toBe(before + 90);
    await database.query(
      "UPDATE _linli_job SET due_at = now() - interval '1 day' WHERE name = 'finished-volunteer-projects'",
    );
    await runJob(subgraph, service.databaseUrl, 'finished-volunteer-projects', new Date(Date.now() + 1000));
    const { data } = await service.query(`{ volunteerProject(id: "${project.id}") { state } }`);
    expect(data.volunteerProject.state).toBe('DONE');
  });
});

describe('a need', () => {
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const selection = 'need { id state version project { id } volunteer { id } parties }';
  const ask = (input: object = {}) =>
    write(
      service,
      residentWriter('demo-resident', 'household'),
      'requestVolunteerHelp',
      { residentId: 'demo-elder', field: 'ELDERS', text: '示例：陪同买菜', wantedOn: day(3), ...input },
      selection,
    );
  const step = (name: string, row: any, input: object, as: Writer = communityWorker) =>
    write(service, as, name, { id: row.id, expectedVersion: row.version, ...input }, selection);

  test('meets a volunteer and a project, and is met when the one in need says so', async () => {
    const { project } = await open();
    const { rows } = await database.query(
      'SELECT id, resident_id AS resident FROM volunteer WHERE fields @> ARRAY[\'ELDERS\']::"VolunteerField"[] LIMIT 1',
    );
    const [{ id: volunteerId, resident }] = rows;
    const { need: asked } = await ask();
    expect((await step('closeVolunteerNeed', asked, { met: true })).refused).toEqual(['WRONG_STATE']);
    const { need } = await step('matchVolunteerNeed', asked, { projectId: project.id, volunteerId });
    expect(need).toMatchObject({ state: 'MATCHED', project: { id: project.id }, volunteer: { id: volunteerId } });
    expect(need.parties).toEqual(['demo-elder', resident]);
    expect(await eventsOf(service, 'VolunteerNeedMatched')).toContainEqual({
      needId: need.id,
      field: 'ELDERS',
      projectId: project.id,
      communityCode: '440303001001',
    });
    expect((await step('closeVolunteerNeed', need, { met: true }, residentWriter(resident))).refused).toEqual([
      'NOT_ALLOWED',
    ]);
    const met = await step('closeVolunteerNeed', need, { met: true }, residentWriter('demo-elder'));
    expect(met.need.state).toBe('MET');
  });

  test('is matched with what fits, by staff of the place who saw it as it is', async () => {
    const { need } = await ask();
    const { rows } = await database.query(
      'SELECT id FROM volunteer WHERE NOT fields @> ARRAY[\'ELDERS\']::"VolunteerField"[] LIMIT 1',
    );
    expect((await step('matchVolunteerNeed', need, {})).refused).toEqual(['REQUIRED']);
    expect((await step('matchVolunteerNeed', need, { volunteerId: rows[0].id })).refused).toEqual(['INVALID']);
    expect((await step('matchVolunteerNeed', need, { projectId: 'project-440303001001-past' })).refused).toEqual([
      'INVALID',
    ]);
    expect((await step('matchVolunteerNeed', need, { projectId: 'none' }, stranger)).refused).toEqual(['NOT_FOUND']);
    expect((await step('closeVolunteerNeed', { ...need, version: 9 }, { met: false })).refused).toEqual(['CONFLICT']);
    expect((await step('closeVolunteerNeed', need, { met: false })).need.state).toBe('WITHDRAWN');
    expect((await ask({ wantedOn: day(100) })).refused).toEqual(['INVALID']);
  });
});
