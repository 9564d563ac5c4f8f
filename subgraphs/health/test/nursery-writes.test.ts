import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { subgraph } from '../src/subgraph.js';
import { dayOf, isoDay, plusDays, plusMonths } from '../src/today.js';
import { guardian, newcomer, officer, stranger, writing, type Writer } from './support/writing.js';

let service: TestSubgraph;
const call = writing(() => service);

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 500 });
});

afterAll(() => service.close());

const today = dayOf();
const nurseryId = 'nursery-440303001001';
const fields = 'enrolment { id state ageGroup version minor nursery { availablePlaces } resident { id } }';

/** A child with a record, and its guardian. */
async function childOf(name: string, months: number): Promise<{ as: Writer; residentId: string }> {
  const { as, residentId, record } = newcomer(name, isoDay(plusMonths(today, -months)));
  await call.write(as, 'openHealthRecord', record);
  const subject = { id: `u-guardian-of-${name}`, residentId: `guardian-of-${name}` };
  return { residentId, as: { subject, standing: { household: [], wards: [residentId] }, relations: ['guardian'] } };
}

const enrol = (residentId: string, more: object = {}) => ({
  residentId,
  nurseryId,
  mode: 'FULL_DAY',
  startsOn: isoDay(today),
  ...more,
});

const placesOf = async () =>
  (await call.sql('SELECT places, available_places AS available, version FROM nursery WHERE id = $1', [nurseryId]))[0];

describe('a place', () => {
  test('is taken and given back, and everybody is told how many are left', async () => {
    const { as, residentId } = await childOf('one', 20);
    const before = await placesOf();
    const input = enrol(residentId, { idempotencyKey: 'enrolled-once' });
    const { enrolment, userErrors } = await call.write(as, 'enrolInNursery', input, fields);
    expect(userErrors).toEqual([]);
    expect(enrolment).toMatchObject({
      state: 'ENROLLED',
      ageGroup: 'UNDER_2',
      minor: true,
      nursery: { availablePlaces: before.available - 1 },
    });
    await call.write(as, 'enrolInNursery', input);
    expect((await placesOf()).available).toBe(before.available - 1);
    expect(await call.refusals(as, 'enrolInNursery', enrol(residentId))).toEqual(['residentId DUPLICATE']);
    expect((await placesOf()).available).toBe(before.available - 1);

    const leave = { id: enrolment.id, expectedVersion: 1 };
    for (const other of [stranger, guardian])
      expect(await call.refusals(other, 'withdrawFromNursery', leave)).toEqual(['id NOT_FOUND']);
    expect(await call.refusals(as, 'withdrawFromNursery', { ...leave, expectedVersion: 3 })).toEqual([
      'expectedVersion CONFLICT',
    ]);
    const left = await call.write(as, 'withdrawFromNursery', leave, fields);
    expect(left.enrolment).toMatchObject({ state: 'WITHDRAWN', version: 2 });
    expect((await placesOf()).available).toBe(before.available);
    expect(await call.refusals(as, 'withdrawFromNursery', { ...leave, expectedVersion: 2 })).toEqual([
      'id WRONG_STATE',
    ]);
    const told = (await eventsIn(service.databaseUrl)).filter(({ type }) => type === 'NurseryPlacesChanged');
    expect(told.slice(-2).map(({ key, data }) => [key, data['availablePlaces']])).toEqual([
      [nurseryId, before.available - 1],
      [nurseryId, before.available],
    ]);
  });

  test('goes to children of the ages and in the modes of a licensed nursery', async () => {
    const { as, residentId } = await childOf('two', 30);
    const [{ id: unlicensed }] = await call.sql('SELECT id FROM nursery WHERE NOT licensed LIMIT 1');
    const [{ id: noHours }] = await call.sql('SELECT id FROM nursery WHERE licensed AND NOT hourly LIMIT 1');
    const tries: [object, string][] = [
      [{ nurseryId: 'nowhere' }, 'nurseryId NOT_FOUND'],
      [{ nurseryId: unlicensed }, 'nurseryId NOT_ALLOWED'],
      [{ nurseryId: noHours, mode: 'HOURLY' }, 'mode INVALID'],
      [{ startsOn: isoDay(plusDays(today, -1)) }, 'startsOn INVALID'],
      [{ startsOn: isoDay(plusDays(today, 91)) }, 'startsOn INVALID'],
    ];
    for (const [more, refusal] of tries)
      expect(await call.refusals(as, 'enrolInNursery', enrol(residentId, more))).toEqual([refusal]);
    const { as: parents, residentId: tooOld } = await childOf('three', 37);
    expect(await call.refusals(parents, 'enrolInNursery', enrol(tooOld))).toEqual(['residentId INVALID']);
    const { as: young, residentId: infant } = await childOf('infant', 10);
    const [{ id: older }] = await call.sql(
      `SELECT id FROM nursery WHERE licensed AND full_day AND NOT 'UNDER_2' = ANY(age_groups) LIMIT 1`,
    );
    expect(await call.refusals(young, 'enrolInNursery', enrol(infant, { nurseryId: older }))).toEqual([
      'nurseryId INVALID',
    ]);
    for (const other of [stranger, guardian]) {
      expect(await call.refusals(other, 'enrolInNursery', enrol(residentId))).toEqual(['residentId NOT_ALLOWED']);
    }
  });

  test('of many who enrol at once, as many get one as there are', async () => {
    const children = await Promise.all(Array.from({ length: 12 }, (_, i) => childOf(`crowd-${i}`, 28)));
    await call.sql('UPDATE nursery SET available_places = 4 WHERE id = $1', [nurseryId]);
    const answers = await Promise.all(
      children.map(({ as, residentId }) => call.refusals(as, 'enrolInNursery', enrol(residentId))),
    );
    expect(answers.filter((each) => each.length === 0)).toHaveLength(4);
    expect(answers.flat()).toEqual(Array.from({ length: 8 }, () => 'nurseryId FULL'));
    expect((await placesOf()).available).toBe(0);
  });
});

test('the department changes how many places a nursery has, not below those taken', async () => {
  const { places, available, version } = await placesOf();
  const change = (more: object) => ({ nurseryId, places: places + 3, expectedVersion: version, ...more });
  const selection = 'nursery { places availablePlaces version }';
  const elsewhere = { ...officer, subject: { id: 'u-elsewhere', jurisdiction: ['440304'] } };
  expect(await call.refusals(elsewhere, 'changeNurseryPlaces', change({}))).toEqual(['nurseryId NOT_ALLOWED']);
  expect(await call.refusals(officer, 'changeNurseryPlaces', change({ expectedVersion: 99 }))).toEqual([
    'expectedVersion CONFLICT',
  ]);
  expect(await call.refusals(officer, 'changeNurseryPlaces', change({ places: places - available - 1 }))).toEqual([
    'places INVALID',
  ]);
  expect(await call.refusals(officer, 'changeNurseryPlaces', change({ nurseryId: 'nowhere' }))).toEqual([
    'nurseryId NOT_FOUND',
  ]);
  const { nursery } = await call.write(officer, 'changeNurseryPlaces', change({}), selection);
  expect(nursery).toEqual({ places: places + 3, availablePlaces: available + 3, version: version + 1 });
  const fewer = await call.write(
    officer,
    'changeNurseryPlaces',
    change({ places: places - available, expectedVersion: version + 1 }),
    selection,
  );
  expect(fewer.nursery).toMatchObject({ availablePlaces: 0 });
});
