import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runJob } from '@linli/kit/testing/jobs';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { subgraph } from '../src/subgraph.js';
import { as, elsewhere, here, refusals, write } from './support/write.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 1000 });
});

afterAll(() => service.close());

const seen =
  'event { id version stage supervision leadUnit jointUnits handledAt closedAt cause source reporters handlers steps { number action from to role note } }';
const found = { communityCode: here, kind: 'FIRE_HAZARD', title: '楼道堆放杂物' };
const report = (input: object, person = 'gridWorker', change = {}) =>
  write(service, 'reportGridEvent', { ...found, ...input }, seen, as(person, 'reportGridEvent', change));
const act = (mutation: string, input: object, person = 'gridWorker', change = {}) =>
  write(service, mutation, input, seen, as(person, mutation, change));
const typesOf = async (key: string) =>
  (await eventsIn(service.databaseUrl)).filter((event) => event.key === key).map(({ type }) => type);

/** An event that has come as far as being handled by its one unit. */
async function dispatched(jointUnits: string[] = []) {
  const { event } = await report({});
  const input = { id: event.id, expectedVersion: 1, leadUnit: 'PROPERTY', jointUnits };
  return (await act('dispatchGridEvent', input)).event;
}

describe('an event goes round', () => {
  test('found, dispatched, handled by two units, supervised, analysed: one id, five stages, and it is counted', async () => {
    const { event } = await report({ description: '三楼至四楼', location: '3 栋' });
    expect(event).toMatchObject({ stage: 'FOUND', source: 'GRID_WORKER', version: 1, supervision: 0 });
    const id: string = event.id;
    const dispatch = await act('dispatchGridEvent', {
      id,
      expectedVersion: 1,
      leadUnit: 'PROPERTY',
      jointUnits: ['FIRE_RESCUE'],
      note: '请当日清理',
    });
    expect(dispatch.event).toMatchObject({ stage: 'DISPATCHED', leadUnit: 'PROPERTY', handlers: ['demo-grid-worker'] });
    const first = await act('handleGridEvent', {
      id,
      expectedVersion: 2,
      unit: 'PROPERTY',
      note: '已清走',
      finished: true,
    });
    expect(first.event).toMatchObject({ stage: 'HANDLING', handledAt: null });
    const early = await act('closeGridEvent', { id, expectedVersion: 3, cause: 'NEGLIGENCE', result: '已清理' });
    expect(refusals(early)).toEqual(['id: WRONG_STATE']);
    expect(early.userErrors[0]!.message).toContain('“处置”');
    const supervised = await act('superviseGridEvent', { id, expectedVersion: 3, note: '加快' }, 'supervisor');
    expect(supervised.event).toMatchObject({ stage: 'SUPERVISED', supervision: 2 });
    const second = await act('handleGridEvent', {
      id,
      expectedVersion: 4,
      unit: 'FIRE_RESCUE',
      note: '已复查',
      finished: true,
    });
    expect(second.event).toMatchObject({ stage: 'SUPERVISED', handledAt: expect.any(String) });
    const closed = await act('closeGridEvent', { id, expectedVersion: 5, cause: 'NEGLIGENCE', result: '已清理并劝导' });
    expect(closed.event).toMatchObject({
      id,
      stage: 'ANALYSED',
      cause: 'NEGLIGENCE',
      version: 6,
      closedAt: expect.any(String),
    });
    expect(closed.event.steps.map(({ action, to, role }: Record<string, string>) => [action, to, role])).toEqual([
      ['REPORTED', 'FOUND', 'grid-worker'],
      ['DISPATCHED', 'DISPATCHED', 'grid-worker'],
      ['FINISHED', 'HANDLING', 'grid-worker'],
      ['SUPERVISED', 'SUPERVISED', 'street-supervisor'],
      ['FINISHED', 'SUPERVISED', 'grid-worker'],
      ['CLOSED', 'ANALYSED', 'grid-worker'],
    ]);
    expect(await typesOf(id)).toEqual(['GridEventReported', ...Array<string>(5).fill('GridEventMoved')]);

    const month = new Date(Date.now() + 8 * 3_600_000).getUTCMonth();
    const quarter = `${new Date().getUTCFullYear()}Q${Math.floor(month / 3) + 1}`;
    const { data } = await service.query(
      `{ gridEventAnalysis(place: "${here}", quarter: "${quarter}") { byKind { kind events closed supervised closedInTime } } }`,
    );
    const figures = data.gridEventAnalysis.byKind.find(({ kind }: { kind: string }) => kind === 'FIRE_HAZARD');
    expect(figures).toEqual({ kind: 'FIRE_HAZARD', events: 1, closed: 1, supervised: 1, closedInTime: 1 });
  });

  test.each([
    ['handled before it is dispatched', 'handleGridEvent', { unit: 'PROPERTY', note: '…', finished: false }],
    ['closed before it is handled', 'closeGridEvent', { cause: 'OTHER', result: '…' }],
  ])('cannot be %s', async (_, mutation, input) => {
    const { event } = await report({});
    const answer = await act(mutation, { id: event.id, expectedVersion: 1, ...input });
    expect(refusals(answer)).toEqual(['id: WRONG_STATE']);
    expect(answer.userErrors[0]!.message).toContain('“发现”');
    expect(await typesOf(event.id)).toEqual(['GridEventReported']);
  });

  test('and when it is over, nothing more can be done to it', async () => {
    const event = await dispatched();
    const { id } = event;
    await act('handleGridEvent', { id, expectedVersion: 2, unit: 'PROPERTY', note: '完成', finished: true });
    await act('closeGridEvent', { id, expectedVersion: 3, cause: 'WEAR', result: '已更换' });
    const later: [string, object][] = [
      ['dispatchGridEvent', { leadUnit: 'STREET' }],
      ['handleGridEvent', { unit: 'PROPERTY', note: '又', finished: false }],
      ['superviseGridEvent', { note: '督办' }],
      ['closeGridEvent', { cause: 'WEAR', result: '再次' }],
    ];
    for (const [mutation, input] of later) {
      const person = mutation === 'superviseGridEvent' ? 'supervisor' : 'gridWorker';
      expect(refusals(await act(mutation, { id, expectedVersion: 4, ...input }, person))).toEqual(['id: WRONG_STATE']);
    }
  });

  test('a unit that has nothing to do with it, or is done, does not report', async () => {
    const { id } = await dispatched(['POLICE']);
    const handle = (unit: string, expectedVersion: number, finished = true) =>
      act('handleGridEvent', { id, expectedVersion, unit, note: '…', finished });
    expect(refusals(await handle('HEALTH', 2))).toEqual(['unit: INVALID']);
    expect(refusals(await handle('PROPERTY', 2))).toEqual([]);
    expect(refusals(await handle('PROPERTY', 3))).toEqual(['unit: WRONG_STATE']);
    expect(refusals(await act('dispatchGridEvent', { id, expectedVersion: 3, leadUnit: 'STREET' }))).toEqual([
      'id: WRONG_STATE',
    ]);
  });

  test('a joint unit is not the leading one', async () => {
    const { event } = await report({});
    const input = { id: event.id, expectedVersion: 1, leadUnit: 'STREET', jointUnits: ['STREET'] };
    expect(refusals(await act('dispatchGridEvent', input))).toEqual(['jointUnits: INVALID']);
  });

  test('a time to be done by lies within the next 30 days', async () => {
    const { event } = await report({});
    for (const dueAt of ['2020-01-01T00:00:00Z', '2999-01-01T00:00:00Z']) {
      const answer = await act(
        'superviseGridEvent',
        { id: event.id, expectedVersion: 1, note: '…', dueAt },
        'supervisor',
      );
      expect(refusals(answer)).toEqual(['dueAt: INVALID']);
    }
  });

  test('of many who dispatch the same event at once, one does', async () => {
    const { event } = await report({});
    const answers = await Promise.all(
      Array.from({ length: 16 }, () =>
        act('dispatchGridEvent', { id: event.id, expectedVersion: 1, leadUnit: 'PROPERTY' }),
      ),
    );
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(answers.flatMap(refusals)).toEqual(Array(15).fill('expectedVersion: CONFLICT'));
    expect(await typesOf(event.id)).toEqual(['GridEventReported', 'GridEventMoved']);
  });

  test('whose place it is not does not find it, and nothing is written', async () => {
    const { event } = await report({});
    const away = { jurisdiction: [elsewhere], staffId: 'grid-worker-elsewhere' };
    const input = { id: event.id, expectedVersion: 1, leadUnit: 'PROPERTY' };
    expect(refusals(await act('dispatchGridEvent', input, 'gridWorker', away))).toEqual(['id: NOT_FOUND']);
    expect(refusals(await act('dispatchGridEvent', { ...input, id: 'E-none' }))).toEqual(['id: NOT_FOUND']);
    expect(refusals(await report({}, 'gridWorker', away))).toEqual(['communityCode: NOT_ALLOWED']);
    expect(await typesOf(event.id)).toEqual(['GridEventReported']);
  });
});

describe('reporting', () => {
  test('by a resident is theirs to follow, and is not shown to others as theirs', async () => {
    const { event } = await report({}, 'resident');
    expect(event).toMatchObject({ source: 'RESIDENT', reporters: ['demo-resident'] });
    const ask = (residentId: string) =>
      service.query(
        `{ gridEvent(id: "${event.id}") { stage } }`,
        {},
        { subject: { residentId, jurisdiction: [] }, scope: { GridEvent: ['self'] } },
      );
    expect((await ask('demo-resident')).data.gridEvent).toEqual({ stage: 'FOUND' });
    expect((await ask('demo-spouse')).data.gridEvent).toBeNull();
  });

  test('sent again with its key makes one event, and another input under the key is refused', async () => {
    const idempotencyKey = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => report({ idempotencyKey })));
    expect(new Set(answers.map(({ event }) => event.id)).size).toBe(1);
    expect(refusals(await report({ idempotencyKey, title: '另一件' }))).toEqual(['idempotencyKey: KEY_REUSED']);
  });

  test('what another platform hands over has one id here, however often it comes', async () => {
    const input = { source: 'CITY_PLATFORM', externalNo: 'SPA-1' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => report(input, 'officer')));
    const made = answers.filter(({ userErrors }) => userErrors.length === 0);
    expect(made).toHaveLength(1);
    expect(answers.flatMap(refusals)).toEqual(Array(7).fill('externalNo: DUPLICATE'));
    expect(answers.find(({ userErrors }) => userErrors.length)!.userErrors[0]!.message).toContain(made[0]!.event.id);
    expect(refusals(await report({ source: 'APPEAL', externalNo: 'SPA-1' }, 'officer'))).toEqual([]);
  });

  test.each([
    ['a source that its reporter does not choose', { source: 'SENSOR' }, 'gridWorker', 'source: NOT_ALLOWED'],
    ['no source where the department hands it over', {}, 'officer', 'source: REQUIRED'],
    [
      'a number of another platform for what was found here',
      { externalNo: 'X' },
      'gridWorker',
      'externalNo: NOT_ALLOWED',
    ],
    ['a cell of another community', { gridCode: `${elsewhere}01` }, 'gridWorker', 'gridCode: NOT_FOUND'],
    ['no title', { title: ' ' }, 'gridWorker', 'title: INVALID'],
    ['a title that is too long', { title: '长'.repeat(61) }, 'gridWorker', 'title: TOO_LONG'],
    ['a community that there is not', { communityCode: '440303999999' }, 'gridWorker', 'communityCode: INVALID'],
  ])('%s is refused', async (_, input, person, refusal) => {
    expect(refusals(await report(input, person))).toEqual([refusal]);
  });

  test('of one resident ends at twenty open ones, also at once', async () => {
    const flooding = { residentId: 'r-flood', id: 'u-flood' };
    const answers = await Promise.all(Array.from({ length: 24 }, () => report({}, 'resident', flooding)));
    expect(answers.flatMap(refusals)).toEqual(Array(4).fill(': TOO_MANY'));
  });
});

describe('an alert of a device', () => {
  const alertOf = 'alert { id kind event { id source title stage location } }';
  let site: string;

  beforeAll(async () => {
    const { data } = await service.query(
      `{ surveillanceSites(place: "${here}", network: SMART_SECURITY) { nodes { id } } }`,
    );
    site = data.surveillanceSites.nodes[0].id;
  });

  const raise = (input: object, change = {}) =>
    write(
      service,
      'raiseDeviceAlert',
      { siteId: site, kind: 'GAS_LEAK', raisedAt: new Date().toISOString(), ...input },
      alertOf,
      as('officer', 'raiseDeviceAlert', change),
    );

  test('opens an event without an image or a place, and joins it as long as it is open, also at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => raise({})));
    const events = new Set(answers.map(({ alert }) => alert.event.id));
    expect(events.size).toBe(1);
    expect(answers[0]!.alert.event).toMatchObject({
      source: 'SENSOR',
      title: '燃气设备告警',
      stage: 'FOUND',
      location: null,
    });
    const [id] = [...events];
    const { data } = await service.query(`{ gridEvent(id: "${id}") { version alerts { kind } } }`);
    expect(data.gridEvent).toEqual({ version: 1, alerts: Array(8).fill({ kind: 'GAS_LEAK' }) });
    const other = await raise({ kind: 'SMOKE' });
    expect(other.alert.event.id).not.toBe(id);
    await act('dispatchGridEvent', { id, expectedVersion: 1, leadUnit: 'PROPERTY' });
    await act('handleGridEvent', { id, expectedVersion: 2, unit: 'PROPERTY', note: '已关阀', finished: true });
    await act('closeGridEvent', { id, expectedVersion: 3, cause: 'WEAR', result: '已更换' });
    expect((await raise({})).alert.event.id).not.toBe(id);
  });

  test.each([
    ['of a site that there is not', { siteId: 's-none' }, 'siteId: NOT_FOUND'],
    ['of tomorrow', { raisedAt: new Date(Date.now() + 86_400_000).toISOString() }, 'raisedAt: INVALID'],
    ['of last week', { raisedAt: new Date(Date.now() - 7 * 86_400_000).toISOString() }, 'raisedAt: INVALID'],
  ])('%s is refused', async (_, input, refusal) => {
    expect(refusals(await raise(input))).toEqual([refusal]);
  });

  test('of a site outside its caller’s places is not found', async () => {
    expect(refusals(await raise({}, { jurisdiction: ['440304'] }))).toEqual(['siteId: NOT_FOUND']);
  });
});

describe('what is overdue', () => {
  test('is supervised once by one of many, a level higher each day, up to the district', async () => {
    const { id } = await dispatched();
    const { data } = await service.query(`{ gridEvent(id: "${id}") { dueAt overdue } }`);
    expect(data.gridEvent.overdue).toBe(false);
    const due = Date.parse(data.gridEvent.dueAt);
    const run = (hours: number) =>
      runJob(subgraph, service.databaseUrl, 'overdue-grid-events', new Date(due + hours * 3_600_000));
    const ran = await Promise.all(Array.from({ length: 8 }, () => run(1)));
    expect(ran.filter(Boolean)).toHaveLength(1);
    const event = async () =>
      (await service.query(`{ gridEvent(id: "${id}") { stage supervision steps { action role } } }`)).data.gridEvent;
    expect(await event()).toMatchObject({ stage: 'SUPERVISED', supervision: 1 });
    expect((await event()).steps.at(-1)).toEqual({ action: 'ESCALATED', role: null });
    await run(2);
    expect(await event()).toMatchObject({ supervision: 1 });
    for (const [day, level] of [
      [1, 2],
      [2, 3],
      [3, 3],
    ] as const) {
      await run(day * 24 + 3);
      expect(await event()).toMatchObject({ supervision: level });
    }
    const escalated = (await eventsIn(service.databaseUrl)).filter(
      ({ type, key }) => type === 'GridEventEscalated' && key === id,
    );
    expect(escalated.map(({ data: said }) => said['level'])).toEqual([1, 2, 3]);
    const handled = await act('handleGridEvent', {
      id,
      expectedVersion: 5,
      unit: 'PROPERTY',
      note: '完成',
      finished: true,
    });
    expect(handled.event).toMatchObject({ stage: 'SUPERVISED', handledAt: expect.any(String) });
  });

  test('does not touch what was made up for a day gone by', async () => {
    const { data } = await service.query(
      `{ gridEvents(place: "${here}", stage: FOUND, first: 200) { nodes { id reportedAt } } }`,
    );
    const old = data.gridEvents.nodes.filter(({ reportedAt }: { reportedAt: string }) => reportedAt < '2025-07');
    expect(old.length).toBeGreaterThan(0);
  });
});

describe('subscribing to an event', () => {
  test('tells each step of it to whom it may be shown, and nothing to others', async () => {
    const { id } = await dispatched();
    const operation = `subscription { gridEventProgress(id: "${id}") { stage version } }`;
    const stream = service.subscribe(operation);
    const hidden = service.subscribe(
      operation,
      {},
      { subject: { jurisdiction: [] }, scope: { GridEvent: ['community'] } },
    );
    const [first, nothing] = [stream.next(), hidden.next()];
    await new Promise((resolve) => setTimeout(resolve, 500));
    await act('handleGridEvent', { id, expectedVersion: 2, unit: 'PROPERTY', note: '到场', finished: false });
    expect((await first).value).toMatchObject({ data: { gridEventProgress: { stage: 'HANDLING', version: 3 } } });
    const silence = new Promise((resolve) => setTimeout(() => resolve('silence'), 500));
    expect(await Promise.race([nothing, silence])).toBe('silence');
    await stream.return(undefined);
  });
});
