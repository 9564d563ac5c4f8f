import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runJob } from '@linli/kit/testing/jobs';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { as, elsewhere, here, refusals, write } from './support/write.js';

let service: TestSubgraph;
let database: Client;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 1500 });
  database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
});

afterAll(async () => {
  await database.end();
  await service.close();
});

const one = async (text: string): Promise<string> => (await database.query<{ id: string }>(text)).rows[0]!.id;
const day = (days: number) => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
const typesOf = async (key: string) =>
  (await eventsIn(service.databaseUrl)).filter((event) => event.key === key).map(({ type }) => type);

describe('a residence permit', () => {
  const selection = 'application { no kind state version reason handlers applicant { id } }';
  const apply = (input: object, change = {}) =>
    write(
      service,
      'applyResidencePermit',
      { residentId: 'demo-resident', kind: 'ENDORSE', ground: 'HOME', ...input },
      selection,
      as('resident', 'applyResidencePermit', change),
    );
  const decide = (input: object, change = {}) =>
    write(
      service,
      'decideResidencePermit',
      input,
      `${selection} permit { no state endorsedUntil validUntil }`,
      as('police', 'decideResidencePermit', change),
    );
  const withdraw = (input: object, change = {}) =>
    write(
      service,
      'withdrawResidencePermitApplication',
      input,
      selection,
      as('resident', 'withdrawResidencePermitApplication', change),
    );

  test('is endorsed for a year, once of many who apply at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => apply({})));
    expect(answers.flatMap(refusals)).toEqual(Array(11).fill('residentId: DUPLICATE'));
    const { no } = answers.find((answer) => answer['application'])!['application'];
    expect(refusals(await decide({ no, expectedVersion: 7, approve: true }))).toEqual(['expectedVersion: CONFLICT']);
    expect(refusals(await decide({ no, expectedVersion: 1, approve: false }))).toEqual(['reason: REQUIRED']);
    const decided = await Promise.all(
      Array.from({ length: 8 }, () => decide({ no, expectedVersion: 1, approve: true })),
    );
    const done = decided.filter(({ userErrors }) => userErrors.length === 0);
    expect(done).toHaveLength(1);
    expect(done[0]).toMatchObject({
      application: { state: 'APPROVED', version: 2 },
      permit: { state: 'VALID', endorsedUntil: day(365) },
    });
    expect(await typesOf(no)).toEqual(['ResidencePermitApplied', 'ResidencePermitDecided']);
    const again = await apply({});
    expect(refusals(again)).toEqual(['kind: WRONG_STATE']);
    expect(again.userErrors[0]!.message).toContain(day(365 - 30));
    expect(refusals(await apply({ kind: 'ISSUE' }))).toEqual(['kind: WRONG_STATE']);
  });

  test('is issued to who has none, in place of one that is over', async () => {
    const residentId = await one(`SELECT r.resident_id AS id FROM population_registration r
      LEFT JOIN residence_permit p ON p.holder_id = r.resident_id
      WHERE r.kind = 'RESIDENCE' AND p.no IS NULL AND r.registered_on < '2024-01-01' AND r.minor_until IS NULL
        AND NOT EXISTS (SELECT 1 FROM permit_application a WHERE a.open_for = r.resident_id) ORDER BY 1 LIMIT 1`);
    const own = { residentId, id: 'u-other' };
    expect(refusals(await apply({ residentId }, own))).toEqual(['kind: WRONG_STATE']);
    const { application } = await apply({ residentId, kind: 'ISSUE' }, own);
    const [place] = (
      await database.query('SELECT community_code FROM permit_application WHERE no = $1', [application.no])
    ).rows;
    const officer = { jurisdiction: [place.community_code], staffId: 'x' };
    expect(refusals(await decide({ no: application.no, expectedVersion: 1, approve: true }))).toEqual(
      place.community_code === here ? [] : ['no: NOT_FOUND'],
    );
    if (place.community_code !== here) {
      const { permit } = await decide({ no: application.no, expectedVersion: 1, approve: true }, officer);
      expect(permit).toMatchObject({ state: 'VALID', endorsedUntil: day(365), validUntil: day(3 * 365) });
    }
    await database.query('UPDATE residence_permit SET valid_until = $2 WHERE holder_id = $1', [residentId, day(-1)]);
    const { application: next } = await apply({ residentId, kind: 'ISSUE' }, own);
    const { permit: renewed } = await decide({ no: next.no, expectedVersion: 1, approve: true }, officer);
    expect(renewed).toMatchObject({ state: 'VALID', validUntil: day(3 * 365) });
  });

  test('application is refused with a reason, or withdrawn, and then it is over', async () => {
    const residentId = await one(`SELECT holder_id AS id FROM residence_permit p WHERE valid_until > current_date + 30
      AND cancelled_on IS NULL AND endorsed_until IS NULL AND holder_id NOT LIKE 'demo-%'
      AND NOT EXISTS (SELECT 1 FROM permit_application a WHERE a.open_for = p.holder_id) ORDER BY 1 LIMIT 1`);
    const place = await one(`SELECT community_code AS id FROM residence_permit WHERE holder_id = '${residentId}'`);
    const officer = { jurisdiction: [place], staffId: 'x' };
    const own = { residentId, id: 'u-third' };
    const { application: first } = await apply({ residentId }, own);
    expect(refusals(await withdraw({ no: first.no, expectedVersion: 1 }))).toEqual(['no: NOT_FOUND']);
    const { application: gone } = await withdraw({ no: first.no, expectedVersion: 1 }, own);
    expect(gone).toMatchObject({ state: 'WITHDRAWN' });
    expect(refusals(await withdraw({ no: first.no, expectedVersion: 2 }, own))).toEqual(['no: WRONG_STATE']);
    expect(refusals(await decide({ no: first.no, expectedVersion: 2, approve: true }, officer))).toEqual([
      'no: WRONG_STATE',
    ]);
    const { application: second } = await apply({ residentId }, own);
    expect(
      refusals(await decide({ no: second.no, expectedVersion: 1, approve: true }, { ...officer, residentId })),
    ).toEqual(['no: NOT_ALLOWED']);
    const { application, permit } = await decide(
      {
        no: second.no,
        expectedVersion: 1,
        approve: false,
        reason: '材料不全',
      },
      officer,
    );
    expect([application.state, application.reason, permit]).toEqual(['REJECTED', '材料不全', null]);
  });

  test.each([
    ['somebody else', { residentId: 'demo-spouse' }, {}, 'residentId: NOT_ALLOWED'],
    ['somebody who is not registered', { residentId: 'nobody' }, { residentId: 'nobody' }, 'residentId: NOT_FOUND'],
  ])('is not asked for by %s', async (_, input, change, refusal) => {
    expect(refusals(await apply(input, change))).toEqual([refusal]);
  });

  test('is not for who is registered here, nor before half a year', async () => {
    const local = await one(
      "SELECT resident_id AS id FROM population_registration WHERE kind = 'HUKOU' ORDER BY 1 LIMIT 1",
    );
    expect(refusals(await apply({ residentId: local, kind: 'ISSUE' }, { residentId: local }))).toEqual([
      'residentId: WRONG_STATE',
    ]);
    const fresh = await one(`SELECT r.resident_id AS id FROM population_registration r WHERE kind = 'RESIDENCE'
      AND NOT EXISTS (SELECT 1 FROM residence_permit p WHERE p.holder_id = r.resident_id)
      AND NOT EXISTS (SELECT 1 FROM permit_application a WHERE a.open_for = r.resident_id) ORDER BY 1 DESC LIMIT 1`);
    await database.query('UPDATE population_registration SET registered_on = $2 WHERE resident_id = $1', [
      fresh,
      day(-100),
    ]);
    const answer = await apply({ residentId: fresh, kind: 'ISSUE' }, { residentId: fresh });
    expect(refusals(answer)).toEqual(['residentId: WRONG_STATE']);
    expect(answer.userErrors[0]!.message).toContain(day(83));
  });

  test('that ran out is marked by a job, once, and said of those that did lately', async () => {
    const no = await one(
      `SELECT no AS id FROM residence_permit WHERE cancelled_on IS NULL AND valid_until > '2028-01-01' LIMIT 1`,
    );
    await database.query("UPDATE residence_permit SET valid_until = '2029-12-31' WHERE no = $1", [no]);
    const run = (at: string) => runJob(subgraph, service.databaseUrl, 'lapsed-residence-permits', new Date(at));
    await run('2029-12-31T15:00:00Z');
    expect(await typesOf(no)).toEqual([]);
    const ran = await Promise.all(Array.from({ length: 4 }, () => run('2029-12-31T16:00:00Z')));
    expect(ran.filter(Boolean)).toHaveLength(1);
    expect(await typesOf(no)).toEqual(['ResidencePermitExpired']);
    await run('2030-01-01T16:00:00Z');
    expect(await typesOf(no)).toEqual(['ResidencePermitExpired']);
  });
});

describe('a visit', () => {
  const visit = (input: object, change = {}) =>
    write(
      service,
      'recordGridVisit',
      { residentId: 'demo-elder', visitedAt: new Date().toISOString(), outcome: 'WELL', ...input },
      'visit { id latest due outcome handlers resident { id } }',
      as('gridWorker', 'recordGridVisit', change),
    );
  const last = async () =>
    (
      await service.query(
        '{ _entities(representations: [{ __typename: "Resident", id: "demo-elder" }]) { ... on Resident { lastGridVisit { id } gridVisits(first: 200) { nodes { id latest } } } } }',
      )
    ).data._entities[0];

  test('becomes the latest one, one of many at once, and the staff stay the same', async () => {
    const once = { idempotencyKey: randomUUID(), visitedAt: new Date().toISOString() };
    const same = await Promise.all(Array.from({ length: 6 }, () => visit(once)));
    expect(new Set(same.map((answer) => answer['visit'].id)).size).toBe(1);
    await Promise.all(Array.from({ length: 8 }, () => visit({})));
    const { visit: newest } = await visit({});
    expect(newest).toMatchObject({ latest: true, due: false });
    expect(newest.handlers).toEqual(expect.arrayContaining(['demo-grid-worker', 'demo-social-worker']));
    const { lastGridVisit, gridVisits } = await last();
    expect(lastGridVisit.id).toBe(newest.id);
    expect(gridVisits.nodes.filter(({ latest }: { latest: boolean }) => latest)).toHaveLength(1);
  });

  test('that was before the latest is kept without becoming it', async () => {
    const { visit: older } = await visit({ visitedAt: new Date(Date.now() - 3 * 86_400_000).toISOString() });
    expect(older.latest).toBe(false);
    expect((await last()).lastGridVisit.id).not.toBe(older.id);
  });

  test('to somebody who needs help is said, without words', async () => {
    const { visit: made } = await visit({ outcome: 'NEEDS_HELP', note: '需要购药' });
    const said = (await eventsIn(service.databaseUrl)).find(({ type }) => type === 'ResidentNeedsHelp');
    expect(said).toEqual({
      type: 'ResidentNeedsHelp',
      key: 'demo-elder',
      data: { residentId: 'demo-elder', communityCode: here, visitId: made.id, reason: 'LACK_OF_CARE' },
    });
  });

  test.each([
    ['to nobody', { residentId: 'nobody' }, {}, 'residentId: NOT_FOUND'],
    ['in another’s place', {}, { jurisdiction: [elsewhere], staffId: 'x' }, 'residentId: NOT_FOUND'],
    ['of tomorrow', { visitedAt: new Date(Date.now() + 86_400_000).toISOString() }, {}, 'visitedAt: INVALID'],
    ['with too long a note', { note: '长'.repeat(501) }, {}, 'note: TOO_LONG'],
  ])('%s is refused', async (_, input, change, refusal) => {
    const before = (await last()).gridVisits.nodes.length;
    expect(refusals(await visit(input, change))).toEqual([refusal]);
    expect((await last()).gridVisits.nodes).toHaveLength(before);
  });
});

describe('an incident', () => {
  const record = (input: object, change = {}) =>
    write(
      service,
      'recordIncident',
      {
        communityCode: here,
        kind: 'THEFT',
        reportedAt: new Date().toISOString(),
        location: '示例路 1 号',
        summary: '示例：自行车被盗',
        partyIds: ['demo-resident', 'demo-child'],
        ...input,
      },
      'incident { id state version minor handlers parties { id } steps { number state } }',
      as('police', 'recordIncident', change),
    );
  const move = (input: object, change = {}) =>
    write(
      service,
      'moveIncident',
      input,
      'incident { state version steps { state note } }',
      as('police', 'moveIncident', change),
    );

  test('is recorded with its parties, goes forward step by step, and no event tells of it', async () => {
    const { incident } = await record({});
    expect(incident).toMatchObject({ state: 'RECEIVED', minor: true, handlers: ['demo-community-police'] });
    const { id } = incident;
    const moved = await Promise.all(Array.from({ length: 8 }, () => move({ id, expectedVersion: 1, to: 'HANDLING' })));
    expect(moved.flatMap(refusals)).toEqual(Array(7).fill('expectedVersion: CONFLICT'));
    const back = await move({ id, expectedVersion: 2, to: 'RECEIVED' });
    expect(refusals(back)).toEqual(['to: WRONG_STATE']);
    expect(back.userErrors[0]!.message).toContain('“处理中”，只能改为“已处结”');
    const { incident: closed } = await move({ id, expectedVersion: 2, to: 'CLOSED', note: '已追回' });
    expect(closed.steps.map(({ state }: { state: string }) => state)).toEqual(['RECEIVED', 'HANDLING', 'CLOSED']);
    expect((await eventsIn(service.databaseUrl)).some((event) => JSON.stringify(event).includes(id))).toBe(false);
  });

  test.each([
    ['elsewhere', { communityCode: elsewhere }, {}, 'communityCode: NOT_ALLOWED'],
    ['of tomorrow', { reportedAt: new Date(Date.now() + 86_400_000).toISOString() }, {}, 'reportedAt: INVALID'],
    ['with a party that nobody knows', { partyIds: ['nobody'] }, {}, 'partyIds: INVALID'],
    ['with too many parties', { partyIds: Array.from({ length: 21 }, (_, i) => `r${i}`) }, {}, 'partyIds: TOO_MANY'],
    ['without words', { summary: '' }, {}, 'summary: INVALID'],
  ])('%s is refused', async (_, input, change, refusal) => {
    expect(refusals(await record(input, change))).toEqual([refusal]);
  });

  test('of another place is not found', async () => {
    const { incident } = await record({});
    const away = { jurisdiction: [elsewhere], staffId: 'x' };
    expect(refusals(await move({ id: incident.id, expectedVersion: 1, to: 'CLOSED' }, away))).toEqual([
      'id: NOT_FOUND',
    ]);
  });
});

describe('a visit in correction', () => {
  let caseId: string;
  beforeAll(async () => {
    caseId = await one("SELECT id FROM correction_case WHERE person_id = 'demo-resident'");
    await database.query("UPDATE correction_case SET ends_on = '2999-01-01' WHERE id = $1", [caseId]);
  });
  const record = (input: object, relations: 'handler' | 'other' = 'handler') =>
    write(
      service,
      'recordCorrectionVisit',
      { caseId, kind: 'REPORT', outcome: 'COMPLIANT', visitedOn: day(0), note: '示例：按期报到', ...input },
      'visit { id kind person { id } }',
      {
        ...as('police', 'recordCorrectionVisit', relations === 'other' ? { staffId: 'community-police-other' } : {}),
        writes: { recordCorrectionVisit: ['assigned'] },
      },
    );

  test('is written by the named handler, and nobody else learns that there is a case', async () => {
    const { visit } = await record({});
    expect(visit).toMatchObject({ kind: 'REPORT', person: { id: 'demo-resident' } });
    const hidden = await record({}, 'other');
    const absent = await record({ caseId: 'k-none' }, 'other');
    expect(hidden).toEqual(absent);
    expect(refusals(hidden)).toEqual(['caseId: NOT_FOUND']);
    expect((await eventsIn(service.databaseUrl)).some((event) => JSON.stringify(event).includes(caseId))).toBe(false);
  });

  test.each([
    ['of tomorrow', { visitedOn: day(1) }, 'visitedOn: INVALID'],
    ['before it began', { visitedOn: '2020-01-01' }, 'visitedOn: INVALID'],
    ['without words', { note: '' }, 'note: INVALID'],
  ])('%s is refused', async (_, input, refusal) => {
    expect(refusals(await record(input))).toEqual([refusal]);
  });

  test('after its end is refused', async () => {
    await database.query('UPDATE correction_case SET ends_on = $2 WHERE id = $1', [caseId, day(-1)]);
    expect(refusals(await record({}))).toEqual(['visitedOn: CLOSED']);
  });
});
