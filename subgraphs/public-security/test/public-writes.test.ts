import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { consultationTimes } from '../src/consultation-times.js';
import { subgraph } from '../src/subgraph.js';
import { as, elsewhere, here, refusals, write } from './support/write.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 1000 });
});

afterAll(() => service.close());

const eventsOf = async (key: string) => (await eventsIn(service.databaseUrl)).filter((event) => event.key === key);

describe('a warning', () => {
  const selection = `warning { id version level text place prefixes liftedAt channels revisions { version act level text terminals } }`;
  const area = {
    kind: 'RAINSTORM',
    level: 'YELLOW',
    text: '暴雨将至',
    prefixes: ['440303'],
    channels: ['APP', 'BROADCAST'],
  };
  const publish = (input: object, change = {}) =>
    write(service, 'publishWarning', { ...area, ...input }, selection, as('officer', 'publishWarning', change));
  const act = (mutation: string, input: object, change = {}) =>
    write(service, mutation, input, selection, as('officer', mutation, change));

  test('is published, raised and withdrawn; each wording is kept, broadcast and told', async () => {
    const { warning } = await publish({});
    expect(warning).toMatchObject({ place: '罗湖区', prefixes: ['440303'], liftedAt: null, version: 1 });
    expect(warning.revisions[0]).toMatchObject({ act: 'PUBLISHED', terminals: expect.any(Number) });
    expect(warning.revisions[0].terminals).toBeGreaterThan(50);
    const { id } = warning;
    expect(refusals(await act('updateWarning', { id, expectedVersion: 1 }))).toEqual([': REQUIRED']);
    const raised = await Promise.all(
      Array.from({ length: 8 }, () => act('updateWarning', { id, expectedVersion: 1, level: 'RED' })),
    );
    expect(raised.flatMap(refusals)).toEqual(Array(7).fill('expectedVersion: CONFLICT'));
    const { warning: lifted } = await act('withdrawWarning', { id, expectedVersion: 2, text: '雨势减弱' });
    expect(lifted).toMatchObject({ level: 'RED', text: '暴雨将至', liftedAt: expect.any(String) });
    expect(lifted.revisions.map(({ act: done, text }: Record<string, string>) => [done, text])).toEqual([
      ['PUBLISHED', '暴雨将至'],
      ['UPDATED', '暴雨将至'],
      ['WITHDRAWN', '雨势减弱'],
    ]);
    const said = await eventsOf(id);
    expect(said.map(({ type, data }) => [type, data['act'], data['level']])).toEqual([
      ['WarningPublished', 'PUBLISHED', 'YELLOW'],
      ['WarningPublished', 'UPDATED', 'RED'],
      ['WarningPublished', 'WITHDRAWN', 'RED'],
    ]);
    expect(said[0]!.data).toMatchObject({ warningId: id, kind: 'RAINSTORM', prefixes: ['440303'] });
    expect(refusals(await act('updateWarning', { id, expectedVersion: 3, text: '又' }))).toEqual(['id: WRONG_STATE']);
  });

  test('is shown where it was issued for, and told to who has subscribed to a place there', async () => {
    const stream = service.subscribe(`subscription { warnings(place: "${here}") { text place } }`);
    const away = service.subscribe(`subscription { warnings(place: "${elsewhere}") { text } }`);
    const [next, nothing] = [stream.next(), away.next()];
    await new Promise((resolve) => setTimeout(resolve, 500));
    await publish({ prefixes: [here], text: '本社区积水' });
    expect((await next).value).toMatchObject({ data: { warnings: { text: '本社区积水', place: '大塘龙社区' } } });
    await publish({ prefixes: ['440304'], text: '福田区积水' });
    expect((await nothing).value).toMatchObject({ data: { warnings: { text: '福田区积水' } } });
    await Promise.all([stream.return(undefined), away.return(undefined)]);
    const { data } = await service.query(`{ warnings(place: "${here}", active: true, first: 200) { nodes { text } } }`);
    const texts = data.warnings.nodes.map(({ text }: { text: string }) => text);
    expect(texts).toContain('本社区积水');
    expect(texts).not.toContain('福田区积水');
  });

  test('is published once under one key', async () => {
    const idempotencyKey = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => publish({ idempotencyKey })));
    expect(new Set(answers.map(({ warning }) => warning.id)).size).toBe(1);
  });

  test.each([
    ['for no place', { prefixes: [] }, 'prefixes: INVALID'],
    ['for a place that there is not', { prefixes: ['999999'] }, 'prefixes.0: INVALID'],
    ['for places within each other', { prefixes: ['440303', '440303001'] }, 'prefixes.1: INVALID'],
    ['for a place that is not its caller’s', { prefixes: ['441521103'] }, 'prefixes.0: NOT_ALLOWED'],
    ['by no channel', { channels: [] }, 'channels: INVALID'],
    ['without words', { text: ' ' }, 'text: INVALID'],
    ['with too many', { text: '长'.repeat(501) }, 'text: TOO_LONG'],
  ])('%s is refused', async (_, input, refusal) => {
    expect(refusals(await publish(input))).toEqual([refusal]);
  });

  test('of another place is neither changed nor lifted', async () => {
    const { warning } = await publish({ prefixes: ['440303', '440304'] });
    const away = { jurisdiction: ['440304'] };
    const input = { id: warning.id, expectedVersion: 1, text: '解除' };
    expect(refusals(await act('withdrawWarning', input, away))).toEqual(['id: NOT_FOUND']);
    expect(await eventsOf(warning.id)).toHaveLength(1);
  });
});

describe('a fraud alert', () => {
  const publish = (input: object, person = 'police') =>
    write(
      service,
      'publishFraudAlert',
      { method: 'LOAN', title: '虚假贷款', text: '放款前收费的都是诈骗', place: here, ...input },
      'alert { id version place withdrawnAt }',
      as(person, 'publishFraudAlert'),
    );

  test('is published, shown below its community, and withdrawn once', async () => {
    const { alert } = await publish({});
    expect(await eventsOf(alert.id)).toEqual([
      { type: 'FraudWave', key: alert.id, data: { alertId: alert.id, method: 'LOAN', place: here } },
    ]);
    const shown = async () =>
      (
        await service.query(
          `{ _entities(representations: [{ __typename: "Community", code: "${here}" }]) { ... on Community { fraudAlerts { id } } } }`,
        )
      ).data._entities[0].fraudAlerts.map(({ id }: { id: string }) => id);
    expect((await shown())[0]).toBe(alert.id);
    const withdraw = (change = {}) =>
      write(
        service,
        'withdrawFraudAlert',
        { id: alert.id, expectedVersion: 1 },
        'alert { withdrawnAt }',
        as('police', 'withdrawFraudAlert', change),
      );
    expect(refusals(await withdraw({ jurisdiction: [elsewhere] }))).toEqual(['id: NOT_FOUND']);
    const answers = await Promise.all(Array.from({ length: 6 }, () => withdraw()));
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(refusals(await withdraw())).toEqual(['id: WRONG_STATE']);
    expect(await shown()).not.toContain(alert.id);
  });

  test.each([
    ['for a place that there is not', { place: '999999' }, 'place: INVALID'],
    ['for the city by a community’s officer', { place: '4403' }, 'place: NOT_ALLOWED'],
  ])('%s is refused', async (_, input, refusal) => {
    expect(refusals(await publish(input))).toEqual([refusal]);
  });
});

describe('a training', () => {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const train = (input: object, change = {}) =>
    write(
      service,
      'recordTeamTraining',
      { teamId: `watch-team-security-committee-${here}`, topic: 'FIRST_AID', heldOn: today, attendees: 3, ...input },
      'training { id topic team { id } }',
      as('communityWorker', 'recordTeamTraining', change),
    );

  test('is written once for a team, a topic and a day', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => train({})));
    expect(answers.flatMap(refusals)).toEqual(Array(7).fill('heldOn: DUPLICATE'));
    expect(refusals(await train({ topic: 'PATROL' }))).toEqual([]);
  });

  test.each([
    ['of more than the team has', { attendees: 99_999 }, {}, 'attendees: INVALID'],
    ['of tomorrow', { heldOn: '2999-01-01' }, {}, 'heldOn: INVALID'],
    ['of another place', {}, { jurisdiction: [elsewhere] }, 'teamId: NOT_FOUND'],
  ])('%s is refused', async (_, input, change, refusal) => {
    expect(refusals(await train(input, change))).toEqual([refusal]);
  });
});

describe('a legal consultation', () => {
  const adviserId = `legal-adviser-${here}`;
  /** The next Tuesday but one that advisers are there. */
  const tuesday = () => {
    const date = new Date(Date.now() + 8 * 3_600_000 + 7 * 86_400_000);
    while (date.getUTCDay() !== 2) date.setUTCDate(date.getUTCDate() + 1);
    return date.toISOString().slice(0, 10);
  };
  const book = (input: object, residentId = 'demo-resident') =>
    write(
      service,
      'bookLegalConsultation',
      { adviserId, residentId, day: tuesday(), time: '14:00', topic: 'LABOUR', ...input },
      'consultation { id version state time }',
      as('resident', 'bookLegalConsultation', { residentId, id: `u-${residentId}` }),
    );
  const cancel = (id: string, expectedVersion: number, residentId = 'demo-resident') =>
    write(
      service,
      'cancelLegalConsultation',
      { id, expectedVersion },
      'consultation { state }',
      as('resident', 'cancelLegalConsultation', { residentId }),
    );
  const freeTimes = async () =>
    (await service.query(`{ legalHelper(id: "${adviserId}") { freeTimes(day: "${tuesday()}") } }`)).data.legalHelper
      .freeTimes;

  test('is booked by one of many, and free again for another once it is cancelled', async () => {
    expect(await freeTimes()).toEqual([...consultationTimes]);
    const answers = await Promise.all(Array.from({ length: 24 }, (_, i) => book({}, `r-${i}`)));
    expect(answers.flatMap(refusals)).toEqual(Array(23).fill('time: FULL'));
    expect(await freeTimes()).toEqual(consultationTimes.slice(1));
    const winner = answers.findIndex(({ userErrors }) => userErrors.length === 0);
    const { id } = answers[winner]!['consultation'];
    expect(refusals(await cancel(id, 1))).toEqual(['id: NOT_FOUND']);
    expect(refusals(await cancel(id, 1, `r-${winner}`))).toEqual([]);
    expect(refusals(await cancel(id, 2, `r-${winner}`))).toEqual(['id: WRONG_STATE']);
    expect(await freeTimes()).toEqual([...consultationTimes]);
    expect(refusals(await book({}))).toEqual([]);
  });

  test('is booked twice by one resident at the most, also at once', async () => {
    const times = ['14:30', '15:00', '15:30', '16:00'];
    const answers = await Promise.all(times.map((time) => book({ time }, 'r-eager')));
    expect(answers.flatMap(refusals)).toEqual(Array(2).fill('residentId: TOO_MANY'));
  });

  test.each([
    ['for somebody else', { residentId: 'demo-spouse' }, 'residentId: NOT_ALLOWED'],
    ['of who is no adviser', { adviserId: `legally-versed-${here}` }, 'adviserId: NOT_FOUND'],
    ['on a day without consultations', { day: '2999-01-01' }, 'day: INVALID'],
    ['at another time', { time: '03:00' }, 'time: INVALID'],
  ])('%s is refused', async (_, input, refusal) => {
    expect(refusals(await book(input))).toEqual([refusal]);
  });
});

describe('a mediation', () => {
  const selection = 'mediation { id state version agreement concludedOn handlers }';
  const request = (change = {}) =>
    write(
      service,
      'requestMediation',
      { residentId: 'demo-resident', kind: 'NEIGHBOURS', matter: '楼上漏水' },
      selection,
      as('resident', 'requestMediation', change),
    );
  const move = (input: object, change = {}) =>
    write(service, 'moveMediation', input, selection, {
      ...as('communityWorker', 'moveMediation', change),
      writes: { moveMediation: ['assigned'] },
    });

  test('is requested, accepted and settled by who it is assigned to', async () => {
    const { mediation } = await request();
    expect(mediation).toMatchObject({ state: 'REQUESTED', handlers: ['demo-community-worker'] });
    const { id } = mediation;
    expect(refusals(await move({ id, expectedVersion: 1, to: 'SETTLED', agreement: '各半' }))).toEqual([
      'to: WRONG_STATE',
    ]);
    expect(refusals(await move({ id, expectedVersion: 1, to: 'ACCEPTED' }, { staffId: 'x' }))).toEqual([
      'id: NOT_FOUND',
    ]);
    await move({ id, expectedVersion: 1, to: 'ACCEPTED' });
    expect(refusals(await move({ id, expectedVersion: 2, to: 'SETTLED' }))).toEqual(['agreement: REQUIRED']);
    expect(refusals(await move({ id, expectedVersion: 2, to: 'FAILED', agreement: '各半' }))).toEqual([
      'agreement: INVALID',
    ]);
    const settled = await Promise.all(
      Array.from({ length: 6 }, () => move({ id, expectedVersion: 2, to: 'SETTLED', agreement: '各半' })),
    );
    expect(settled.flatMap(refusals)).toEqual(Array(5).fill('expectedVersion: CONFLICT'));
    expect((await eventsOf(id)).map(({ type, data }) => [type, data['to']])).toEqual([
      ['MediationRequested', undefined],
      ['MediationMoved', 'ACCEPTED'],
      ['MediationMoved', 'SETTLED'],
    ]);
    const late = await write(
      service,
      'withdrawMediation',
      { id, expectedVersion: 3 },
      selection,
      as('resident', 'withdrawMediation'),
    );
    expect(refusals(late)).toEqual(['id: WRONG_STATE']);
  });

  test('is withdrawn by who requested it, and requested for oneself alone', async () => {
    const { mediation } = await request();
    const input = { id: mediation.id, expectedVersion: 1 };
    const withdraw = (change = {}) =>
      write(service, 'withdrawMediation', input, selection, as('resident', 'withdrawMediation', change));
    expect(refusals(await withdraw({ residentId: 'demo-spouse' }))).toEqual(['id: NOT_FOUND']);
    expect((await withdraw())['mediation']).toMatchObject({ state: 'WITHDRAWN' });
    expect(refusals(await request({ residentId: 'demo-spouse' }))).toEqual(['residentId: NOT_ALLOWED']);
  });
});
