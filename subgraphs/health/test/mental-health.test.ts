import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { subgraph } from '../src/subgraph.js';
import { dayOf, isoDay, plusDays, plusMonths } from '../src/today.js';
import { doctor, guardian, officer, otherDoctor, resident, stranger, writing } from './support/writing.js';

let service: TestSubgraph;
const call = writing(() => service);

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 500 });
});

afterAll(() => service.close());

const today = dayOf();
const good = 'mental-health-professional-440303001001-1';
const lapsed = 'mental-health-professional-440303001001-2';
const zeros = (count: number) => Array.from({ length: count }, () => 0);

describe('screening', () => {
  const screen = async (answers: number[], scale = 'PHQ_9') =>
    (
      await call.write(
        resident,
        'submitMentalScreening',
        { residentId: 'demo-resident', scale, answers },
        'screening { score risk scale }',
      )
    ).screening;

  test('scores and risks follow the scale, and thoughts of harming oneself are a high risk by themselves', async () => {
    expect(await screen(zeros(9))).toEqual({ scale: 'PHQ_9', score: 0, risk: 'LOW' });
    expect(await screen([2, 2, 2, 2, 1, 1, 0, 0, 0])).toMatchObject({ score: 10, risk: 'MEDIUM' });
    expect(await screen([3, 3, 3, 3, 3, 0, 0, 0, 0])).toMatchObject({ score: 15, risk: 'HIGH' });
    expect(await screen([...zeros(8), 1])).toMatchObject({ score: 1, risk: 'HIGH' });
    expect(await screen([2, 2, 2, 2, 2, 0, 0], 'GAD_7')).toMatchObject({ score: 10, risk: 'MEDIUM' });
    expect(await screen([1, 1, 1, 1, 1, ...zeros(10)], 'GDS_15')).toMatchObject({ score: 5, risk: 'MEDIUM' });
  });

  test('the answers to single questions are kept nowhere', async () => {
    const columns = await call.sql(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'mental_health_screening'`,
    );
    expect(columns.map(({ name }) => name).filter((name) => /answer/.test(name))).toEqual([]);
  });

  test('answers that do not fit the scale are refused', async () => {
    const input = { residentId: 'demo-resident', scale: 'PHQ_9' };
    for (const answers of [zeros(8), zeros(10), [...zeros(8), 4], [...zeros(8), -1]]) {
      expect(await call.refusals(resident, 'submitMentalScreening', { ...input, answers })).toEqual([
        'answers INVALID',
      ]);
    }
    const child = { residentId: 'demo-child', scale: 'GDS_15', answers: zeros(15) };
    expect(await call.refusals(guardian, 'submitMentalScreening', child)).toEqual(['scale INVALID']);
    expect(await call.refusals(stranger, 'submitMentalScreening', { ...input, answers: zeros(9) })).toEqual([
      'residentId NOT_ALLOWED',
    ]);
    expect(await call.refusals(doctor, 'submitMentalScreening', { ...input, answers: zeros(9) })).toEqual([]);
  });
});

describe('referral', () => {
  const opening = (more: object = {}) => ({
    residentId: 'demo-elder',
    professionalId: good,
    toInstitution: '示例精神卫生专科医院',
    note: '示例：经本人同意转介',
    consent: true,
    ...more,
  });
  const fields =
    'referral { id state version risk professional { id } screening { risk } handlers steps { state staffId note } resident { id } }';

  test('needs consent, a screening, and somebody of the pool in good standing', async () => {
    expect(await call.refusals(doctor, 'openReferral', opening())).toEqual(['screeningId NOT_FOUND']);
    await call.write(doctor, 'submitMentalScreening', {
      residentId: 'demo-elder',
      scale: 'GDS_15',
      answers: [...Array.from({ length: 11 }, () => 1), 0, 0, 0, 0],
    });
    const tries: [object, string][] = [
      [{ consent: false }, 'consent NOT_ALLOWED'],
      [{ professionalId: 'nobody' }, 'professionalId NOT_FOUND'],
      [{ professionalId: lapsed }, 'professionalId NOT_ALLOWED'],
      [{ screeningId: 'nothing' }, 'screeningId NOT_FOUND'],
    ];
    for (const [more, refusal] of tries)
      expect(await call.refusals(doctor, 'openReferral', opening(more))).toEqual([refusal]);
    for (const as of [stranger, otherDoctor]) {
      expect(await call.refusals(as, 'openReferral', opening())).toEqual(['residentId NOT_ALLOWED']);
    }
    const { userErrors } = await call.write(doctor, 'openReferral', opening({ professionalId: lapsed }));
    expect(userErrors[0]!.message).toContain('专业督导已过期');
    expect(await call.sql(`SELECT id FROM mental_health_referral WHERE resident_id = 'demo-elder'`)).toEqual([]);
  });

  test('runs through its states, each step kept; the event holds nothing of the person', async () => {
    const { referral, userErrors } = await call.write(
      doctor,
      'openReferral',
      opening({ idempotencyKey: 'referred-once' }),
      fields,
    );
    expect(userErrors).toEqual([]);
    expect(referral).toMatchObject({
      state: 'REFERRED',
      risk: 'HIGH',
      professional: { id: good },
      screening: { risk: 'HIGH' },
      handlers: ['demo-family-doctor', good],
      steps: [{ state: 'REFERRED', staffId: 'demo-family-doctor' }],
    });
    const { id } = referral;
    expect(
      (await call.write(doctor, 'openReferral', opening({ idempotencyKey: 'referred-once' }), 'referral { id }'))
        .referral,
    ).toEqual({ id });
    expect(await call.refusals(doctor, 'openReferral', opening())).toEqual(['residentId DUPLICATE']);

    const move = (state: string, expectedVersion: number, more: object = {}) => ({
      id,
      state,
      note: '示例',
      expectedVersion,
      ...more,
    });
    expect(await call.refusals(doctor, 'moveReferral', move('RETURNED', 1))).toEqual(['state WRONG_STATE']);
    expect(await call.refusals(doctor, 'moveReferral', move('RECEIVED', 4))).toEqual(['expectedVersion CONFLICT']);
    for (const as of [otherDoctor, stranger]) {
      expect(await call.refusals(as, 'moveReferral', move('RECEIVED', 1))).toEqual(['id NOT_FOUND']);
    }
    expect(await call.refusals(doctor, 'moveReferral', move('RECEIVED', 1, { professionalId: lapsed }))).toEqual([
      'professionalId NOT_ALLOWED',
    ]);
    const inCharge = { ...doctor, subject: { id: 'u-professional', staffId: good } };
    expect(await call.refusals(inCharge, 'moveReferral', move('RECEIVED', 1))).toEqual([]);
    expect(await call.refusals(doctor, 'moveReferral', move('RETURNED', 2))).toEqual([]);
    const again = await call.write(doctor, 'moveReferral', move('REFERRED', 3), fields);
    expect(again.referral).toMatchObject({ state: 'REFERRED', version: 4 });
    const closed = await call.write(doctor, 'moveReferral', move('CLOSED', 4), fields);
    expect(closed.referral.steps.map(({ state }: { state: string }) => state)).toEqual([
      'REFERRED',
      'RECEIVED',
      'RETURNED',
      'REFERRED',
      'CLOSED',
    ]);
    expect(await call.refusals(doctor, 'moveReferral', move('REFERRED', 5))).toEqual(['state WRONG_STATE']);

    const events = (await eventsIn(service.databaseUrl)).filter(({ key }) => key === id);
    expect(events.map(({ type, data }) => [type, data['state']])).toEqual([
      ['ReferralOpened', 'REFERRED'],
      ['ReferralMoved', 'RECEIVED'],
      ['ReferralMoved', 'RETURNED'],
      ['ReferralMoved', 'REFERRED'],
      ['ReferralMoved', 'CLOSED'],
    ]);
    expect(Object.keys(events[0]!.data).sort()).toEqual(['facilityId', 'referralId', 'state']);
    expect((await call.write(doctor, 'openReferral', opening())).userErrors).toEqual([]);
  });

  test('of many who move one at once, one does', async () => {
    const [{ id, version }] = await call.sql(
      `SELECT id, version FROM mental_health_referral WHERE open_resident_id = 'demo-elder'`,
    );
    const input = { id, state: 'RECEIVED', note: '示例', expectedVersion: version };
    const answers = await Promise.all(Array.from({ length: 6 }, () => call.refusals(doctor, 'moveReferral', input)));
    expect(answers.filter((each) => each.length === 0)).toHaveLength(1);
    expect(await call.sql('SELECT number FROM mental_health_referral_step WHERE referral_id = $1', [id])).toHaveLength(
      2,
    );
  });
});

describe('the talent pool', () => {
  const fields = 'professional { id assignable supervisedUntil educatedUntil leftOn version trainings { kind hours } }';
  const joining = {
    id: 'mental-health-professional-new',
    name: '周例安',
    profession: 'COUNSELLOR',
    certificateNo: '例心证449999999999',
    certificateValidUntil: isoDay(plusMonths(today, 24)),
    facilityId: 'community-health-440303001001-1',
  };
  const training = (kind: string, expectedVersion: number, more: object = {}) => ({
    professionalId: joining.id,
    kind,
    hours: 20,
    provider: '示例心理卫生协会',
    completedOn: isoDay(today),
    validUntil: isoDay(plusMonths(today, 12)),
    expectedVersion,
    ...more,
  });

  test('somebody new can be given a referral once supervision and education are recorded, and no more when they left', async () => {
    const { professional, userErrors } = await call.write(officer, 'registerMentalHealthProfessional', joining, fields);
    expect(userErrors).toEqual([]);
    expect(professional).toMatchObject({ assignable: false, version: 1, trainings: [] });
    expect(await call.refusals(officer, 'registerMentalHealthProfessional', joining)).toEqual([
      'certificateNo DUPLICATE',
    ]);
    await call.write(officer, 'recordProfessionalTraining', training('SUPERVISION', 1));
    const ready = await call.write(officer, 'recordProfessionalTraining', training('CONTINUING_EDUCATION', 2), fields);
    expect(ready.professional).toMatchObject({
      assignable: true,
      version: 3,
      trainings: [{ kind: 'SUPERVISION' }, { kind: 'CONTINUING_EDUCATION' }],
    });
    const shorter = training('SUPERVISION', 3, { validUntil: isoDay(plusDays(today, 5)) });
    const kept = await call.write(officer, 'recordProfessionalTraining', shorter, fields);
    expect(kept.professional.supervisedUntil).toBe(ready.professional.supervisedUntil);
    expect(await call.refusals(officer, 'recordProfessionalTraining', training('SUPERVISION', 1))).toEqual([
      'expectedVersion CONFLICT',
    ]);
    const left = await call.write(
      officer,
      'removeMentalHealthProfessional',
      { id: joining.id, expectedVersion: 4 },
      fields,
    );
    expect(left.professional).toMatchObject({ assignable: false, leftOn: isoDay(today) });
    expect(await call.refusals(officer, 'recordProfessionalTraining', training('SUPERVISION', 5))).toEqual([
      'professionalId WRONG_STATE',
    ]);
    expect(
      await call.refusals(officer, 'removeMentalHealthProfessional', { id: joining.id, expectedVersion: 5 }),
    ).toEqual(['id WRONG_STATE']);
  });

  test('what cannot be is refused, and so is an office of another place', async () => {
    const tries: [object, string][] = [
      [
        training('SUPERVISION', 1, { professionalId: good, validUntil: isoDay(plusMonths(today, 48)) }),
        'validUntil INVALID',
      ],
      [
        training('SUPERVISION', 1, { professionalId: good, validUntil: isoDay(plusDays(today, -1)) }),
        'validUntil INVALID',
      ],
      [
        training('SUPERVISION', 1, { professionalId: good, completedOn: isoDay(plusDays(today, 1)) }),
        'completedOn INVALID',
      ],
      [training('SUPERVISION', 1, { professionalId: 'nobody' }), 'professionalId NOT_FOUND'],
    ];
    for (const [input, refusal] of tries)
      expect(await call.refusals(officer, 'recordProfessionalTraining', input)).toEqual([refusal]);
    const elsewhere = { ...officer, subject: { id: 'u-elsewhere', jurisdiction: ['440304'] } };
    expect(
      await call.refusals(
        elsewhere,
        'recordProfessionalTraining',
        training('SUPERVISION', 1, { professionalId: good }),
      ),
    ).toEqual(['professionalId NOT_FOUND']);
    const other = { ...joining, id: 'other', certificateNo: '例心证0' };
    expect(await call.refusals(elsewhere, 'registerMentalHealthProfessional', other)).toEqual([
      'facilityId NOT_ALLOWED',
    ]);
    expect(
      await call.refusals(officer, 'registerMentalHealthProfessional', {
        ...other,
        certificateValidUntil: '2020-01-01',
      }),
    ).toEqual(['certificateValidUntil INVALID']);
  });
});
