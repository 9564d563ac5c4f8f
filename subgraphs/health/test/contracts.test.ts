import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runJob } from '@linli/kit/testing/jobs';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { subgraph } from '../src/subgraph.js';
import { dayOf, isoDay, plusDays, plusMonths } from '../src/today.js';
import { doctor, guardian, newcomer, otherDoctor, resident, settled, stranger, writing } from './support/writing.js';

let service: TestSubgraph;
const call = writing(() => service);
const { sql } = call;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 500 });
  await settled(service);
});

afterAll(() => service.close());

const today = dayOf();
const selection =
  'contract { id state signedOn expiresOn doctorId doctor version facility { id } resident { id } history { change reason expiresOn } }';
const sign = (residentId: string, more: object = {}) => ({
  residentId,
  doctorId: 'family-doctor-440303001001-2',
  package: 'BASIC',
  years: 1,
  ...more,
});

async function opened(number: number | string, born?: string) {
  const person = newcomer(number, born);
  expect((await call.write(person.as, 'openHealthRecord', person.record)).userErrors).toEqual([]);
  return person;
}

const handlersOf = (residentId: string) =>
  sql('SELECT handlers FROM health_record WHERE resident_id = $1', [residentId]).then(([row]) => row.handlers);
const signedBy = (id: string) =>
  sql('SELECT signed FROM family_doctor WHERE id = $1', [id]).then(([row]) => row.signed as number);

describe('signing', () => {
  test('gives a resident a doctor, who from then on treats them, for the years asked for', async () => {
    const person = await opened('signs');
    const before = await signedBy('family-doctor-440303001001-2');
    const { contract, userErrors } = await call.write(
      person.as,
      'signFamilyDoctor',
      sign(person.residentId, { years: 2 }),
      selection,
    );
    expect(userErrors).toEqual([]);
    expect(contract).toMatchObject({
      state: 'ACTIVE',
      doctorId: 'family-doctor-440303001001-2',
      signedOn: isoDay(today),
      expiresOn: isoDay(plusDays(plusMonths(today, 24), -1)),
      facility: { id: 'community-health-440303001001-1' },
      resident: { id: person.residentId },
      version: 1,
      history: [],
    });
    expect(await handlersOf(person.residentId)).toEqual(['family-doctor-440303001001-2']);
    expect(await signedBy('family-doctor-440303001001-2')).toBe(before + 1);
    expect(await call.refusals(person.as, 'signFamilyDoctor', sign(person.residentId))).toEqual([
      'residentId DUPLICATE',
    ]);
  });

  test('a guardian signs for a child, and the child package is for children alone', async () => {
    const { _entities } = await call.read(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Resident { familyDoctor { id } } } }',
      { r: [{ __typename: 'Resident', id: 'demo-child' }] },
    );
    const ending = { id: _entities[0].familyDoctor.id, reason: '更换医生', expectedVersion: 1 };
    expect(await call.refusals(guardian, 'endFamilyDoctorContract', ending)).toEqual([]);
    const { contract } = await call.write(
      guardian,
      'signFamilyDoctor',
      sign('demo-child', { package: 'CHILD' }),
      'contract { minor }',
    );
    expect(contract).toEqual({ minor: true });
    const adult = await opened('adult');
    expect(await call.refusals(adult.as, 'signFamilyDoctor', sign(adult.residentId, { package: 'CHILD' }))).toEqual([
      'package INVALID',
    ]);
  });

  test('what cannot be is refused, and nothing is written', async () => {
    const person = await opened('refused');
    const before = await signedBy('family-doctor-440303001001-2');
    const tries: [object, string][] = [
      [{ doctorId: 'nobody' }, 'doctorId NOT_FOUND'],
      [{ package: 'CHRONIC' }, 'package INVALID'],
      [{ years: 4 }, 'years TOO_MANY'],
      [{ residentId: '' }, 'residentId INVALID'],
    ];
    for (const [more, refusal] of tries) {
      expect(await call.refusals(person.as, 'signFamilyDoctor', sign(person.residentId, more))).toEqual([refusal]);
    }
    expect(await signedBy('family-doctor-440303001001-2')).toBe(before);
    expect(await sql('SELECT id FROM family_doctor_contract WHERE resident_id = $1', [person.residentId])).toEqual([]);
  });

  test('nobody signs for somebody else, and what is there is not told', async () => {
    for (const as of [stranger, resident]) {
      expect(await call.refusals(as, 'signFamilyDoctor', sign('demo-elder'))).toEqual(['residentId NOT_ALLOWED']);
      expect(await call.refusals(as, 'signFamilyDoctor', sign('nobody-at-all'))).toEqual(['residentId NOT_ALLOWED']);
    }
    const unknown = newcomer('without-record');
    expect(await call.refusals(unknown.as, 'signFamilyDoctor', sign(unknown.residentId))).toEqual([
      'residentId NOT_FOUND',
    ]);
  });

  test('the same submission twice makes one contract', async () => {
    const person = await opened('again');
    const input = sign(person.residentId, { idempotencyKey: 'submitted-once' });
    const first = await call.write(person.as, 'signFamilyDoctor', input, 'contract { id }');
    const second = await call.write(person.as, 'signFamilyDoctor', input, 'contract { id }');
    expect(second).toEqual(first);
    expect(await call.refusals(person.as, 'signFamilyDoctor', { ...input, years: 3 })).toEqual([
      expect.stringContaining('KEY_REUSED'),
    ]);
  });

  test('of many who sign at once, a doctor takes as many as there is room for', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, (_, i) => opened(`crowd-${i}`)));
    const id = 'family-doctor-440303001002-2';
    await sql('UPDATE family_doctor SET capacity = signed + 5 WHERE id = $1', [id]);
    const answers = await Promise.all(
      people.map(({ as, residentId }) => call.refusals(as, 'signFamilyDoctor', sign(residentId, { doctorId: id }))),
    );
    expect(answers.filter((each) => each.length === 0)).toHaveLength(5);
    expect(answers.filter((each) => each[0] === 'doctorId FULL')).toHaveLength(7);
    const [{ wrong }] = await sql(
      `SELECT count(*)::int AS wrong FROM family_doctor d WHERE id = $1 AND (signed <> capacity OR signed <>
         (SELECT count(*) FROM family_doctor_contract c WHERE c.doctor_id = d.id AND state = 'ACTIVE'))`,
      [id],
    );
    expect(wrong).toBe(0);
  });

  test('of many submissions for one resident, one makes a contract', async () => {
    const person = await opened('eager');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => call.refusals(person.as, 'signFamilyDoctor', sign(person.residentId))),
    );
    expect(answers.filter((each) => each.length === 0)).toHaveLength(1);
    expect(answers.flat()).toEqual(Array.from({ length: 7 }, () => 'residentId DUPLICATE'));
  });
});

describe('renewing and ending', () => {
  async function signed(number: string) {
    const person = await opened(number);
    const { contract } = await call.write(person.as, 'signFamilyDoctor', sign(person.residentId), selection);
    return { ...person, id: contract.id as string };
  }

  test('a contract is renewed in its last 90 days, from the day on which it ends', async () => {
    const { as, id } = await signed('renews');
    expect(await call.refusals(as, 'renewFamilyDoctorContract', { id, years: 1, expectedVersion: 1 })).toEqual([
      'id WRONG_STATE',
    ]);
    const soon = plusDays(today, 20);
    await sql('UPDATE family_doctor_contract SET expires_on = $2 WHERE id = $1', [id, isoDay(soon)]);
    expect(await call.refusals(as, 'renewFamilyDoctorContract', { id, years: 1, expectedVersion: 7 })).toEqual([
      'expectedVersion CONFLICT',
    ]);
    const { contract } = await call.write(
      as,
      'renewFamilyDoctorContract',
      { id, years: 3, expectedVersion: 1 },
      selection,
    );
    const expiresOn = isoDay(plusMonths(soon, 36));
    expect(contract).toMatchObject({
      expiresOn,
      version: 2,
      history: [{ change: 'RENEWED', reason: null, expiresOn }],
    });
  });

  test('once ended, the doctor sees nothing any more and has room again, and another can be signed', async () => {
    const { as, id, residentId } = await signed('ends');
    const before = await signedBy('family-doctor-440303001001-2');
    expect(await call.refusals(doctor, 'endFamilyDoctorContract', { id, reason: '搬家', expectedVersion: 1 })).toEqual([
      'id NOT_FOUND',
    ]);
    const { contract } = await call.write(
      as,
      'endFamilyDoctorContract',
      { id, reason: '搬家', expectedVersion: 1 },
      selection,
    );
    expect(contract).toMatchObject({ state: 'ENDED', history: [{ change: 'ENDED', reason: '搬家' }] });
    expect(await handlersOf(residentId)).toEqual([]);
    expect(await signedBy('family-doctor-440303001001-2')).toBe(before - 1);
    for (const mutation of ['endFamilyDoctorContract', 'renewFamilyDoctorContract']) {
      const more = mutation === 'endFamilyDoctorContract' ? { reason: '再次' } : { years: 1 };
      expect(await call.refusals(as, mutation, { id, expectedVersion: 2, ...more })).toEqual(['id WRONG_STATE']);
    }
    const again = await call.write(
      as,
      'signFamilyDoctor',
      sign(residentId, { doctorId: 'demo-family-doctor' }),
      selection,
    );
    expect(again.contract.id).not.toBe(id);
    expect(await handlersOf(residentId)).toEqual(['demo-family-doctor']);
  });

  test('the doctor of a contract can end it, other people do not find it', async () => {
    const { id } = await signed('left');
    expect(await call.refusals(stranger, 'endFamilyDoctorContract', { id, reason: '无', expectedVersion: 1 })).toEqual([
      'id NOT_FOUND',
    ]);
    expect(
      await call.refusals(otherDoctor, 'endFamilyDoctorContract', { id, reason: '调岗', expectedVersion: 1 }),
    ).toEqual([]);
  });
});

describe('as time goes by', () => {
  test('contracts about to run out are announced once, those that did are ended with what they allowed', async () => {
    const person = await opened('expires');
    await call.write(person.as, 'signFamilyDoctor', sign(person.residentId));
    const [{ id, expires }] = await sql(
      `SELECT id, to_char(expires_on, 'YYYY-MM-DD') AS expires FROM family_doctor_contract WHERE resident_id = $1`,
      [person.residentId],
    );
    const end = new Date(`${expires}T00:00:00Z`);
    const run = (day: Date) => runJob(subgraph, service.databaseUrl, 'family-doctor-contracts', day);
    const announced = async () =>
      (await eventsIn(service.databaseUrl)).filter(
        ({ type, key }) => type === 'FamilyDoctorContractExpiring' && key === id,
      );
    expect(await run(plusDays(end, -10))).toBe(true);
    expect(await announced()).toEqual([
      { type: 'FamilyDoctorContractExpiring', key: id, data: { contractId: id, expiresOn: expires } },
    ]);
    expect(await run(plusDays(end, -9))).toBe(true);
    expect(await announced()).toHaveLength(1);
    expect(await handlersOf(person.residentId)).toHaveLength(1);
    const before = await signedBy('family-doctor-440303001001-2');

    expect(await run(plusDays(end, 1))).toBe(true);
    expect(await handlersOf(person.residentId)).toEqual([]);
    expect(await signedBy('family-doctor-440303001001-2')).toBeLessThan(before);
    const { familyDoctorContract } = await call.read(
      'query ($id: ID!) { familyDoctorContract(id: $id) { state endedOn history { change } } }',
      { id },
    );
    expect(familyDoctorContract).toEqual({ state: 'EXPIRED', endedOn: expires, history: [{ change: 'EXPIRED' }] });
    const wrong = await sql(
      `SELECT d.id FROM family_doctor d LEFT JOIN family_doctor_contract c ON c.doctor_id = d.id AND c.state = 'ACTIVE'
       GROUP BY d.id HAVING d.signed <> count(c.id)`,
    );
    expect(wrong).toEqual([]);
  });
});
