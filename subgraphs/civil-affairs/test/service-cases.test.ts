import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoCommunity } from '@linli/kit/population/places';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { addWorkingDays, dayOf } from '../src/working-days.js';
import { officer, resident, street, terminal, worker, write, written, type Writer } from './support/works.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 3000 });
});

afterAll(() => service.close());

/** A community of another district. */
const elsewhere = '440304001019';

const fields = `case { id state version channel dueOn acceptedAt outcome reply overdue receivedBy { code }
  materials { materialId source document licence { kind } } history { state staff note } }`;

/** 临时救助申请: identity (by licence), a statement, and a certificate that need not be given. */
const item = 'S003';
const statement = { materialId: 'S003-M2', document: '收入声明.pdf' };
const proof = { materialId: 'S003-M1', document: '身份证明.pdf' };
const application = { itemCode: item, applicantId: 'demo-resident', channel: 'ONLINE', materials: [proof, statement] };

const apply = async (as: Writer = resident(), more: object = {}) =>
  (await written(service, as, 'applyService', { ...application, ...more }, fields)).case;
const act = async (name: string, row: { id: string; version: number }, more: object = {}, as: Writer = worker()) =>
  (await written(service, as, name, { caseId: row.id, expectedVersion: row.version, ...more }, fields)).case;

async function sql(text: string, values: unknown[] = []) {
  const client = new Client({ connectionString: service.databaseUrl });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

describe('applying for a service', () => {
  test('makes a case in the applicant’s community, with its materials and the first step', async () => {
    const row = await apply();
    expect(row).toMatchObject({ state: 'APPLIED', version: 1, dueOn: null, receivedBy: { code: demoCommunity } });
    expect(row.materials.map(({ source }: { source: string }) => source)).toEqual(
      expect.arrayContaining(['SUBMITTED', 'SUBMITTED', 'MISSING']),
    );
    expect(row.history).toEqual([{ state: 'APPLIED', staff: null, note: null }]);
    expect((await eventsIn(service.databaseUrl)).at(-1)).toEqual({
      type: 'ServiceCaseMoved',
      key: row.id,
      data: { caseId: row.id, itemCode: item, communityCode: demoCommunity, from: null, state: 'APPLIED' },
    });
  });

  test('is taken by any community where it is handled city-wide (全城通办), and by no other where it is not', async () => {
    expect((await apply(resident(), { communityCode: elsewhere })).receivedBy.code).toBe(elsewhere);
    const refused = await write(service, resident(), 'applyService', {
      ...application,
      itemCode: 'S001',
      materials: [],
      communityCode: elsewhere,
    });
    expect(refused.refused).toEqual(['communityCode: INVALID']);
  });

  test('sent again with its key makes one case', async () => {
    const idempotencyKey = randomUUID();
    const rows = await Promise.all(Array.from({ length: 8 }, () => apply(resident(), { idempotencyKey })));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
    const changed = await write(service, resident(), 'applyService', {
      ...application,
      materials: [],
      idempotencyKey,
    });
    expect(changed.refused).toEqual(['idempotencyKey: KEY_REUSED']);
  });

  test.each([
    ['an item that is not in the catalogue', { itemCode: 'S999' }, 'itemCode: NOT_FOUND'],
    ['a proof that was cleared away (证明清理)', { itemCode: 'P001', materials: [] }, 'itemCode: CLOSED'],
    ['somebody else’s application', { applicantId: 'demo-spouse' }, 'applicantId: NOT_ALLOWED'],
    ['a resident who is not there', { applicantId: 'nobody' }, 'applicantId: NOT_ALLOWED'],
    ['a community that is not there', { communityCode: '440303999999' }, 'communityCode: INVALID'],
    [
      'a material that is not asked for',
      { materials: [{ ...proof, materialId: 'S001-M1' }] },
      'materials.0.materialId: NOT_FOUND',
    ],
    ['a material given twice', { materials: [proof, proof] }, 'materials.1.materialId: DUPLICATE'],
    ['a material given in two ways', { materials: [{ ...proof, promised: true }] }, 'materials.0: INVALID'],
  ])('refuses %s', async (_, more, refused) => {
    const [{ count: before }] = (await sql('SELECT count(*) FROM service_case')) as [{ count: string }];
    expect((await write(service, resident(), 'applyService', { ...application, ...more })).refused).toEqual([refused]);
    expect(await sql('SELECT count(*) FROM service_case')).toEqual([{ count: before }]);
  });

  test('tells what to do instead of a proof that was cleared away', async () => {
    const { messages } = await write(service, resident(), 'applyService', {
      ...application,
      itemCode: 'P003',
      materials: [],
    });
    expect(messages[0]).toContain('告知承诺');
  });

  test('is for wards by their guardian, and for whoever comes by staff of the community alone', async () => {
    expect((await apply(resident('demo-spouse', ['demo-child']), { applicantId: 'demo-child' })).state).toBe('APPLIED');
    const atWindow = { applicantId: 'demo-elder', channel: 'WINDOW' };
    expect((await apply(worker(), atWindow)).channel).toBe('WINDOW');
    const refused = await write(service, worker(elsewhere), 'applyService', { ...application, ...atWindow });
    expect(refused.refused).toEqual(['applicantId: NOT_ALLOWED']);
    const unknown = { ...application, applicantId: 'nobody', communityCode: demoCommunity };
    expect((await write(service, worker(), 'applyService', unknown)).refused).toEqual(['applicantId: NOT_FOUND']);
  });

  test('in one’s own ward’s name tells the gateway that it is about a child', async () => {
    const row = await apply(resident('demo-spouse', ['demo-child']), { applicantId: 'demo-child' });
    const { data } = await service.query(`{ serviceCase(id: "${row.id}") { minor handlers } }`);
    expect(data.serviceCase).toEqual({ minor: true, handlers: ['demo-community-worker'] });
  });
});

describe('licences', () => {
  const materials = `{ resident(id: "demo-resident") { serviceMaterials(itemCode: "S005") {
    material { id } licence { id kind } askConsentFor { id kind } } licences { id } } }`;

  test('take the place of materials by their holder’s consent, until it is withdrawn', async () => {
    const before = (await service.query(materials)).data.resident;
    const licenceId = before.licences[0].id;
    expect(before.serviceMaterials[0]).toEqual({
      material: { id: 'S005-M1' },
      licence: null,
      askConsentFor: { id: licenceId, kind: 'RESIDENCE_PERMIT' },
    });
    const use = { itemCode: 'S005', materials: [{ materialId: 'S005-M1', licenceId }] };
    const without = await write(service, resident(), 'applyService', { ...application, ...use });
    expect(without.refused).toEqual(['materials.0.licenceId: NOT_ALLOWED']);

    const selection = 'consent { id version withdrawnAt }';
    const { consent } = await written(
      service,
      resident(),
      'grantLicenceConsent',
      { licenceId, itemCode: 'S005' },
      selection,
    );
    expect((await service.query(materials)).data.resident.serviceMaterials[0]).toMatchObject({
      licence: { id: licenceId },
      askConsentFor: null,
    });
    const row = await apply(resident(), use);
    expect(row.materials).toContainEqual(
      expect.objectContaining({ source: 'LICENCE', licence: { kind: 'RESIDENCE_PERMIT' } }),
    );

    const withdrawal = { consentId: consent.id, expectedVersion: consent.version };
    const { consent: withdrawn } = await written(service, resident(), 'withdrawLicenceConsent', withdrawal, selection);
    expect(withdrawn.withdrawnAt).not.toBeNull();
    expect((await write(service, resident(), 'applyService', { ...application, ...use })).refused).toEqual([
      'materials.0.licenceId: NOT_ALLOWED',
    ]);
    expect((await write(service, resident(), 'withdrawLicenceConsent', withdrawal)).refused).toEqual([
      'expectedVersion: CONFLICT',
    ]);
  });

  test('are agreed to by their holder alone, once, and for services that ask for them', async () => {
    const { data } = await service.query('{ resident(id: "demo-resident") { licences { id } } }');
    const licenceId = data.resident.licences[0].id;
    const grant = (as: Writer, itemCode: string) =>
      write(service, as, 'grantLicenceConsent', { licenceId, itemCode }).then(({ refused }) => refused);
    expect(await grant(resident('demo-spouse'), 'S009')).toEqual(['licenceId: NOT_FOUND']);
    expect(await grant(resident(), 'P999')).toEqual(['itemCode: INVALID']);
    const many = await Promise.all(Array.from({ length: 8 }, () => grant(resident(), 'S010')));
    expect(many.filter((refused) => refused.length === 0)).toHaveLength(1);
    expect(many.filter(([code]) => code === 'DUPLICATE')).toHaveLength(7);
  });
});

describe('a case', () => {
  test('is accepted with a term in working days, and decided', async () => {
    const accepted = await act('acceptService', await apply());
    const today = dayOf(new Date(accepted.acceptedAt));
    expect(accepted).toMatchObject({ state: 'HANDLING', dueOn: addWorkingDays(today, 5), overdue: false });
    const decided = await act('decideService', accepted, { outcome: 'APPROVED', reply: '请到窗口领取。' });
    expect(decided).toMatchObject({ state: 'DECIDED', outcome: 'APPROVED', reply: '请到窗口领取。' });
    expect(decided.history.map(({ state, staff }: Record<string, string>) => [state, staff])).toEqual([
      ['APPLIED', null],
      ['HANDLING', 'demo-community-worker'],
      ['DECIDED', 'demo-community-worker'],
    ]);
  });

  test('waits for what is missing, and its term with it', async () => {
    const row = await apply(resident(), { materials: [proof] });
    const missing = await write(service, worker(), 'acceptService', { caseId: row.id, expectedVersion: row.version });
    expect(missing.refused).toEqual(['WRONG_STATE']);
    expect(missing.messages[0]).toContain('家庭经济状况声明');
    const whole = await act('supplementService', row, { materials: [statement] }, resident());
    const accepted = await act('acceptService', whole);
    const asked = await act('requestServiceSupplement', accepted, { note: '请重交声明。', materialIds: ['S003-M2'] });
    expect(asked).toMatchObject({ state: 'SUPPLEMENT_NEEDED', reply: '请重交声明。', overdue: false });

    // As if it had been asked for ten days before: the term is later by as many working days.
    await sql(`UPDATE service_case SET paused_on = paused_on - 10 WHERE id = $1`, [row.id]);
    const incomplete = { caseId: row.id, expectedVersion: asked.version, materials: [proof] };
    expect((await write(service, resident(), 'supplementService', incomplete)).refused).toEqual([
      'materials: REQUIRED',
    ]);
    const resumed = await act('supplementService', asked, { materials: [statement] }, resident());
    expect(resumed.state).toBe('HANDLING');
    expect(resumed.dueOn > accepted.dueOn).toBe(true);
  });

  test('refuses what its state does not allow, and says what would be', async () => {
    const row = await apply();
    const decide = { caseId: row.id, expectedVersion: row.version, outcome: 'REJECTED', reply: '不符合条件。' };
    const early = await write(service, worker(), 'decideService', decide);
    expect(early.refused).toEqual(['WRONG_STATE']);
    expect(early.messages[0]).toContain('“办理中”');
    const withdrawn = await act('withdrawService', row, { reason: '已自行解决' }, resident());
    const again = await write(service, worker(), 'acceptService', {
      caseId: row.id,
      expectedVersion: withdrawn.version,
    });
    expect(again.messages[0]).toContain('当前状态为“已撤回”');
  });

  test('is not there for who has nothing to do with it, and nothing is written', async () => {
    const row = await apply();
    const target = { caseId: row.id, expectedVersion: row.version };
    for (const stranger of [worker(elsewhere, 'somebody'), resident('demo-spouse')]) {
      expect((await write(service, stranger, 'withdrawService', target)).refused).toEqual(['caseId: NOT_FOUND']);
      expect((await write(service, stranger, 'acceptService', target)).refused).toEqual(['caseId: NOT_FOUND']);
    }
    const { data } = await service.query(`{ serviceCase(id: "${row.id}") { state version } }`);
    expect(data.serviceCase).toEqual({ state: 'APPLIED', version: 1 });
  });

  test('is moved by one of many who try at the same time', async () => {
    const row = await apply();
    const target = { caseId: row.id, expectedVersion: row.version };
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        i % 2
          ? write(service, worker(), 'acceptService', target)
          : write(service, resident(), 'withdrawService', target),
      ),
    );
    expect(answers.filter(({ refused }) => refused.length === 0)).toHaveLength(1);
    expect(answers.filter(({ refused }) => refused[0] === 'expectedVersion: CONFLICT')).toHaveLength(11);
    const { data } = await service.query(`{ serviceCase(id: "${row.id}") { version history { state } } }`);
    expect(data.serviceCase).toMatchObject({ version: 2, history: { length: 2 } });
  });

  test('keeps its course for good', async () => {
    await expect(sql(`UPDATE course_step SET state = 'X'`)).rejects.toThrow('never changed');
    await expect(sql('DELETE FROM course_step')).rejects.toThrow('never changed');
  });

  test('tells whoever follows it that it moved', async () => {
    const row = await apply();
    const progress = service.subscribe(
      `subscription { serviceCaseProgress(id: "${row.id}") { state version } }`,
      {},
      resident().as,
    );
    const next = progress.next();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await act('acceptService', row);
    expect((await next).value).toMatchObject({ data: { serviceCaseProgress: { state: 'HANDLING', version: 2 } } });
    await progress.return(undefined);
  });
});

describe('rating a service (好差评)', () => {
  const decided = async () =>
    act('decideService', await act('acceptService', await apply()), { outcome: 'APPROVED', reply: '已办好。' });

  test('is the applicant’s, once, after the decision', async () => {
    const open = await apply();
    const rate = (caseId: string, as: Writer = resident()) =>
      write(service, as, 'rateService', { caseId, grade: 'SATISFIED' }, 'rating { grade followUp item { code } }');
    expect((await rate(open.id)).refused).toEqual(['WRONG_STATE']);
    const { id } = await decided();
    expect((await rate(id, resident('demo-spouse'))).refused).toEqual(['caseId: NOT_FOUND']);
    const answers = await Promise.all(Array.from({ length: 8 }, () => rate(id)));
    expect(answers.filter(({ refused }) => refused.length === 0)).toHaveLength(1);
    expect(answers.filter(({ refused }) => refused[0] === 'caseId: DUPLICATE')).toHaveLength(7);
    expect(answers.find(({ refused }) => refused.length === 0)!.payload.rating).toEqual({
      grade: 'SATISFIED',
      followUp: 'NOT_NEEDED',
      item: { code: item },
    });
  });

  test('badly is followed up by the street, and names no case in its event', async () => {
    const { id } = await decided();
    const selection = 'rating { id version followUp followUpNote }';
    const { rating } = await written(
      service,
      resident(),
      'rateService',
      { caseId: id, grade: 'VERY_DISSATISFIED', comment: '等了太久' },
      selection,
    );
    expect(rating.followUp).toBe('PENDING');
    expect((await eventsIn(service.databaseUrl)).at(-1)).toEqual({
      type: 'ServiceRatedBad',
      key: rating.id,
      data: { ratingId: rating.id, itemCode: item, communityCode: demoCommunity, grade: 'VERY_DISSATISFIED' },
    });
    const follow = { ratingId: rating.id, expectedVersion: rating.version, note: '已向申办人说明并改进排队。' };
    expect((await write(service, street('440304001'), 'followUpServiceRating', follow)).refused).toEqual([
      'ratingId: NOT_FOUND',
    ]);
    const done = await written(service, street(), 'followUpServiceRating', follow, selection);
    expect(done.rating).toMatchObject({ followUp: 'DONE', followUpNote: follow.note });
    const again = { ...follow, expectedVersion: done.rating.version };
    expect((await write(service, street(), 'followUpServiceRating', again)).refused).toEqual(['WRONG_STATE']);
  });
});

describe('the catalogue', () => {
  const added = {
    code: 'S100',
    name: '社区食堂用餐登记',
    category: 'CARE',
    kind: 'SERVICE',
    workingDays: 2,
    citywide: true,
    channels: ['ONLINE', 'WINDOW'],
    conditions: ['在本市居住'],
    materials: [{ name: '身份证明', required: true, licenceKind: 'RESIDENCE_PERMIT' }],
  };

  test('takes in items, which can then be applied for, and takes them out again', async () => {
    const selection = 'item { code version admission replacement materials { id name licenceKind } conditions }';
    const { item: admitted } = await written(service, officer(), 'admitServiceItem', added, selection);
    expect(admitted).toMatchObject({
      admission: 'ADMITTED',
      conditions: ['在本市居住'],
      materials: [{ id: 'S100-M1' }],
    });
    const input = { itemCode: 'S100', materials: [{ materialId: 'S100-M1', promised: true }] };
    expect((await apply(resident(), input)).state).toBe('APPLIED');
    const wrongChannel = await write(service, resident(), 'applyService', {
      ...application,
      ...input,
      channel: 'HOME',
    });
    expect(wrongChannel.refused).toEqual(['channel: INVALID']);

    const removal = { code: 'S100', expectedVersion: admitted.version, replacement: '直接到食堂用餐。' };
    const { item: removed } = await written(service, officer(), 'removeServiceItem', removal, selection);
    expect(removed).toMatchObject({ admission: 'REMOVED', replacement: '直接到食堂用餐。' });
    expect((await write(service, resident(), 'applyService', { ...application, ...input })).refused).toEqual([
      'itemCode: CLOSED',
    ]);
    expect((await write(service, officer(), 'removeServiceItem', removal)).refused).toEqual([
      'expectedVersion: CONFLICT',
    ]);
  });

  test('is changed by who is in charge of the city, with a code of its own', async () => {
    expect((await write(service, street(), 'admitServiceItem', { ...added, code: 'S101' })).refused).toEqual([
      'NOT_ALLOWED',
    ]);
    expect((await write(service, officer(), 'admitServiceItem', { ...added, code: 'S001' })).refused).toEqual([
      'code: DUPLICATE',
    ]);
    expect((await write(service, officer(), 'admitServiceItem', { ...added, code: 'P101' })).refused).toEqual([
      'code: INVALID',
    ]);
  });

  test('is listed by kind and admission', async () => {
    const { data } = await service.query(
      '{ serviceItems(kind: PROOF, admission: REMOVED) { totalCount nodes { code replacement } } }',
    );
    expect(data.serviceItems.totalCount).toBe(4);
    for (const { replacement } of data.serviceItems.nodes) expect(replacement).toBeTruthy();
  });
});

describe('at a terminal (自助服务一体机)', () => {
  const kioskId = `kiosk-${demoCommunity}-1`;
  const start = (as: Writer = resident()) =>
    write(service, as, 'startKioskSession', { kioskId }, 'session { id expiresAt kiosk { id } }');

  test('a resident applies within their session, and leaves nothing behind', async () => {
    const { session } = (await start()).payload;
    const input = { ...application, channel: 'KIOSK', kioskSessionId: session.id };
    expect((await written(service, terminal(), 'applyService', input, fields)).case.channel).toBe('KIOSK');
    const other = { ...input, applicantId: 'demo-spouse' };
    expect((await write(service, terminal(), 'applyService', other)).refused).toEqual(['kioskSessionId: NOT_FOUND']);
    expect((await write(service, terminal(elsewhere), 'applyService', input)).refused).toEqual([
      'kioskSessionId: NOT_ALLOWED',
    ]);
    expect((await start(resident('demo-spouse'))).refused).toEqual(['kioskId: FULL']);

    await written(service, terminal(), 'endKioskSession', { sessionId: session.id });
    expect(await sql('SELECT * FROM kiosk_session')).toEqual([]);
    expect((await write(service, terminal(), 'applyService', input)).refused).toEqual(['kioskSessionId: NOT_FOUND']);
  });

  test('one session is open at a time, of however many who press at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => start()));
    expect(answers.filter(({ refused }) => refused.length === 0)).toHaveLength(1);
    const { session } = answers.find(({ refused }) => refused.length === 0)!.payload;
    expect(
      (await write(service, resident('demo-spouse'), 'endKioskSession', { sessionId: session.id })).refused,
    ).toEqual(['sessionId: NOT_FOUND']);
    await written(service, resident(), 'endKioskSession', { sessionId: session.id });
  });

  test('that is out of order nobody logs in', async () => {
    const report = (online: boolean, as: Writer = terminal()) =>
      write(service, as, 'reportKioskStatus', { kioskId, online }, 'kiosk { online }');
    expect((await report(false, terminal(elsewhere))).refused).toEqual(['kioskId: NOT_ALLOWED']);
    expect((await report(false)).payload.kiosk).toEqual({ online: false });
    expect((await start()).refused).toEqual(['kioskId: CLOSED']);
    await report(true);
  });
});
