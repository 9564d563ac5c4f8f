import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { syntheticCreditCode } from '@linli/kit/identifiers/synthetic';
import { demoCommunity } from '@linli/kit/population/places';
import { eventsIn } from '@linli/kit/testing/outbox';
import { countStatements, fewestStatements, splitBatches } from '@linli/kit/testing/statements';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { officer, resident, street, worker, write, written, type Writer } from './support/works.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 2000 });
});

afterAll(() => service.close());

const elsewhere = '440304001019';
const accepted = (answers: { refused: string[] }[]) => answers.filter(({ refused }) => refused.length === 0).length;

async function sql(text: string, values: unknown[] = []) {
  const client = new Client({ connectionString: service.databaseUrl });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

describe('statements', () => {
  const block = (first: number) => `{ communities(place: "440303", first: ${first}) { nodes {
    serviceStatistics { cases } serviceResources(first: 3) { nodes { facility { extendedHours { kind } } } } serviceFlows(first: 3) { nodes { item { name } } }
    kiosks(first: 3) { nodes { facility { name } } } deliberations(first: 3) { nodes { comments(first: 3) { nodes { text } } history { state } } }
    needs(first: 3) { nodes { matches { score resource { title } } projects { title } } } resources(first: 3) { nodes { title } }
    microProjects(first: 3) { nodes { needs { title } resources { title } vote { title projects { title } } history { state } } }
    surveyResult(year: 2024) { respondents } shops(first: 3) { nodes { name } } parcelPoints(first: 3) { nodes { name } }
    serviceCircle { coverage } subCommittees { kind chair { trainings { course } } } serviceArchives(first: 3) { nodes { entries { title } } }
    spatialUnit { column } creditRecords(first: 3) { nodes { organization { name } } } indicatorValues { value }
    residents(first: 5) { nodes { licences { number } licenceConsents { item { name } } proposals(first: 3) { nodes { need { title } } }
      deliberations { title } serviceMaterials(itemCode: "S003") { licence { id } }
      serviceCases { materials { name } history { state } rating { grade } receivedBy { name } } } } } } }`;

  test('a list of 50 communities with everything below takes as many as a list of 5', async () => {
    const few = await countStatements(() => service.query(block(5)));
    const many = await fewestStatements(() => service.query(block(50)));
    expect(few.result.errors).toBeUndefined();
    expect(many.result.errors).toBeUndefined();
    expect(few.statements.length).toBeGreaterThan(30);
    expect(many.statements.length).toBeLessThanOrEqual(few.statements.length + splitBatches);
  });
});

describe('a service centre', () => {
  const facilityId = `party-service-centre-${demoCommunity}-1`;

  test('publishes resources and flows (every one does), and when it is open beside usual hours', async () => {
    const { data } = await service.query(
      '{ facilities(kind: PARTY_SERVICE_CENTRE, place: "440303", first: 200) { nodes { serviceResources { totalCount } serviceFlows { nodes { steps } } } } }',
    );
    for (const { serviceResources, serviceFlows } of data.facilities.nodes) {
      expect(serviceResources.totalCount).toBeGreaterThan(0);
      expect(serviceFlows.nodes[0].steps.length).toBeGreaterThan(1);
    }
    const resource = {
      facilityId,
      kind: 'SPACE',
      name: '亲子阅览室',
      description: '可坐二十人。',
      hours: '周末 09:00-18:00',
    };
    const selection = 'resource { id version open }';
    const { resource: row } = await written(service, worker(), 'publishServiceResource', resource, selection);
    const pause = { resourceId: row.id, expectedVersion: row.version, open: false };
    expect((await written(service, worker(), 'setServiceResourceOpen', pause, selection)).resource.open).toBe(false);
    expect((await write(service, worker(), 'setServiceResourceOpen', pause)).refused).toEqual([
      'expectedVersion: CONFLICT',
    ]);
    expect((await write(service, worker(elsewhere), 'publishServiceResource', resource)).refused).toEqual([
      'facilityId: NOT_ALLOWED',
    ]);
    const park = { ...resource, facilityId: `police-post-${demoCommunity}-1` };
    expect((await write(service, worker(), 'publishServiceResource', park)).refused).toEqual(['facilityId: INVALID']);
    const flow = { facilityId, itemCode: 'S003', name: '临时救助流程', steps: ['受理', '核对', '发放'] };
    expect((await written(service, worker(), 'publishServiceFlow', flow, 'flow { item { code } steps }')).flow).toEqual(
      {
        item: { code: 'S003' },
        steps: ['受理', '核对', '发放'],
      },
    );
    expect((await write(service, worker(), 'publishServiceFlow', { ...flow, itemCode: 'P001' })).refused).toEqual([
      'itemCode: CLOSED',
    ]);
  });

  test('changes its extended hours by the version that was seen', async () => {
    const hours = { facilityId, kind: 'EXTENDED', days: ['FRIDAY', 'MONDAY'], opens: '18:00', closes: '22:00' };
    const set = (more: object) =>
      write(
        service,
        worker(),
        'setExtendedHours',
        { ...hours, ...more },
        'facility { extendedHours { kind days closes version } }',
      );
    expect((await set({})).refused).toEqual(['expectedVersion: CONFLICT']);
    expect((await set({ expectedVersion: 1, closes: '17:00' })).refused).toEqual(['closes: INVALID']);
    expect((await set({ expectedVersion: 1, opens: '25:00' })).refused).toContain('opens: INVALID');
    expect((await set({ expectedVersion: 1 })).payload.facility.extendedHours).toContainEqual({
      kind: 'EXTENDED',
      days: ['MONDAY', 'FRIDAY'],
      closes: '22:00',
      version: 2,
    });
  });
});

describe('commerce', () => {
  const shop = {
    communityCode: demoCommunity,
    name: '示例书吧',
    category: 'BOOKS',
    areaM2: 60,
    hours: '09:00-21:00',
    chain: false,
  };

  test('shops are registered once, open and close, and move the service circle', async () => {
    const circle = async (kind: string) => {
      const { data } = await service.query(
        `{ community(code: "${demoCommunity}") { serviceCircle { coverage services { kind here inStreet } } } }`,
      );
      return data.community.serviceCircle.services.find((each: { kind: string }) => each.kind === kind);
    };
    const before = await circle('PHARMACY');
    const input = { ...shop, category: 'PHARMACY', idempotencyKey: randomUUID() };
    const made = await Promise.all(
      Array.from({ length: 6 }, () => written(service, worker(), 'registerShop', input, 'shop { id version }')),
    );
    expect(new Set(made.map(({ shop: { id } }) => id)).size).toBe(1);
    expect(await circle('PHARMACY')).toEqual({
      kind: 'PHARMACY',
      here: before.here + 1,
      inStreet: before.inStreet + 1,
    });
    const { id: shopId, version: expectedVersion } = made[0].shop;
    await written(service, worker(), 'setShopOpen', { shopId, expectedVersion, open: false });
    expect(await circle('PHARMACY')).toEqual(before);
    expect((await write(service, worker(elsewhere), 'registerShop', shop)).refused).toEqual([
      'communityCode: NOT_ALLOWED',
    ]);
    expect((await write(service, worker(), 'registerShop', { ...shop, areaM2: 0 })).refused).toEqual([
      'areaM2: INVALID',
    ]);
  });

  test('shops are found by kind and place, parcel points registered', async () => {
    const { data } = await service.query(
      '{ shops(place: "440303", category: PHARMACY, first: 200) { totalCount nodes { category community { code } } } }',
    );
    expect(data.shops.totalCount).toBeGreaterThan(0);
    for (const { category, community } of data.shops.nodes) {
      expect([category, community.code.slice(0, 6)]).toEqual(['PHARMACY', '440303']);
    }
    const point = {
      communityCode: demoCommunity,
      name: '示例驿站',
      kind: 'STATION',
      capacity: 300,
      hours: '09:00-21:00',
    };
    expect(
      (await written(service, worker(), 'registerParcelPoint', point, 'parcelPoint { capacity }')).parcelPoint,
    ).toEqual({
      capacity: 300,
    });
  });

  test('the circle of a street is what its communities have', async () => {
    const { data } = await service.query(
      `{ street(code: "${demoCommunity.slice(0, 9)}") { communities(first: 200) { nodes { serviceCircle { services { kind here inStreet } } } } } }`,
    );
    const circles = data.street.communities.nodes.map((node: any) => node.serviceCircle.services);
    for (const [i, { inStreet }] of circles[0].entries()) {
      expect(circles.reduce((sum: number, services: any) => sum + services[i].here, 0)).toBe(inStreet);
    }
  });
});

describe('community workers', () => {
  const appointment = {
    communityCode: demoCommunity,
    name: '陈例新',
    post: 'WORKER',
    grade: 2,
    qualification: 'SOCIAL_WORKER',
    phone: '15400000001',
    gridWorker: true,
  };
  const selection = 'worker { id version post grade inPost gridWorker trainings { course hours } }';

  test('are appointed by their street, changed and trained', async () => {
    expect((await write(service, street('440304001'), 'appointWorker', appointment)).refused).toEqual([
      'communityCode: NOT_ALLOWED',
    ]);
    const { worker: row } = await written(service, street(), 'appointWorker', appointment, selection);
    expect(row).toMatchObject({ post: 'WORKER', gridWorker: true, inPost: true });
    const change = { workerId: row.id, expectedVersion: row.version };
    expect((await write(service, street(), 'changeWorker', change)).refused).toEqual(['REQUIRED']);
    expect((await write(service, street('440304001'), 'changeWorker', { ...change, grade: 3 })).refused).toEqual([
      'workerId: NOT_FOUND',
    ]);
    expect((await written(service, street(), 'changeWorker', { ...change, grade: 3 }, selection)).worker.grade).toBe(3);
    const training = {
      workerId: row.id,
      course: '心理疏导',
      provider: '示例学院',
      hours: 12,
      completedOn: '2025-03-01',
    };
    await written(service, street(), 'recordWorkerTraining', training);
    expect((await write(service, street(), 'recordWorkerTraining', training)).refused).toEqual(['DUPLICATE']);
    expect(
      (await write(service, street(), 'recordWorkerTraining', { ...training, completedOn: '2999-01-01' })).refused,
    ).toEqual(['completedOn: INVALID']);
  });

  test('have one secretary, of however many who are appointed at once', async () => {
    const secretary = { ...appointment, post: 'SECRETARY' };
    expect((await write(service, street(), 'appointWorker', secretary)).refused).toEqual(['post: DUPLICATE']);
    const { data } = await service.query(
      `{ community(code: "${demoCommunity}") { workers(first: 50) { nodes { id post version } } } }`,
    );
    const there = data.community.workers.nodes.find(({ post }: { post: string }) => post === 'SECRETARY');
    await written(service, street(), 'changeWorker', {
      workerId: there.id,
      expectedVersion: there.version,
      inPost: false,
    });
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => write(service, street(), 'appointWorker', secretary)),
    );
    expect(accepted(answers)).toBe(1);
    expect(answers.filter(({ refused }) => refused[0] === 'post: DUPLICATE')).toHaveLength(5);
  });

  test('who leave chair no committee any longer', async () => {
    const place = '440303001002';
    const before = await service.query(
      `{ community(code: "${place}") { subCommittees { kind chair { id version } version } } }`,
    );
    const chaired = before.data.community.subCommittees.filter(({ chair }: any) => chair);
    const { id, version } = chaired[0].chair;
    await written(service, street(), 'changeWorker', { workerId: id, expectedVersion: version, post: 'WORKER' });
    const after = await service.query(`{ community(code: "${place}") { subCommittees { kind chair { id } } } }`);
    expect(after.data.community.subCommittees.filter(({ chair }: any) => chair?.id === id)).toEqual([]);
    const { kind } = chaired[0];
    const set = (chairId: string | null, expectedVersion: number) =>
      write(service, worker(place), 'setSubCommittee', {
        communityCode: place,
        kind,
        established: true,
        chairId,
        expectedVersion,
      });
    expect((await set(id, 2)).refused).toEqual(['chairId: INVALID']);
    expect((await set(null, 2)).refused).toEqual(['chairId: INVALID']);
    expect((await set(`worker-${demoCommunity}-2`, 2)).refused).toEqual(['chairId: NOT_FOUND']);
    expect((await set(`worker-${place}-2`, 1)).refused).toEqual(['expectedVersion: CONFLICT']);
    expect((await set(`worker-${place}-2`, 2)).refused).toEqual([]);
  });
});

describe('liaisons (联席机制)', () => {
  test('are one to a unit and place; a new one takes the place of the last', async () => {
    const input = { placeId: '440303', unit: '区文化部门', name: '林例文', title: '副局长' };
    const set = (as: Writer, more: object = {}) =>
      write(service, as, 'setLiaison', { ...input, ...more }, 'liaison { id version title }');
    const answers = await Promise.all(Array.from({ length: 6 }, () => set(officer())));
    expect(accepted(answers)).toBe(1);
    const { id } = answers.find(({ refused }) => refused.length === 0)!.payload.liaison;
    expect((await set(officer(), { title: '局长', expectedVersion: 1 })).payload.liaison).toEqual({
      id,
      version: 2,
      title: '局长',
    });
    expect((await set(officer(), { placeId: 'nowhere' })).refused).toEqual(['placeId: NOT_FOUND']);
    expect((await set(officer(), { placeId: 'shenshan' })).refused).toEqual(['placeId: NOT_ALLOWED']);
    const { data } = await service.query(
      '{ liaisons(place: "440303", search: "文化") { totalCount nodes { placeId } } }',
    );
    expect(data.liaisons).toEqual({ totalCount: 1, nodes: [{ placeId: '440303' }] });
  });
});

describe('duties (职责清单)', () => {
  const item = {
    category: 'PARKING',
    title: '共享停车',
    lead: '市交通运输局',
    supporting: ['市公安局'],
    workingDays: 5,
    effectiveFrom: '2025-07-01',
  };
  const selection = 'dutyItem { id revision live lead effectiveTo revisions { id live effectiveTo } }';

  test('have one version in force, and keep those that were', async () => {
    const { dutyItem } = await written(service, officer(), 'adoptDutyItem', { code: 'D-PARKING', item }, selection);
    expect(dutyItem).toMatchObject({ id: 'D-PARKING-1', live: true });
    expect((await write(service, officer(), 'adoptDutyItem', { code: 'D-PARKING', item })).refused).toEqual([
      'code: DUPLICATE',
    ]);
    const revision = {
      code: 'D-PARKING',
      expectedRevision: 1,
      item: { ...item, lead: '市公安局', supporting: [], effectiveFrom: '2025-10-01' },
      changeNote: '经争议调处调整。',
    };
    const early = { ...revision, item: { ...revision.item, effectiveFrom: '2025-01-01' } };
    expect((await write(service, officer(), 'reviseDutyItem', early)).refused).toEqual(['item.effectiveFrom: INVALID']);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => write(service, officer(), 'reviseDutyItem', revision, selection)),
    );
    expect(accepted(answers)).toBe(1);
    expect(answers.find(({ refused }) => refused.length === 0)!.payload.dutyItem).toMatchObject({
      id: 'D-PARKING-2',
      lead: '市公安局',
      revisions: [
        { id: 'D-PARKING-2', live: true, effectiveTo: null },
        { id: 'D-PARKING-1', live: false, effectiveTo: '2025-10-01' },
      ],
    });
    const repeal = { code: 'D-PARKING', expectedRevision: 2, changeNote: '并入交通类。' };
    expect((await written(service, officer(), 'repealDutyItem', repeal, selection)).dutyItem.live).toBe(false);
    expect((await write(service, officer(), 'repealDutyItem', repeal)).refused).toEqual(['code: NOT_FOUND']);
    const { data } = await service.query(
      '{ dutyItems(category: "PARKING", live: true) { totalCount } all: dutyItems(category: "PARKING") { totalCount } }',
    );
    expect([data.dutyItems.totalCount, data.all.totalCount]).toEqual([0, 2]);
  });

  test('are the city’s to say, with a lead that does not help itself', async () => {
    expect((await write(service, street(), 'adoptDutyItem', { code: 'D-X1', item })).refused).toEqual(['NOT_ALLOWED']);
    const twice = { ...item, supporting: [item.lead] };
    expect((await write(service, officer(), 'adoptDutyItem', { code: 'D-X1', item: twice })).refused).toEqual([
      'item.supporting: INVALID',
    ]);
  });

  test('that change are what appeals go by from then on, and cannot be repealed while they do', async () => {
    const noise = { ...item, category: 'NOISE', title: '噪声扰民', workingDays: 3 };
    const revision = { code: 'D-NOISE', expectedRevision: 1, item: noise, changeNote: '缩短时限。' };
    expect(
      (
        await write(service, officer(), 'reviseDutyItem', {
          ...revision,
          item: { ...noise, effectiveFrom: '2999-01-01' },
        })
      ).refused,
    ).toEqual(['item.effectiveFrom: INVALID']);
    await written(service, officer(), 'reviseDutyItem', revision);
    expect(await sql(`SELECT duty_version, working_days FROM appeal_rule WHERE category = 'NOISE'`)).toEqual([
      { duty_version: 2, working_days: 3 },
    ]);
    const repeal = { code: 'D-NOISE', expectedRevision: 2, changeNote: '不再负责。' };
    expect((await write(service, officer(), 'repealDutyItem', repeal)).refused).toEqual(['code: WRONG_STATE']);
  });

  test('cover every kind of appeal', async () => {
    const { data } = await service.query(
      '{ dutyItems(live: true, first: 50) { nodes { category } } __type(name: "AppealCategory") { enumValues { name } } }',
    );
    const covered = data.dutyItems.nodes.map(({ category }: { category: string }) => category);
    const kinds = data.__type.enumValues.map(({ name }: { name: string }) => name);
    expect(kinds.length).toBeGreaterThan(5);
    expect(covered).toEqual(expect.arrayContaining(kinds));
  });
});

describe('an archive (社区服务档案)', () => {
  const selection = 'archive { id version state digest entries { id title } }';

  test('takes entries until it is closed, and then nobody can change it', async () => {
    const input = { communityCode: demoCommunity, title: '2025年民生微实事卷', section: '民生微实事' };
    const { archive } = await written(service, worker(), 'openArchive', input, selection);
    const target = { archiveId: archive.id, expectedVersion: archive.version };
    expect((await write(service, worker(), 'closeArchive', target)).refused).toEqual(['archiveId: WRONG_STATE']);
    const entry = { archiveId: archive.id, title: '立项表', reference: 'project-1', text: '示例：立项表全文。' };
    const added = await Promise.all(
      Array.from({ length: 6 }, () => write(service, worker(), 'addArchiveEntry', entry)),
    );
    expect(accepted(added)).toBe(6);
    expect((await write(service, worker(elsewhere), 'addArchiveEntry', entry)).refused).toEqual([
      'archiveId: NOT_FOUND',
    ]);
    const { archive: closed } = await written(service, worker(), 'closeArchive', target, selection);
    expect(closed).toMatchObject({
      state: 'CLOSED',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      entries: { length: 6 },
    });
    expect((await write(service, worker(), 'addArchiveEntry', entry)).refused).toEqual(['WRONG_STATE']);

    await expect(sql(`UPDATE service_archive SET title = 'x' WHERE id = $1`, [archive.id])).rejects.toThrow(
      'never changed',
    );
    await expect(sql(`UPDATE archive_entry SET text = 'x' WHERE archive_id = $1`, [archive.id])).rejects.toThrow(
      'never changed',
    );
    await expect(
      sql(`INSERT INTO archive_entry VALUES ('x', $1, now(), 'x', NULL, 'x')`, [archive.id]),
    ).rejects.toThrow('closed');
  });
});

describe('base data', () => {
  test('credit of a provider is one grade a year and sector, with a code that is right', async () => {
    const creditCode = syntheticCreditCode('91', 777_000_001);
    const record = {
      creditCode,
      name: '示例家政公司',
      communityCode: demoCommunity,
      sector: 'DOMESTIC_SERVICE',
      year: 2024,
      grade: 'B',
      basis: '年度评价',
    };
    const set = (more: object, as: Writer = officer()) =>
      write(service, as, 'recordCredit', { ...record, ...more }, 'record { id grade version }');
    expect(accepted(await Promise.all(Array.from({ length: 6 }, () => set({}))))).toBe(1);
    expect((await set({ grade: 'A', expectedVersion: 1 })).payload.record).toMatchObject({ grade: 'A', version: 2 });
    expect((await set({ year: 2199 })).refused).toEqual(['year: INVALID']);
    expect((await set({}, street('440304001'))).refused).toEqual(['communityCode: NOT_ALLOWED']);
    expect((await set({ organizationId: `association-${demoCommunity}-1` })).refused).toEqual([
      'organizationId: NOT_FOUND',
    ]);
    const { errors } = await service.query(
      'mutation ($i: RecordCreditInput!) { recordCredit(input: $i) { userErrors { code } } }',
      { i: { ...record, creditCode: `${creditCode.slice(0, 17)}${creditCode.endsWith('0') ? '1' : '0'}` } },
    );
    expect(errors?.[0]?.message).toContain('GB 32100');
  });

  test('credit of a registered organisation stands under its own code, so that it can be graded again', async () => {
    const records = await sql(`SELECT c.name, c.credit_code, c.community_code, c.sector, c.year, c.version,
        c.organization_id, o.credit_code AS own, o.name AS title
      FROM credit_record c LEFT JOIN organization o ON o.id = c.organization_id WHERE c.organization_id IS NOT NULL
        AND c.id LIKE 'credit-%-2024'`);
    expect(records.length).toBeGreaterThan(50);
    for (const { credit_code, own, name, title } of records) expect([credit_code, name]).toEqual([own, title]);
    const [{ credit_code: creditCode, community_code: communityCode, organization_id: organizationId, ...row }] =
      records as [Record<string, unknown>];
    const { name, sector, year, version: expectedVersion } = row;
    const again = { creditCode, name, communityCode, organizationId, sector, year, expectedVersion };
    const { payload, refused } = await write(
      service,
      officer(),
      'recordCredit',
      { ...again, grade: 'A', basis: '年度评价' },
      'record { grade organization { id } }',
    );
    expect([refused, payload.record]).toEqual([[], { grade: 'A', organization: { id: organizationId } }]);
  });

  test('the catalogue of data names source, steward, stage, sharing and openness of every entity of the graph', async () => {
    const { data } = await service.query(
      '{ dataAssets(first: 200) { totalCount nodes { type department base source steward stage level sharing openClass fields } } }',
    );
    const assets = data.dataAssets.nodes;
    expect(data.dataAssets.totalCount).toBe(assets.length);
    const resident = assets.find(({ type }: { type: string }) => type === 'Resident');
    expect(resident).toMatchObject({ department: 'civil-affairs', base: '人口', level: 4, openClass: 'NOT_OPEN' });
    expect(new Set(assets.map(({ base }: { base: string }) => base).filter(Boolean))).toEqual(
      new Set(['人口', '法人', '房屋', '自然资源与空间地理', '电子证照', '公共信用']),
    );
    expect(new Set(assets.map(({ department }: { department: string }) => department)).size).toBeGreaterThanOrEqual(5);
  });

  test('data goes from collecting to use stage by stage, by its own department', async () => {
    const asset = {
      name: '社区食堂用餐数据',
      source: '社区食堂系统',
      steward: '市民政局',
      level: 2,
      sharing: 'UNCONDITIONAL',
      openClass: 'CONDITIONAL',
      fields: 12,
    };
    const selection = 'asset { id stage version department }';
    expect((await write(service, officer(), 'registerDataAsset', { ...asset, openClass: 'OPEN' })).refused).toEqual([
      'openClass: INVALID',
    ]);
    const { asset: row } = await written(service, officer(), 'registerDataAsset', asset, selection);
    const move = (stage: string, expectedVersion: number, as: Writer = officer()) =>
      write(service, as, 'moveDataAsset', { assetId: row.id, expectedVersion, stage }, selection);
    expect((await move('CIRCULATING', 1, officer('health'))).refused).toEqual(['assetId: NOT_ALLOWED']);
    expect((await move('IN_USE', 1)).refused).toEqual(['stage: WRONG_STATE']);
    expect((await move('CIRCULATING', 1)).payload.asset.stage).toBe('CIRCULATING');
    expect((await move('RETIRED', 2)).payload.asset.stage).toBe('RETIRED');
    expect((await move('IN_USE', 3)).refused).toEqual(['stage: WRONG_STATE']);
  });

  test('the map is schematic and says so, and no two communities share a place in it', async () => {
    const { data } = await service.query(
      '{ communities(place: "4403", first: 200) { nodes { spatialUnit { source column row } facilities(first: 1) { nodes { spatialUnit { column row } } } } } }',
    );
    const units = data.communities.nodes.map((node: any) => node.spatialUnit);
    expect(new Set(units.map(({ column, row }: any) => `${column}/${row}`)).size).toBe(units.length);
    for (const { spatialUnit, facilities } of data.communities.nodes) {
      expect(spatialUnit.source).toBe('SCHEMATIC');
      const { column, row } = spatialUnit;
      expect(facilities.nodes[0].spatialUnit).toEqual({ column, row });
    }
  });
});

test('events hold no texts and nobody’s name', async () => {
  await written(service, officer(), 'notePlanTask', {
    taskNo: 1,
    status: 'IN_PROGRESS',
    text: '不应出现',
    evidence: [],
  });
  await written(service, resident(), 'applyService', {
    itemCode: 'S003',
    applicantId: 'demo-resident',
    channel: 'ONLINE',
    materials: [{ materialId: 'S003-M1', document: '不应出现' }],
  });
  const text = JSON.stringify(await eventsIn(service.databaseUrl));
  expect(text).not.toContain('不应出现');
  expect(text).not.toContain('demo-resident');
});
