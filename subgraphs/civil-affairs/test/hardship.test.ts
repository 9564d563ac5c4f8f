import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runJob } from '@linli/kit/testing/jobs';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { caseWorker, eventsOf, residentWriter, socialWorker, stranger, write, type Writer } from './support/writing.js';

let service: TestSubgraph;
let database: Client;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 3000 });
  database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
});

afterAll(async () => {
  await database.end();
  await service.close();
});

const anybody = residentWriter('demo-resident', 'none');
const grid: Writer = {
  subject: { id: 'g', roles: ['grid-worker'], staffId: 'demo-grid-worker', jurisdiction: ['440303001001'] },
  relations: ['community', 'assigned'],
};
const selection = 'received lead { id state urgency version resident { id } signals { source reason detail } }';
const report = (as: Writer, input: object) =>
  write(
    service,
    as,
    'reportHardship',
    { communityCode: '440303001001', reason: 'LIVING', detail: '示例：米缸空了', ...input },
    selection,
  );

describe('a report of hardship', () => {
  test('opens a lead, and further signals join it and make it more urgent', async () => {
    const first = await report(anybody, { residentId: 'demo-spouse' });
    expect(first).toMatchObject({
      received: true,
      lead: { state: 'NEW', urgency: 'NORMAL', resident: { id: 'demo-spouse' } },
    });
    const again = await report(anybody, { residentId: 'demo-spouse' });
    expect(again.lead.signals).toHaveLength(1);
    const { lead } = await report(grid, { residentId: 'demo-spouse', reason: 'ILLNESS', detail: '示例：卧床' });
    expect(lead).toMatchObject({ id: first.lead.id, urgency: 'RAISED' });
    expect(lead.signals).toEqual([
      { source: 'RESIDENT', reason: 'LIVING', detail: '示例：米缸空了' },
      { source: 'GRID', reason: 'ILLNESS', detail: '示例：卧床' },
    ]);
    const opened = (await eventsOf(service, 'HardshipLeadOpened')).filter(({ leadId }) => leadId === lead.id);
    expect(opened).toEqual([{ leadId: lead.id, communityCode: '440303001001', source: 'RESIDENT', reason: 'LIVING' }]);
  });

  test('by sixteen at once about one resident makes one lead with all their signals', async () => {
    const about = (i: number) =>
      report(anybody, { residentId: 'demo-child', reason: 'CHILD', detail: `示例：情况${i}` });
    const answers = await Promise.all(Array.from({ length: 16 }, (_, i) => about(i)));
    expect(new Set(answers.map(({ lead }) => lead.id)).size).toBe(1);
    const { data } = await service.query(`{ hardshipLead(id: "${answers[0]!.lead.id}") { signals { detail } minor } }`);
    expect(data.hardshipLead.signals).toHaveLength(16);
    expect(data.hardshipLead.minor).toBe(true);
  });

  test('tells nobody whether there is such a resident, nor shows the lead to who may not see it', async () => {
    const unknown = await service.query(
      'mutation ($input: ReportHardshipInput!) { reportHardship(input: $input) { received lead { id } userErrors { code } } }',
      { input: { communityCode: '440303001001', residentId: 'nobody', reason: 'OTHER', detail: '示例：不知是谁' } },
      { subject: anybody.subject, writes: { reportHardship: ['none'] }, scope: {} },
    );
    expect(unknown.data.reportHardship).toEqual({ received: true, lead: null, userErrors: [] });
    expect((await report(stranger, { residentId: 'demo-elder' })).refused).toEqual(['NOT_ALLOWED']);
    expect((await report(anybody, { communityCode: '440303999999' })).refused).toEqual(['INVALID']);
  });
});

describe('a lead', () => {
  const resolve = (lead: any, input: object, as: Writer = socialWorker) =>
    write(
      service,
      as,
      'resolveHardshipLead',
      { id: lead.id, expectedVersion: lead.version, outcome: '示例：属实', ...input },
      'lead { state version resident { id } } case { id state foundBy applicant { id } }',
    );
  const take = (lead: any, as: Writer = caseWorker) =>
    write(service, as, 'takeHardshipLead', { id: lead.id, expectedVersion: lead.version }, 'lead { id state version }');

  test('is taken by one of those who handle it, and becomes a case when it is confirmed', async () => {
    const { lead } = await report(anybody, { residentId: 'demo-resident' });
    expect((await resolve(lead, { kind: 'TEMPORARY' })).refused).toEqual(['WRONG_STATE']);
    expect((await take(lead, stranger)).refused).toEqual(['NOT_FOUND']);
    const takers = await Promise.all([take(lead), take(lead, socialWorker), take(lead)]);
    expect(takers.flatMap(({ refused }) => refused)).toEqual(['CONFLICT', 'CONFLICT']);
    const taken = { id: lead.id, version: lead.version + 1 };
    const answer = await resolve(taken, { kind: 'TEMPORARY' });
    expect(answer).toMatchObject({
      lead: { state: 'CONFIRMED' },
      case: { state: 'REFERRED', foundBy: 'DISCOVERY', applicant: { id: 'demo-resident' } },
    });
    // What is signalled from now on is another matter.
    expect((await report(anybody, { residentId: 'demo-resident' })).lead.id).not.toBe(lead.id);
  });

  test('about nobody known needs to be told who it is before there is a case', async () => {
    const { lead } = await report(anybody, {});
    const [row] = (await database.query('SELECT handlers[1] AS social FROM hardship_lead WHERE id = $1', [lead.id]))
      .rows;
    const handler = { ...socialWorker, subject: { ...socialWorker.subject, staffId: row.social } };
    await take(lead, handler);
    const taken = { id: lead.id, version: lead.version + 1 };
    expect((await resolve(taken, { kind: 'HOMELESS' }, handler)).refused).toEqual(['REQUIRED']);
    expect((await resolve(taken, { kind: 'HOMELESS', residentId: 'nobody' }, handler)).refused).toEqual(['NOT_FOUND']);
    const known = await resolve(taken, { kind: 'HOMELESS', residentId: 'demo-elder' }, handler);
    expect(known).toMatchObject({ lead: { state: 'CONFIRMED', resident: { id: 'demo-elder' } }, refused: [] });
  });

  test('that needs nothing is dismissed, with the reason', async () => {
    const { lead } = await report(grid, { residentId: 'demo-elder', detail: '示例：已好转' });
    const { lead: taken } = await take(lead);
    const answer = await resolve(taken, {});
    expect(answer).toMatchObject({ lead: { state: 'DISMISSED' }, case: null });
  });

  test('reaches whoever waits for new ones of a place, and nobody else', async () => {
    const operation = (place: string) => `subscription { hardshipQueue(place: "${place}") { id community { code } } }`;
    const here = service.subscribe(operation('440303'));
    const waiting = here.next();
    // A subscription hears what happens once it is open.
    await new Promise((done) => setTimeout(done, 300));
    const elsewhere = {
      ...grid,
      subject: { ...grid.subject, jurisdiction: ['440304'] },
      relations: ['district'],
    } as const;
    expect((await report(elsewhere, { communityCode: '440304001019' })).received).toBe(true);
    await report(anybody, { detail: '示例：排队' });
    expect((await waiting).value.data.hardshipQueue.community.code).toBe('440303001001');
    await here.return(undefined);
  });
});

describe('screening of own data', () => {
  test('opens leads to elders whom nobody seems to look after, and none again within half a year', async () => {
    const { rows } = await database.query<{ id: string }>(
      `UPDATE resident SET lives_alone = true, mobility_impaired = true, birth_date = '1940-01-01' WHERE id IN (
         SELECT id FROM resident r WHERE birth_date > '1980-01-01' AND id NOT LIKE 'demo%'
           AND NOT EXISTS (SELECT FROM welfare_cover c WHERE c.resident_id = r.id)
           AND NOT EXISTS (SELECT FROM hardship_lead l WHERE l.resident_id = r.id) ORDER BY id LIMIT 3) RETURNING id`,
    );
    const leads = async () => {
      const found = await database.query<{ id: string }>(
        'SELECT resident_id AS id FROM hardship_lead WHERE resident_id = ANY($1)',
        [rows.map(({ id }) => id)],
      );
      return found.rows.map(({ id }) => id).sort();
    };
    const screen = async (now: Date) => {
      await database.query("UPDATE _linli_job SET due_at = now() - interval '1 day' WHERE name = 'hardship-screening'");
      return runJob(subgraph, service.databaseUrl, 'hardship-screening', now);
    };
    const now = new Date();
    expect(await screen(now)).toBe(true);
    expect(await leads()).toEqual(rows.map(({ id }) => id).sort());
    const tomorrow = new Date(now.getTime() + 86_400_000);
    await database.query('UPDATE hardship_lead SET open_key = NULL WHERE resident_id = ANY($1)', [
      rows.map(({ id }) => id),
    ]);
    expect(await screen(tomorrow)).toBe(true);
    expect(await leads()).toHaveLength(3);
  });
});
