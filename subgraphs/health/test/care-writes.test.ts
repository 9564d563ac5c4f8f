import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { immunisationSchedule } from '../src/immunisation.js';
import { subgraph } from '../src/subgraph.js';
import { dayOf, isoDay, plusDays, plusMonths } from '../src/today.js';
import {
  doctor,
  guardian,
  newcomer,
  otherDoctor,
  resident,
  stranger,
  writing,
  type Writer,
} from './support/writing.js';

let service: TestSubgraph;
const call = writing(() => service);

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 500 });
});

afterAll(() => service.close());

const today = dayOf();
const yesterday = isoDay(plusDays(today, -1));
const tomorrow = isoDay(plusDays(today, 1));
const clinic = 'community-health-440303001001-1';

describe('health records', () => {
  const fields = 'healthRecord { recordNo version minor communityCode allergies chronicConditions bloodType }';

  test('one is opened by the resident, once, and keeps no birth date of an adult', async () => {
    const { as, record } = newcomer('adult');
    const { healthRecord, userErrors } = await call.write(as, 'openHealthRecord', record, fields);
    expect(userErrors).toEqual([]);
    expect(healthRecord).toMatchObject({ minor: false, communityCode: '440303001001', allergies: [], version: 1 });
    expect(await call.refusals(as, 'openHealthRecord', record)).toEqual(['residentId DUPLICATE']);
    const [{ minor_until }] = await call.sql('SELECT minor_until FROM health_record WHERE record_no = $1', [
      healthRecord.recordNo,
    ]);
    expect(minor_until).toBeNull();
  });

  test('of many submissions at once, one opens a record', async () => {
    const { as, record } = newcomer('hurried');
    const answers = await Promise.all(Array.from({ length: 8 }, () => call.refusals(as, 'openHealthRecord', record)));
    expect(answers.filter((each) => each.length === 0)).toHaveLength(1);
    expect(answers.flat()).toEqual(Array.from({ length: 7 }, () => 'residentId DUPLICATE'));
  });

  test('a doctor opens one for an infant of the own community, with the first dose of each vaccine due', async () => {
    const born = plusMonths(today, -2);
    const { record } = newcomer('infant', isoDay(born));
    const clinicDoctor: Writer = { ...doctor, relations: ['assigned', 'community'] };
    const input = { ...record, idempotencyKey: 'infant-record' };
    const { healthRecord } = await call.write(clinicDoctor, 'openHealthRecord', input, fields);
    expect(healthRecord.minor).toBe(true);
    expect(await call.write(clinicDoctor, 'openHealthRecord', input, fields)).toEqual({ healthRecord, userErrors: [] });
    const due = await call.sql(
      `SELECT vaccine, dose, to_char(due_on, 'YYYY-MM-DD') AS due FROM vaccination_due WHERE resident_id = $1 ORDER BY vaccine`,
      [record.residentId],
    );
    const expected = immunisationSchedule.map(({ vaccine, months }) => ({
      vaccine,
      dose: 1,
      due: isoDay(plusMonths(born, months[0]!)),
    }));
    expect(due).toEqual(expect.arrayContaining(expected));
    expect(due).toHaveLength(expected.length);
    const elsewhere = { ...record, residentId: 'newcomer-elsewhere', communityCode: '440304001019' };
    expect(await call.refusals(clinicDoctor, 'openHealthRecord', elsewhere)).toEqual(['residentId NOT_ALLOWED']);
  });

  test('what cannot be is refused', async () => {
    const { as, record } = newcomer('odd');
    const tries: [object, string][] = [
      [{ birthDate: tomorrow }, 'birthDate INVALID'],
      [{ birthDate: '1850-01-01' }, 'birthDate INVALID'],
      [{ facilityId: 'nowhere' }, 'facilityId NOT_FOUND'],
      [{ communityCode: '440303999999' }, 'communityCode INVALID'],
    ];
    for (const [more, refusal] of tries) {
      expect(await call.refusals(as, 'openHealthRecord', { ...record, ...more })).toEqual([refusal]);
    }
    expect(await call.refusals(stranger, 'openHealthRecord', record)).toEqual(['residentId NOT_ALLOWED']);
  });

  test('the patient’s doctor keeps it up to date, and no other one', async () => {
    const [{ record_no: recordNo }] = await call.sql(
      `SELECT record_no FROM health_record WHERE resident_id = 'demo-resident'`,
    );
    const input = {
      recordNo,
      allergies: ['花生', '花生', '尘螨'],
      bloodType: 'O',
      lastCheckupOn: yesterday,
      expectedVersion: 1,
    };
    for (const as of [otherDoctor, stranger]) {
      expect(await call.refusals(as, 'updateHealthRecord', input)).toEqual(['recordNo NOT_FOUND']);
    }
    expect(await call.refusals(doctor, 'updateHealthRecord', { ...input, lastCheckupOn: tomorrow })).toEqual([
      'lastCheckupOn INVALID',
    ]);
    const { healthRecord } = await call.write(doctor, 'updateHealthRecord', input, fields);
    expect(healthRecord).toMatchObject({ allergies: ['花生', '尘螨'], bloodType: 'O', version: 2 });
    expect(await call.refusals(doctor, 'updateHealthRecord', input)).toEqual(['expectedVersion CONFLICT']);
  });
});

describe('beds at home', () => {
  const open = (residentId: string) => ({ residentId, reason: '骨折术后康复', visitEveryDays: 7 });
  const fields =
    'homeBed { id state version nextVisitOn closedOn outcome doctorId visits { totalCount nodes { number staffId systolic } } }';

  test('a bed is opened, visited and closed by the patient’s doctor', async () => {
    const { homeBed, userErrors } = await call.write(doctor, 'openHomeBed', open('demo-resident'), fields);
    expect(userErrors).toEqual([]);
    expect(homeBed).toMatchObject({
      state: 'OPEN',
      doctorId: 'demo-family-doctor',
      nextVisitOn: isoDay(plusDays(today, 7)),
    });
    expect(await call.refusals(doctor, 'openHomeBed', open('demo-resident'))).toEqual(['residentId DUPLICATE']);

    const visit = {
      homeBedId: homeBed.id,
      visitedAt: new Date().toISOString(),
      systolic: 132,
      diastolic: 84,
      note: '伤口愈合良好',
    };
    expect(await call.refusals(otherDoctor, 'recordHomeBedVisit', visit)).toEqual(['homeBedId NOT_FOUND']);
    expect(await call.refusals(doctor, 'recordHomeBedVisit', { ...visit, diastolic: 140 })).toEqual([
      'diastolic INVALID',
    ]);
    expect(await call.refusals(doctor, 'recordHomeBedVisit', { ...visit, diastolic: null })).toEqual([
      'diastolic INVALID',
    ]);
    expect(await call.refusals(doctor, 'recordHomeBedVisit', { ...visit, visitedAt: '2090-01-01T00:00:00Z' })).toEqual([
      'visitedAt INVALID',
    ]);
    expect(await call.refusals(doctor, 'recordHomeBedVisit', { ...visit, visitedAt: '2020-01-01T00:00:00Z' })).toEqual([
      'visitedAt INVALID',
    ]);
    const visited = await call.write(doctor, 'recordHomeBedVisit', { ...visit, idempotencyKey: 'visit-once' }, fields);
    expect(visited.homeBed).toMatchObject({
      version: 2,
      visits: { totalCount: 1, nodes: [{ number: 1, staffId: 'demo-family-doctor', systolic: 132 }] },
    });
    await call.write(doctor, 'recordHomeBedVisit', { ...visit, idempotencyKey: 'visit-once' });

    const close = { id: homeBed.id, outcome: 'IMPROVED', expectedVersion: 2 };
    expect(await call.refusals(doctor, 'closeHomeBed', { ...close, expectedVersion: 1 })).toEqual([
      'expectedVersion CONFLICT',
    ]);
    expect(await call.refusals(stranger, 'closeHomeBed', close)).toEqual(['id NOT_FOUND']);
    const closed = await call.write(doctor, 'closeHomeBed', close, fields);
    expect(closed.homeBed).toMatchObject({
      state: 'CLOSED',
      outcome: 'IMPROVED',
      closedOn: isoDay(today),
      nextVisitOn: null,
      visits: { totalCount: 1 },
    });
    expect(await call.refusals(doctor, 'closeHomeBed', { ...close, expectedVersion: 3 })).toEqual(['id WRONG_STATE']);
    expect(
      await call.refusals(doctor, 'recordHomeBedVisit', { ...visit, visitedAt: new Date().toISOString() }),
    ).toEqual(['homeBedId WRONG_STATE']);
  });

  test('nobody but the patient’s doctor opens one', async () => {
    for (const as of [resident, otherDoctor, stranger]) {
      const relations = as === resident ? (['assigned'] as const) : as.relations;
      expect(await call.refusals({ ...as, relations }, 'openHomeBed', open('demo-child'))).toEqual([
        'residentId NOT_ALLOWED',
      ]);
    }
    expect(await call.sql(`SELECT id FROM home_bed WHERE resident_id = 'demo-child'`)).toEqual([]);
  });

  test('of many who open one at once, one does; and visits at once get numbers of their own', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => call.refusals(doctor, 'openHomeBed', open('demo-spouse'))),
    );
    expect(answers.filter((each) => each.length === 0)).toHaveLength(1);
    expect(answers.flat()).toEqual(Array.from({ length: 5 }, () => 'residentId DUPLICATE'));
    const [{ id: homeBedId }] = await call.sql(`SELECT id FROM home_bed WHERE resident_id = 'demo-spouse'`);
    const visitedAt = new Date().toISOString();
    const visits = await Promise.all(
      Array.from({ length: 6 }, () =>
        call.refusals(doctor, 'recordHomeBedVisit', { homeBedId, visitedAt, note: '查体' }),
      ),
    );
    expect(visits.flat()).toEqual([]);
    const numbers = await call.sql('SELECT number FROM home_bed_visit WHERE home_bed_id = $1 ORDER BY 1', [homeBedId]);
    expect(numbers.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('programmes of care', () => {
  const fields =
    'careProgramme { id kind condition state version nextDueOn expectedDeliveryOn closeReason followUps { totalCount nodes { number gestationWeeks } } }';
  const followUp = (programmeId: string, more: object = {}) => ({
    programmeId,
    doneOn: isoDay(today),
    method: 'CLINIC',
    result: 'STABLE',
    note: '血压平稳',
    ...more,
  });

  test('one of a pregnancy is opened, followed up and closed', async () => {
    const opening = { residentId: 'demo-spouse', kind: 'MATERNAL', expectedDeliveryOn: isoDay(plusDays(today, 120)) };
    const { careProgramme, userErrors } = await call.write(doctor, 'openCareProgramme', opening, fields);
    expect(userErrors).toEqual([]);
    expect(careProgramme).toMatchObject({ kind: 'MATERNAL', condition: null, nextDueOn: isoDay(plusDays(today, 28)) });
    expect(await call.refusals(doctor, 'openCareProgramme', opening)).toEqual(['kind DUPLICATE']);
    const { id } = careProgramme;
    const done = await call.write(
      doctor,
      'recordFollowUp',
      followUp(id, { gestationWeeks: 22, weightKg: 61.5 }),
      fields,
    );
    expect(done.careProgramme).toMatchObject({
      version: 2,
      followUps: { totalCount: 1, nodes: [{ number: 1, gestationWeeks: 22 }] },
    });
    const planned = await call.write(doctor, 'recordFollowUp', followUp(id, { nextDueOn: tomorrow }), fields);
    expect(planned.careProgramme).toMatchObject({ nextDueOn: tomorrow, followUps: { totalCount: 2 } });
    const close = { id, reason: '已分娩', expectedVersion: 3 };
    expect(await call.refusals(otherDoctor, 'closeCareProgramme', close)).toEqual(['id NOT_FOUND']);
    expect(await call.refusals(doctor, 'closeCareProgramme', { ...close, expectedVersion: 2 })).toEqual([
      'expectedVersion CONFLICT',
    ]);
    const closed = await call.write(doctor, 'closeCareProgramme', close, fields);
    expect(closed.careProgramme).toMatchObject({ state: 'CLOSED', closeReason: '已分娩', nextDueOn: null });
    expect(await call.refusals(doctor, 'recordFollowUp', followUp(id))).toEqual(['programmeId WRONG_STATE']);
    expect(await call.refusals(doctor, 'closeCareProgramme', { ...close, expectedVersion: 4 })).toEqual([
      'id WRONG_STATE',
    ]);
    expect((await call.write(doctor, 'openCareProgramme', opening)).userErrors).toEqual([]);
  });

  test('what does not go with its kind is refused', async () => {
    const tries: [object, string][] = [
      [{ kind: 'CHRONIC' }, 'condition INVALID'],
      [{ kind: 'ELDER', condition: 'COPD' }, 'condition INVALID'],
      [{ kind: 'MATERNAL' }, 'expectedDeliveryOn INVALID'],
      [{ kind: 'MATERNAL', expectedDeliveryOn: yesterday }, 'expectedDeliveryOn INVALID'],
      [{ kind: 'MATERNAL', expectedDeliveryOn: '2090-01-01' }, 'expectedDeliveryOn INVALID'],
      [{ kind: 'CHILD' }, 'kind INVALID'],
    ];
    for (const [more, refusal] of tries) {
      expect(await call.refusals(doctor, 'openCareProgramme', { residentId: 'demo-resident', ...more })).toEqual([
        refusal,
      ]);
    }
    expect(await call.refusals(resident, 'openCareProgramme', { residentId: 'demo-elder', kind: 'ELDER' })).toEqual([
      'residentId NOT_ALLOWED',
    ]);
  });

  test('follow-ups keep to their order, their kind and the possible', async () => {
    const input = { residentId: 'demo-resident', kind: 'CHRONIC', condition: 'HYPERTENSION' };
    const { careProgramme } = await call.write(doctor, 'openCareProgramme', input, fields);
    const { id } = careProgramme;
    const tries: [object, string][] = [
      [{ doneOn: tomorrow }, 'doneOn INVALID'],
      [{ doneOn: yesterday }, 'doneOn INVALID'],
      [{ nextDueOn: isoDay(today) }, 'nextDueOn INVALID'],
      [{ gestationWeeks: 20 }, 'gestationWeeks INVALID'],
      [{ systolic: 120, diastolic: 130 }, 'diastolic INVALID'],
      [{ weightKg: 900 }, 'weightKg TOO_MANY'],
      [{ note: ' ' }, 'note INVALID'],
    ];
    for (const [more, refusal] of tries) {
      expect(await call.refusals(doctor, 'recordFollowUp', followUp(id, more))).toEqual([refusal]);
    }
    expect(await call.refusals(otherDoctor, 'recordFollowUp', followUp(id))).toEqual(['programmeId NOT_FOUND']);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => call.refusals(doctor, 'recordFollowUp', followUp(id))),
    );
    expect(answers.flat()).toEqual([]);
    const numbers = await call.sql('SELECT number FROM follow_up WHERE programme_id = $1 ORDER BY 1', [id]);
    expect(numbers.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('vaccination', () => {
  const clinicDoctor: Writer = { ...doctor, relations: ['assigned', 'community'] };
  const dose = (residentId: string, vaccine: string, number: number, more: object = {}) => ({
    residentId,
    vaccine,
    dose: number,
    vaccinatedOn: isoDay(today),
    lotNo: 'LOT-0001',
    facilityId: clinic,
    ...more,
  });

  test('doses are recorded in order, and the next one is put on the list', async () => {
    const born = plusMonths(today, -9);
    const { as, residentId, record } = newcomer('dosed', isoDay(born));
    await call.write(as, 'openHealthRecord', record);
    const due = () =>
      call.sql(
        `SELECT dose, to_char(due_on, 'YYYY-MM-DD') AS due FROM vaccination_due WHERE resident_id = $1 AND vaccine = '乙脑减毒活疫苗'`,
        [residentId],
      );
    const first = dose(residentId, '乙脑减毒活疫苗', 1, {
      vaccinatedOn: isoDay(plusMonths(born, 8)),
      idempotencyKey: 'dose-once',
    });
    const { vaccination, userErrors } = await call.write(
      clinicDoctor,
      'recordVaccination',
      first,
      'vaccination { id dose lotNo minor }',
    );
    expect(userErrors).toEqual([]);
    expect(vaccination).toMatchObject({ dose: 1, lotNo: 'LOT-0001', minor: true });
    expect((await call.write(clinicDoctor, 'recordVaccination', first, 'vaccination { id }')).vaccination.id).toBe(
      vaccination.id,
    );
    expect(await due()).toEqual([{ dose: 2, due: isoDay(plusMonths(born, 24)) }]);
    await call.sql(`UPDATE vaccination SET vaccinated_on = vaccinated_on - 40 WHERE id = $1`, [vaccination.id]);
    expect(await call.refusals(clinicDoctor, 'recordVaccination', dose(residentId, '乙脑减毒活疫苗', 2))).toEqual([]);
    expect(await due()).toEqual([]);
  });

  test('what was not, or cannot have been, is refused', async () => {
    const born = plusMonths(today, -3);
    const { as, residentId, record } = newcomer('young', isoDay(born));
    await call.write(as, 'openHealthRecord', record);
    const tries: [object, string][] = [
      [dose(residentId, '没有的疫苗', 1), 'vaccine INVALID'],
      [dose(residentId, '卡介苗', 2), 'dose INVALID'],
      [dose(residentId, '乙肝疫苗', 2), 'dose INVALID'],
      [dose(residentId, '麻腮风疫苗', 1), 'vaccinatedOn INVALID'],
      [dose(residentId, '乙肝疫苗', 1, { vaccinatedOn: tomorrow }), 'vaccinatedOn INVALID'],
      [dose(residentId, '乙肝疫苗', 1, { vaccinatedOn: isoDay(plusDays(born, -1)) }), 'vaccinatedOn INVALID'],
      [dose(residentId, '乙肝疫苗', 1, { facilityId: 'nowhere' }), 'facilityId NOT_FOUND'],
      [dose('nobody-at-all', '乙肝疫苗', 1), 'residentId NOT_ALLOWED'],
    ];
    for (const [input, refusal] of tries)
      expect(await call.refusals(clinicDoctor, 'recordVaccination', input)).toEqual([refusal]);
    expect(await call.refusals(as, 'recordVaccination', dose(residentId, '乙肝疫苗', 1))).toEqual([]);
    expect(await call.refusals(as, 'recordVaccination', dose(residentId, '乙肝疫苗', 1))).toEqual(['dose DUPLICATE']);
    expect(await call.refusals(as, 'recordVaccination', dose(residentId, '乙肝疫苗', 2))).toEqual([
      'vaccinatedOn INVALID',
    ]);
    expect(await call.refusals(guardian, 'recordVaccination', dose(residentId, '乙肝疫苗', 2))).toEqual([
      'residentId NOT_ALLOWED',
    ]);
  });

  test('a dose that many record at once is there once', async () => {
    const { as, residentId, record } = newcomer('flu');
    await call.write(as, 'openHealthRecord', record);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        call.refusals(clinicDoctor, 'recordVaccination', dose(residentId, '流感疫苗', 1)),
      ),
    );
    expect(answers.filter((each) => each.length === 0)).toHaveLength(1);
    expect(answers.flat()).toEqual(Array.from({ length: 5 }, () => 'dose DUPLICATE'));
  });
});
