import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { runJob } from '@linli/kit/testing/jobs';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import pg from 'pg';
import { addDays, today } from '../../src/days.js';
import { subgraph } from '../../src/subgraph.js';
import { guardian, reasons, resident, teacher, write, type Writer } from '../support/writing.js';

let service: TestSubgraph;
let database: pg.Pool;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 300 });
  database = new pg.Pool({ connectionString: service.databaseUrl });
});

afterAll(async () => {
  await database.end();
  await service.close();
});

const parent = (...wards: string[]) => guardian('demo-spouse', ...wards);

describe('care after school and in summer', () => {
  const entry = 'enrollment { id state waitingNo version resident { id } }';
  const summer = 'after-school-440303001001-1-summer';
  const enrol = (residentId: string, programmeId = summer, as: Writer = parent(residentId), more: object = {}) =>
    write(service, 'enrolAfterSchool', { programmeId, residentId, ...more }, entry, as);
  const withdraw = (enrollmentId: string, expectedVersion: number, as: Writer) =>
    write(service, 'withdrawAfterSchool', { enrollmentId, expectedVersion }, entry, as);

  beforeEach(async () => {
    await database.query('TRUNCATE after_school_enrollment');
    await database.query(
      'UPDATE after_school_programme SET enrolled = 0, waitlisted = 0, last_waiting_no = 0, places = 3',
    );
  });

  test('32 children at once for three places: three have one, the others wait; who leaves lets the first up', async () => {
    const answers = await Promise.all(Array.from({ length: 32 }, (_, i) => enrol(`child-${i}`)));
    expect(answers.flatMap(reasons)).toEqual([]);
    const placed = answers.map((answer) => answer['enrollment']).filter(({ state }) => state === 'ENROLLED');
    expect(placed).toHaveLength(3);
    const child = placed[0].resident.id;
    expect(reasons(await withdraw(placed[0].id, 1, parent(child)))).toEqual([]);
    const { rows } = await database.query(
      `SELECT state, count(*)::int AS count, min(waiting_no) AS next FROM after_school_enrollment GROUP BY 1 ORDER BY 1`,
    );
    expect(rows).toEqual([
      { state: 'ENROLLED', count: 3, next: null },
      { state: 'WAITLISTED', count: 28, next: 2 },
      { state: 'WITHDRAWN', count: 1, next: null },
    ]);
    const { data } = await service.query(
      `{ afterSchoolProgramme(id: "${summer}") { kind season enrolled waitlisted } }`,
    );
    expect(data.afterSchoolProgramme).toEqual({
      kind: 'SUMMER_CARE',
      season: '每年七月中旬至八月中旬',
      enrolled: 3,
      waitlisted: 28,
    });
  });

  test('what a school offers in terms is for its own pupils', async () => {
    const homework = 'after-school-440303001001-1-1';
    expect(reasons(await enrol('demo-child', homework))).toEqual([]);
    expect(reasons(await enrol('demo-toddler', homework))).toEqual(['residentId NOT_ALLOWED']);
    expect(reasons(await enrol('demo-toddler'))).toEqual([]);
  });

  test('only a guardian enrols a child; guardian or teacher withdraw it', async () => {
    expect(reasons(await enrol('demo-child', summer, resident('demo-resident')))).toEqual(['residentId NOT_ALLOWED']);
    expect(reasons(await enrol('demo-child', summer, parent('demo-toddler')))).toEqual(['residentId NOT_ALLOWED']);
    expect(reasons(await enrol('demo-child', 'none'))).toEqual(['programmeId NOT_FOUND']);
    const key = { idempotencyKey: 'care-for-child' };
    const { id } = (await enrol('demo-child', summer, parent('demo-child'), key))['enrollment'];
    expect((await enrol('demo-child', summer, parent('demo-child'), key))['enrollment'].id).toBe(id);
    expect(reasons(await enrol('demo-child'))).toEqual(['programmeId DUPLICATE']);
    expect(reasons(await withdraw(id, 1, guardian('stranger', 'other-child')))).toEqual(['enrollmentId NOT_FOUND']);
    expect(reasons(await withdraw(id, 2, teacher()))).toEqual(['expectedVersion CONFLICT']);
    expect((await withdraw(id, 1, teacher()))['enrollment']).toMatchObject({ state: 'WITHDRAWN', version: 2 });
    expect(reasons(await withdraw(id, 2, teacher()))).toEqual(['enrollmentId WRONG_STATE']);
    expect((await enrol('demo-child'))['enrollment']).toMatchObject({ id, state: 'ENROLLED', version: 3 });
  });
});

describe('places at school', () => {
  const fields = 'placement { id state version grade term { id } steps { actor from to note } }';
  const schoolId = 'school-440303001001-1';
  let termId: string;
  let child = 0;
  const apply = (residentId: string, more: object = {}, as: Writer = parent(residentId)) =>
    write(
      service,
      'applySchoolPlacement',
      { residentId, schoolId, grade: 1, termId, communityCode: '440303001001', ...more },
      fields,
      as,
    );
  const decide = (
    placementId: string,
    decision: string,
    expectedVersion: number,
    note?: string,
    as: Writer = teacher(),
  ) => write(service, 'decideSchoolPlacement', { placementId, decision, expectedVersion, note }, fields, as);
  const answer = (placementId: string, accept: boolean, expectedVersion: number, as: Writer) =>
    write(service, 'confirmSchoolPlacement', { placementId, accept, expectedVersion }, fields, as);
  const applied = async () => {
    const who = `applicant-${child++}`;
    return { who, id: (await apply(who))['placement'].id as string };
  };

  beforeAll(async () => {
    const { data } = await service.query('{ schoolTerms { id applicationsFrom applicationsUntil } }');
    const now = today(new Date());
    termId = data.schoolTerms.find((term: any) => term.applicationsFrom <= now && now <= term.applicationsUntil).id;
  });

  test('go from application to lessons, each step kept with who took it', async () => {
    const { who, id } = await applied();
    expect(reasons(await decide(id, 'VERIFY', 1))).toEqual([]);
    expect(reasons(await decide(id, 'ALLOCATE', 2, '就近入学'))).toEqual([]);
    expect(reasons(await answer(id, true, 3, parent(who)))).toEqual([]);
    const { placement } = await decide(id, 'ADMIT', 4);
    expect(placement).toMatchObject({ state: 'ENROLLED', version: 5, grade: 1, term: { id: termId } });
    expect(placement.steps).toEqual([
      { actor: 'GUARDIAN', from: null, to: 'APPLIED', note: null },
      { actor: 'SCHOOL', from: 'APPLIED', to: 'VERIFIED', note: null },
      { actor: 'SCHOOL', from: 'VERIFIED', to: 'ALLOCATED', note: '就近入学' },
      { actor: 'GUARDIAN', from: 'ALLOCATED', to: 'CONFIRMED', note: null },
      { actor: 'SCHOOL', from: 'CONFIRMED', to: 'ENROLLED', note: null },
    ]);
    const told = (await eventsIn(service.databaseUrl)).filter(({ type }) => type === 'PlacementDecided');
    expect(told.slice(-3)).toEqual(
      ['VERIFIED', 'ALLOCATED', 'ENROLLED'].map((state) => ({
        type: 'PlacementDecided',
        key: schoolId,
        data: { schoolId, termId, state },
      })),
    );
    expect(JSON.stringify(told)).not.toContain(who);
  });

  test('a step that the state does not allow is refused with the state and what is possible', async () => {
    const { who, id } = await applied();
    const early = await decide(id, 'ALLOCATE', 1);
    expect(early.userErrors).toEqual([
      { field: ['placementId'], code: 'WRONG_STATE', message: '现在是“已申请”，只有“已核验”的可以这样办理。' },
    ]);
    expect(reasons(await answer(id, true, 1, parent(who)))).toEqual(['placementId WRONG_STATE']);
    expect(reasons(await decide(id, 'RELEASE', 1))).toEqual(['placementId WRONG_STATE']);
    expect(reasons(await decide(id, 'REJECT', 1))).toEqual(['note REQUIRED']);
    expect(reasons(await decide(id, 'VERIFY', 3))).toEqual(['expectedVersion CONFLICT']);
    const { rows } = await database.query('SELECT state, version FROM school_placement WHERE id = $1', [id]);
    expect(rows).toEqual([{ state: 'APPLIED', version: 1 }]);
  });

  test('who was refused, gave up or left applies again, with all that went before', async () => {
    const { who, id } = await applied();
    expect(reasons(await apply(who))).toEqual(['residentId WRONG_STATE']);
    await decide(id, 'REJECT', 1, '居住材料不全');
    const again = await apply(who);
    expect(again['placement']).toMatchObject({ id, state: 'APPLIED', version: 3 });
    const { placement } = await answer(id, false, 3, parent(who));
    expect(placement.steps.map(({ to }: { to: string }) => to)).toEqual([
      'APPLIED',
      'REJECTED',
      'APPLIED',
      'WITHDRAWN',
    ]);
  });

  test('the last places are not given twice', async () => {
    const six = await Promise.all(Array.from({ length: 6 }, applied));
    for (const { id } of six) await decide(id, 'VERIFY', 1);
    const { rows } = await database.query(
      `SELECT count(*)::int AS taken FROM school_placement WHERE school_id = $1 AND state IN ('ALLOCATED', 'CONFIRMED', 'ENROLLED')`,
      [schoolId],
    );
    await database.query('UPDATE school SET places = $2 WHERE id = $1', [schoolId, rows[0].taken + 2]);
    const answers = await Promise.all(six.map(({ id }) => decide(id, 'ALLOCATE', 2)));
    expect(answers.flatMap(reasons)).toEqual(Array(4).fill('placementId FULL'));
    await database.query('UPDATE school SET places = 2000 WHERE id = $1', [schoolId]);
  });

  test('of two decisions about one application at once, one holds', async () => {
    const { id } = await applied();
    const both = await Promise.all([decide(id, 'VERIFY', 1), decide(id, 'REJECT', 1, '不符')]);
    expect(both.flatMap(reasons)).toEqual(['expectedVersion CONFLICT']);
    const { rows } = await database.query(
      'SELECT count(*)::int AS steps FROM school_placement_step WHERE placement_id = $1',
      [id],
    );
    expect(rows).toEqual([{ steps: 2 }]);
  });

  test('applications that make no sense are refused', async () => {
    expect(reasons(await apply('new-1', {}, resident('new-1')))).toEqual([]);
    expect(reasons(await apply('new-2', {}, parent('new-3')))).toEqual(['residentId NOT_ALLOWED']);
    expect(reasons(await apply('new-2', { grade: 10 }))).toEqual(['grade TOO_MANY']);
    expect(reasons(await apply('new-2', { schoolId: 'none' }))).toEqual(['schoolId NOT_FOUND']);
    expect(reasons(await apply('new-2', { termId: 'none' }))).toEqual(['termId NOT_FOUND']);
    expect(reasons(await apply('new-2', { termId: '2024-1' }))).toEqual(['termId CLOSED']);
    expect(reasons(await apply('new-2', { communityCode: '440303999999' }))).toEqual(['communityCode INVALID']);
    const { rows } = await database.query(`SELECT id FROM school WHERE stage = 'PRIMARY' LIMIT 1`);
    expect(reasons(await apply('new-2', { schoolId: rows[0].id, grade: 7 }))).toEqual(['grade INVALID']);
    expect(reasons(await apply('demo-child'))).toEqual(['residentId WRONG_STATE']);
  });

  test('another school’s teacher does not find the application; another guardian neither', async () => {
    const { id } = await applied();
    expect(reasons(await decide(id, 'VERIFY', 1, undefined, teacher('teacher-elsewhere')))).toEqual([
      'placementId NOT_FOUND',
    ]);
    expect(reasons(await answer(id, false, 1, parent('other-child')))).toEqual(['placementId NOT_FOUND']);
  });

  test('children whose guardians accepted are pupils from the day on which the term begins', async () => {
    const { who, id } = await applied();
    await decide(id, 'VERIFY', 1);
    await decide(id, 'ALLOCATE', 2);
    await answer(id, true, 3, parent(who));
    const { rows } = await database.query(
      `SELECT to_char(starts_on, 'YYYY-MM-DD') AS starts FROM school_term WHERE id = $1`,
      [termId],
    );
    const run = async (day: string) => {
      await database.query('DELETE FROM _linli_job');
      await runJob(subgraph, service.databaseUrl, 'term-begins', new Date(`${day}T04:00:00Z`));
      return (await database.query('SELECT state, version FROM school_placement WHERE id = $1', [id])).rows;
    };
    expect(await run(addDays(rows[0].starts, -1))).toEqual([{ state: 'CONFIRMED', version: 4 }]);
    expect(await run(rows[0].starts)).toEqual([{ state: 'ENROLLED', version: 5 }]);
    const steps = await database.query(
      'SELECT actor, "to" FROM school_placement_step WHERE placement_id = $1 ORDER BY id DESC LIMIT 1',
      [id],
    );
    expect(steps.rows).toEqual([{ actor: 'SYSTEM', to: 'ENROLLED' }]);
  });
});

describe('psychological aid', () => {
  const ask = (childId: string, as: Writer, more: object = {}) =>
    write(
      service,
      'requestPsychologicalAid',
      { childId, communityCode: '440303001001', concern: 'PEERS', details: '最近不愿上学。', ...more },
      'receipt',
      as,
    );
  const move = (aidId: string, to: string, expectedVersion: number, as: Writer = teacher(), note?: string) =>
    write(
      service,
      'movePsychologicalAid',
      { aidId, to, expectedVersion, note },
      'aid { state version steps { from to note } }',
      as,
    );

  test('a guardian asks and gets a receipt; the community and no person is told of', async () => {
    const { receipt } = await ask('demo-child', parent('demo-child'));
    const told = (await eventsIn(service.databaseUrl)).filter(({ type }) => type === 'PsychologicalAidRequested');
    expect(told.at(-1)).toEqual({
      type: 'PsychologicalAidRequested',
      key: '440303001001',
      data: { communityCode: '440303001001' },
    });
    const seen = ({ subject, standing }: Writer) =>
      service.query(
        `{ _entities(representations: [{ __typename: "PsychologicalAid", id: "${receipt}" }]) { ... on PsychologicalAid { state } } }`,
        {},
        { subject, ...(standing && { standing }), scope: { PsychologicalAid: ['assigned'] } },
      );
    expect((await seen(teacher())).data._entities).toEqual([{ state: 'REQUESTED' }]);
    expect((await seen(parent('demo-child'))).data._entities).toEqual([null]);
    expect((await seen(teacher('teacher-440303001001-2'))).data._entities).toEqual([null]);
  });

  test('the child’s teacher may ask too, others not; nothing tells whether somebody asked before', async () => {
    expect(reasons(await ask('demo-child', teacher()))).toEqual([]);
    expect(reasons(await ask('demo-child', teacher('teacher-elsewhere')))).toEqual(['childId NOT_ALLOWED']);
    expect(reasons(await ask('demo-child', parent('demo-toddler')))).toEqual(['childId NOT_ALLOWED']);
    const key = { idempotencyKey: 'asked-for-help' };
    const { receipt } = await ask('demo-child', parent('demo-child'), key);
    expect((await ask('demo-child', parent('demo-child'), key))['receipt']).toBe(receipt);
    expect((await ask('demo-child', parent('demo-child')))['receipt']).not.toBe(receipt);
    expect(reasons(await ask('demo-child', parent('demo-child'), { details: '' }))).toEqual(['details INVALID']);
    const { rows } = await database.query(
      `SELECT requested_by, handlers FROM psychological_aid WHERE details = '最近不愿上学。' GROUP BY 1, 2 ORDER BY 1`,
    );
    expect(rows).toEqual([
      { requested_by: 'GUARDIAN', handlers: ['demo-teacher'] },
      { requested_by: 'TEACHER', handlers: ['demo-teacher'] },
    ]);
  });

  test('handlers take it to its end, step by step; for others it does not exist', async () => {
    const { receipt } = await ask('demo-child', parent('demo-child'));
    expect(reasons(await move(receipt, 'ACCEPTED', 1, parent('demo-child'), ''))).toEqual(['note INVALID']);
    expect(reasons(await move(receipt, 'ACCEPTED', 1, { ...parent('demo-child'), relations: [] }))).toEqual([
      'aidId NOT_FOUND',
    ]);
    expect(reasons(await move(receipt, 'ACCEPTED', 1, teacher('teacher-440303001001-2')))).toEqual(['aidId NOT_FOUND']);
    const early = await move(receipt, 'COUNSELLING', 1);
    expect(early.userErrors).toEqual([
      { field: ['to'], code: 'WRONG_STATE', message: '现在是“已请求”，只能转为“已受理”、“已结束”。' },
    ]);
    await move(receipt, 'ACCEPTED', 1);
    expect(reasons(await move(receipt, 'COUNSELLING', 1))).toEqual(['expectedVersion CONFLICT']);
    await move(receipt, 'COUNSELLING', 2);
    const { aid } = await move(receipt, 'CLOSED', 3, teacher(), '已好转');
    expect(aid).toEqual({
      state: 'CLOSED',
      version: 4,
      steps: [
        { from: null, to: 'REQUESTED', note: null },
        { from: 'REQUESTED', to: 'ACCEPTED', note: null },
        { from: 'ACCEPTED', to: 'COUNSELLING', note: null },
        { from: 'COUNSELLING', to: 'CLOSED', note: '已好转' },
      ],
    });
    expect(reasons(await move(receipt, 'ACCEPTED', 4))).toEqual(['to WRONG_STATE']);
  });
});
