import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { turnsOverlap } from '../src/duty-week.js';
import { subgraph } from '../src/subgraph.js';
import { as, elsewhere, here, refusals, write } from './support/write.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 1000 });
});

afterAll(() => service.close());

const indoor = `shelter-indoor-${here}`;
const outdoor = `shelter-outdoor-${here}`;
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const daysAgo = (days: number) => new Date(Date.now() + 8 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);

describe('a shelter', () => {
  const selection = 'shelter { open occupants freePlaces capacity openedFor version }';
  const act = (mutation: string, input: object, person = 'communityWorker', change = {}) =>
    write(service, mutation, input, selection, as(person, mutation, change));

  test('is opened, filled to its capacity by many at once, emptied and closed', async () => {
    const early = await act('recordShelterOccupancy', { id: indoor, change: 5 });
    expect(refusals(early)).toEqual(['id: WRONG_STATE']);
    const { shelter } = await act('openShelter', { id: indoor, expectedVersion: 1, hazard: 'TYPHOON' });
    expect(shelter).toMatchObject({ open: true, openedFor: 'TYPHOON', occupants: 0, version: 2 });
    const { capacity } = shelter;
    const part = Math.floor(capacity / 10);
    const answers = await Promise.all(
      Array.from({ length: 32 }, () => act('recordShelterOccupancy', { id: indoor, change: part })),
    );
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(Math.floor(capacity / part));
    expect(new Set(answers.flatMap(refusals))).toEqual(new Set(['change: FULL']));
    const full = await act('closeShelter', { id: indoor, expectedVersion: 2 });
    expect(refusals(full)).toEqual(['id: WRONG_STATE']);
    const here = Math.floor(capacity / part) * part;
    expect(refusals(await act('recordShelterOccupancy', { id: indoor, change: -here - 1 }))).toEqual([
      'change: INVALID',
    ]);
    await act('recordShelterOccupancy', { id: indoor, change: -here });
    expect((await act('closeShelter', { id: indoor, expectedVersion: 2 })).shelter).toMatchObject({
      open: false,
      openedFor: null,
      occupants: 0,
      freePlaces: capacity,
    });
    const said = (await eventsIn(service.databaseUrl)).filter(({ key }) => key === indoor);
    expect(said.map(({ type }) => type)).toEqual(['ShelterOpened', 'ShelterClosed']);
    expect(said[0]!.data).toMatchObject({ shelterId: indoor, hazard: 'TYPHOON', capacity });
  });

  test('is opened once by many at once, and not by whose place it is not', async () => {
    const open = (change = {}) =>
      act('openShelter', { id: outdoor, expectedVersion: 1, hazard: 'FIRE' }, 'communityWorker', change);
    expect(refusals(await open({ jurisdiction: [elsewhere] }))).toEqual(['id: NOT_ALLOWED']);
    const answers = await Promise.all(Array.from({ length: 12 }, () => open()));
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(refusals(await open())).toEqual(['id: WRONG_STATE']);
    const { data } = await service.query(`{ shelters(place: "${here}", open: true) { nodes { id } } }`);
    expect(data.shelters.nodes).toEqual([{ id: outdoor }]);
  });

  test.each([
    ['no change', { id: outdoor, change: 0 }, 'change: INVALID'],
    ['a shelter that there is not', { id: 'shelter-none', change: 1 }, 'id: NOT_FOUND'],
    ['more than come at once', { id: outdoor, change: 5001 }, 'change: TOO_MANY'],
  ])('%s is refused', async (_, input, refusal) => {
    expect(refusals(await act('recordShelterOccupancy', input))).toEqual([refusal]);
  });
});

describe('supplies', () => {
  const move = (input: object, person = 'communityWorker', change = {}) =>
    write(
      service,
      'moveSupplies',
      { reason: '示例：调配', ...input },
      'movement { id kind quantity from { id } to { id } }',
      as(person, 'moveSupplies', change),
    );
  const stock = async (item: string): Promise<Map<string, number>> => {
    const { data } = await service.query(
      `{ supplyStocks(place: "${here}", item: ${item}) { nodes { quantity shelter { id } } } }`,
    );
    const rows: { quantity: number; shelter: { id: string } }[] = data.supplyStocks.nodes;
    return new Map(rows.map(({ shelter, quantity }) => [shelter.id, quantity]));
  };
  const total = (stocks: Map<string, number>) => [...stocks.values()].reduce((sum, each) => sum + each, 0);

  test('come in, go out and are moved, and what is told of it adds up', async () => {
    const before = await stock('WATER');
    expect(refusals(await move({ kind: 'IN', item: 'WATER', quantity: 10, toShelterId: indoor }))).toEqual([]);
    expect(refusals(await move({ kind: 'OUT', item: 'WATER', quantity: 4, fromShelterId: indoor }))).toEqual([]);
    const transfer = { kind: 'TRANSFER', item: 'WATER', quantity: 3, fromShelterId: indoor, toShelterId: outdoor };
    const { movement } = await move(transfer);
    expect(movement).toMatchObject({ kind: 'TRANSFER', quantity: 3, from: { id: indoor }, to: { id: outdoor } });
    const after = await stock('WATER');
    expect(after.get(indoor)).toBe(before.get(indoor)! + 3);
    expect(after.get(outdoor)).toBe(before.get(outdoor)! + 3);
    const { data } = await service.query(`{ supplyMovements(place: "${here}") { totalCount nodes { kind } } }`);
    expect(data.supplyMovements.totalCount).toBe(3);
  });

  test('are conserved under 32 at once who move them to and fro, and never fewer than none', async () => {
    const before = await stock('BLANKET');
    const all = total(before);
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, i) => {
        const [from, to] = i % 2 ? [indoor, outdoor] : [outdoor, indoor];
        return move({ kind: 'TRANSFER', item: 'BLANKET', quantity: 37, fromShelterId: from, toShelterId: to });
      }),
    );
    expect(answers.every((answer) => refusals(answer).every((refusal) => refusal === 'quantity: WRONG_STATE'))).toBe(
      true,
    );
    const after = await stock('BLANKET');
    expect(total(after)).toBe(all);
    expect([...after.values()].every((quantity) => quantity >= 0)).toBe(true);
  });

  test('go out to the last one by many at once, and not one more', async () => {
    const there = (await stock('TORCH')).get(outdoor)!;
    const answers = await Promise.all(
      Array.from({ length: 32 }, () => move({ kind: 'OUT', item: 'TORCH', quantity: 7, fromShelterId: outdoor })),
    );
    const done = answers.filter(({ userErrors }) => userErrors.length === 0).length;
    expect(done).toBe(Math.min(32, Math.floor(there / 7)));
    expect((await stock('TORCH')).get(outdoor)).toBe(there - done * 7);
    const said = (await eventsIn(service.databaseUrl)).filter(({ type }) => type === 'SuppliesLow');
    expect(said.filter(({ key }) => key === `stock-torch-${outdoor}`)).toHaveLength(1);
  });

  test('of a kind that a shelter has had none of begin with the first that come in', async () => {
    const at = 'shelter-outdoor-440303001002';
    const input = { kind: 'IN', item: 'TENT', quantity: 2, toShelterId: at };
    const answers = await Promise.all(Array.from({ length: 8 }, () => move(input, 'officer')));
    expect(answers.flatMap(refusals)).toEqual([]);
    const { data } = await service.query(
      '{ supplyStocks(place: "440303001002", item: TENT) { nodes { quantity low } } }',
    );
    expect(data.supplyStocks.nodes).toEqual([{ quantity: 16, low: false }]);
  });

  test('are moved once under one key', async () => {
    const before = await stock('TENT');
    const input = { kind: 'IN', item: 'TENT', quantity: 1, toShelterId: indoor, idempotencyKey: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 8 }, () => move(input)));
    expect(new Set(answers.map(({ movement }) => movement.id)).size).toBe(1);
    expect((await stock('TENT')).get(indoor)).toBe(before.get(indoor)! + 1);
  });

  test.each([
    ['out of nowhere', { kind: 'OUT', item: 'FOOD', quantity: 1 }, 'fromShelterId: REQUIRED'],
    ['to nowhere', { kind: 'IN', item: 'FOOD', quantity: 1 }, 'toShelterId: REQUIRED'],
    [
      'in from a shelter',
      { kind: 'IN', item: 'FOOD', quantity: 1, fromShelterId: indoor, toShelterId: outdoor },
      'fromShelterId: INVALID',
    ],
    [
      'to where they are',
      { kind: 'TRANSFER', item: 'FOOD', quantity: 1, fromShelterId: indoor, toShelterId: indoor },
      'toShelterId: INVALID',
    ],
    ['none of them', { kind: 'IN', item: 'FOOD', quantity: 0, toShelterId: indoor }, 'quantity: INVALID'],
    [
      'more than there are',
      { kind: 'OUT', item: 'FOOD', quantity: 99_999, fromShelterId: indoor },
      'quantity: WRONG_STATE',
    ],
    [
      'to another’s place',
      { kind: 'IN', item: 'FOOD', quantity: 1, toShelterId: `shelter-indoor-${elsewhere}` },
      'toShelterId: NOT_ALLOWED',
    ],
    [
      'to a shelter that there is not',
      { kind: 'IN', item: 'FOOD', quantity: 1, toShelterId: 'x' },
      'toShelterId: NOT_FOUND',
    ],
  ])('%s is refused', async (_, input, refusal) => {
    const before = await stock('FOOD');
    expect(refusals(await move(input))).toEqual([refusal]);
    expect(await stock('FOOD')).toEqual(before);
  });
});

describe('drills and plans', () => {
  const drill = (input: object, change = {}) =>
    write(
      service,
      'recordDrill',
      { communityCode: here, hazard: 'FIRE', heldOn: today(), participants: 40, summary: '示例：疏散演练', ...input },
      'drill { id heldOn }',
      as('communityWorker', 'recordDrill', change),
    );
  const plan = async () =>
    (
      await service.query(
        `{ _entities(representations: [{ __typename: "EmergencyPlan", id: "emergency-plan-${here}" }]) { ... on EmergencyPlan { version lastDrillOn hazards } } }`,
      )
    ).data._entities[0];

  test('a drill is written once a day and kind, and the plan speaks of the latest', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => drill({})));
    expect(answers.flatMap(refusals)).toEqual(Array(7).fill('heldOn: DUPLICATE'));
    expect((await plan()).lastDrillOn).toBe(today());
    expect(refusals(await drill({ heldOn: daysAgo(3) }))).toEqual([]);
    expect((await plan()).lastDrillOn).toBe(today());
  });

  test.each([
    ['of tomorrow', { heldOn: daysAgo(-1) }, {}, 'heldOn: INVALID'],
    ['of long ago', { heldOn: '2020-01-01' }, {}, 'heldOn: INVALID'],
    ['of nobody', { participants: 0 }, {}, 'participants: INVALID'],
    ['of another place', {}, { jurisdiction: [elsewhere] }, 'communityCode: NOT_ALLOWED'],
  ])('a drill %s is refused', async (_, input, change, refusal) => {
    expect(refusals(await drill(input, change))).toEqual([refusal]);
  });

  test('a plan is revised by who has seen its latest version', async () => {
    const { version } = await plan();
    const revise = (input: object) =>
      write(
        service,
        'reviseEmergencyPlan',
        { id: `emergency-plan-${here}`, expectedVersion: version, hazards: ['FIRE'], shelterId: outdoor, ...input },
        'plan { version hazards shelter { id } approvedOn }',
        as('communityWorker', 'reviseEmergencyPlan'),
      );
    expect(refusals(await revise({ shelterId: `shelter-indoor-${elsewhere}` }))).toEqual(['shelterId: INVALID']);
    expect(refusals(await revise({ hazards: [] }))).toEqual(['hazards: INVALID']);
    const answers = await Promise.all(Array.from({ length: 8 }, () => revise({})));
    expect(answers.flatMap(refusals)).toEqual(Array(7).fill('expectedVersion: CONFLICT'));
    expect(answers.find((answer) => answer['plan'])!['plan']).toEqual({
      version: version + 1,
      hazards: ['FIRE'],
      shelter: { id: outdoor },
      approvedOn: today(),
    });
  });
});

describe('duty', () => {
  const assign = (input: object, person = 'officer', change = {}) =>
    write(
      service,
      'assignDutyShift',
      {
        communityCode: here,
        kind: 'POLICE_POST',
        weekdays: [6, 7],
        from: '08:00',
        until: '20:00',
        post: '周末值班',
        ...input,
      },
      'shift { id version weekdays officer { id } }',
      as(person, 'assignDutyShift', change),
    );
  let officerId: string;

  beforeAll(async () => {
    const { data } = await service.query(`{ communityOfficers(place: "${here}") { nodes { id } } }`);
    officerId = data.communityOfficers.nodes[1].id;
  });

  test('of one officer does not overlap, also where many are set at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => assign({ officerId })));
    expect(answers.flatMap(refusals)).toEqual(Array(7).fill('officerId: DUPLICATE'));
    expect(refusals(await assign({ officerId, weekdays: [7], from: '19:00', until: '07:00' }))).toEqual([
      'officerId: DUPLICATE',
    ]);
    const night = await assign({ officerId, weekdays: [7], from: '20:00', until: '08:00' });
    expect(night.shift).toMatchObject({ weekdays: [7], officer: { id: officerId } });
    const cancel = (expectedVersion: number) =>
      write(
        service,
        'cancelDutyShift',
        { id: night.shift.id, expectedVersion },
        'id',
        as('officer', 'cancelDutyShift'),
      );
    expect(refusals(await cancel(9))).toEqual(['expectedVersion: CONFLICT']);
    expect((await cancel(1))['id']).toBe(night.shift.id);
    expect(refusals(await cancel(1))).toEqual(['id: NOT_FOUND']);
  });

  test.each([
    ['without an officer', {}, 'officer', 'officerId: REQUIRED'],
    ['of a stranger', { officerId: 'nobody' }, 'officer', 'officerId: INVALID'],
    ['by the community at the police post', {}, 'communityWorker', 'kind: NOT_ALLOWED'],
    ['at no time', { kind: 'EMERGENCY', from: '25:00' }, 'communityWorker', 'from: INVALID'],
    ['on no day', { kind: 'EMERGENCY', weekdays: [] }, 'communityWorker', 'weekdays: INVALID'],
    ['elsewhere', { kind: 'EMERGENCY', communityCode: elsewhere }, 'communityWorker', 'communityCode: NOT_ALLOWED'],
  ])('%s is refused', async (_, input, person, refusal) => {
    expect(refusals(await assign(input, person))).toEqual([refusal]);
  });

  test('the emergency watch is the community’s to set', async () => {
    expect(refusals(await assign({ kind: 'EMERGENCY', phone: '15412345678' }, 'communityWorker'))).toEqual([]);
  });

  test.each([
    [{ weekdays: [1], from: '08:00', until: '20:00' }, { weekdays: [1], from: '20:00', until: '08:00' }, false],
    [{ weekdays: [1], from: '20:00', until: '08:00' }, { weekdays: [2], from: '07:59', until: '09:00' }, true],
    [{ weekdays: [7], from: '20:00', until: '08:00' }, { weekdays: [1], from: '07:00', until: '09:00' }, true],
    [{ weekdays: [7], from: '20:00', until: '08:00' }, { weekdays: [1], from: '08:00', until: '09:00' }, false],
    [{ weekdays: [3], from: '00:00', until: '00:00' }, { weekdays: [3], from: '23:59', until: '00:00' }, true],
    [{ weekdays: [3], from: '00:00', until: '00:00' }, { weekdays: [2, 4], from: '00:00', until: '00:00' }, false],
  ])('turns %j and %j overlap: %s', (one, other, overlap) => {
    expect(turnsOverlap(one, other)).toBe(overlap);
    expect(turnsOverlap(other, one)).toBe(overlap);
  });
});
