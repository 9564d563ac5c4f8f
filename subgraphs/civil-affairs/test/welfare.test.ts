import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { countStatements, fewestStatements, splitBatches } from '@linli/kit/testing/statements';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';

let service: TestSubgraph;
let database: Client;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 6000 });
  database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
});

afterAll(async () => {
  await database.end();
  await service.close();
});

/** Rows of a statement that finds what should not be there. */
async function mistakes(text: string): Promise<unknown[]> {
  return (await database.query(text)).rows;
}

describe('the demo family', () => {
  test('has something of everything', async () => {
    const { data, errors } = await service.query(`{
      elder: resident(id: "demo-elder") {
        welfareCases { kind state amount monthlyIncome foundBy steps { no action state by } payments { amount month }
          applicant { id } members { id } }
        elderProfile { smartCareUser careGrade livesAlone subsidy assessments { score grade } }
        dayCareEnrolments { mode site { kind } } homeCareOrders { nodes { service state } }
        volunteerNeeds { state field } }
      spouse: resident(id: "demo-spouse") {
        volunteer { fields minutes } volunteerSignUps { nodes { state minutes project { title } } }
        timeBankAccount { balance entries { nodes { kind minutes balance } totalCount } }
        jobSeeker { difficulty state referrals { state vacancy { title } } } skillTrainings { training { programme } } }
      leads: hardshipLeads(place: "440303001001") { nodes { state urgency resident { id }
        signals { source reason detail } } }
      community(code: "440303001001") {
        childrenDirector { post } childrenHomes { kind } elderSites { nodes { kind places { mode capacity free } } }
        volunteerStations { totalCount } volunteerProjects(state: OPEN) { nodes { free } }
        communityFunds { nodes { organization { kind } wishes { totalCount } } } microWishes { nodes { wisher { id } } }
        donationPoints { nodes { accepts } } vacancies { totalCount }
        domesticCompanies { nodes { workers { totalCount } } }
        street { elderCentre { kind } socialWorkStation { name } childProtectionStation { name } } } }`);
    expect(errors).toBeUndefined();
    expect(data.elder.welfareCases[0]).toMatchObject({
      kind: 'MINIMUM_LIVING',
      state: 'APPROVED',
      members: [{ id: 'demo-elder' }],
      steps: [
        { no: 1, action: 'APPLIED', state: 'APPLIED', by: null },
        { no: 2, action: 'VERIFIED', state: 'VERIFIED', by: 'demo-community-worker' },
        { no: 3, action: 'DECIDED', state: 'APPROVED', by: 'demo-social-worker' },
      ],
    });
    expect(data.elder.elderProfile).toMatchObject({ smartCareUser: true, careGrade: 'MODERATE', livesAlone: false });
    expect(data.elder.dayCareEnrolments).toHaveLength(1);
    expect(data.elder.homeCareOrders.nodes).toEqual([{ service: 'MEALS', state: 'ORDERED' }]);
    expect(data.elder.volunteerNeeds).toEqual([{ state: 'OPEN', field: 'ELDERS' }]);
    expect(data.spouse.timeBankAccount).toMatchObject({
      balance: 90,
      entries: {
        totalCount: 2,
        nodes: [
          { kind: 'EARNED', minutes: 120, balance: 120 },
          { kind: 'REDEEMED', minutes: -30, balance: 90 },
        ],
      },
    });
    expect(data.spouse.jobSeeker).toMatchObject({ difficulty: true, state: 'SEEKING' });
    expect(data.spouse.skillTrainings).toHaveLength(1);
    expect(data.leads.nodes).toContainEqual({
      state: 'NEW',
      urgency: 'RAISED',
      resident: { id: 'demo-elder' },
      signals: [expect.objectContaining({ source: 'GRID' }), expect.objectContaining({ source: 'HOUSING' })],
    });
    const { community } = data;
    expect(community.childrenDirector).toEqual({ post: 'CHILDREN_DIRECTOR' });
    expect(community.elderSites.nodes.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
      'COMMUNITY_STATION',
      'ESTATE_POINT',
      'STREET_CENTRE',
    ]);
    expect(community.communityFunds.nodes[0].organization).toEqual({ kind: 'FOUNDATION' });
    expect(community.microWishes.nodes).toContainEqual({ wisher: { id: 'demo-child' } });
    expect(community.domesticCompanies.nodes[0].workers.totalCount).toBe(5);
    expect(community.street.socialWorkStation).not.toBeNull();
  });
});

describe('the made-up city', () => {
  test.each([
    ['childProtectionStations', 78],
    ['socialWorkStations', 78],
    ['volunteerStations', 1800],
    ['skillTrainings', 234],
  ])('has as many %s as the plan wants: %i', async (list, total) => {
    const { data } = await service.query(`{ list: ${list}(first: 1) { totalCount } }`);
    expect(data.list.totalCount).toBe(total);
  });

  test('has a station of elder care in each of the 112 day-care centres, and one centre to a street', async () => {
    const { data } = await service.query(
      '{ stations: elderSites(kind: COMMUNITY_STATION, first: 200) { totalCount nodes { facility { kind } } } centres: elderSites(kind: STREET_CENTRE, first: 200) { nodes { community { street { code } } } } }',
    );
    expect(data.stations.totalCount).toBe(112);
    for (const { facility } of data.stations.nodes) expect(facility.kind).toBe('ELDER_DAY_CARE');
    const streets = data.centres.nodes.map(({ community }: any) => community.street.code);
    expect(new Set(streets).size).toBe(streets.length);
  });

  test('has a children’s director in every community, who is one of its workers', async () => {
    expect(
      await mistakes(`SELECT code FROM community c LEFT JOIN children_director d ON d.community_code = c.code
        LEFT JOIN community_worker w ON w.id = d.worker_id AND w.community_code = c.code AND w.post = 'CHILDREN_DIRECTOR'
        WHERE w.id IS NULL`),
    ).toEqual([]);
  });

  test('counts places, ratings and hours as they were taken', async () => {
    expect(
      await mistakes(`SELECT site_id, mode FROM elder_places p WHERE taken > capacity OR taken <> (
        SELECT count(*) FROM day_care_enrolment e WHERE e.site_id = p.site_id AND e.mode = p.mode AND until_day IS NULL)`),
    ).toEqual([]);
    expect(
      await mistakes(`SELECT id FROM volunteer_project p WHERE taken > places OR taken <> (
        SELECT count(*) FROM volunteer_sign_up s WHERE s.project_id = p.id AND s.state <> 'CANCELLED')`),
    ).toEqual([]);
    expect(
      await mistakes(`SELECT id FROM domestic_worker w WHERE (stars, ratings) <> (
        SELECT coalesce(sum(e.stars), 0), count(*) FROM domestic_evaluation e WHERE e.worker_id = w.id)`),
    ).toEqual([]);
    expect(
      await mistakes(`SELECT id FROM skill_training t WHERE taken > places OR taken <> (
        SELECT count(*) FROM skill_training_enrolment e WHERE e.training_id = t.id AND NOT cancelled)`),
    ).toEqual([]);
  });

  test('covers nobody twice by one kind of assistance, and everybody whom an open case covers', async () => {
    expect(
      await mistakes(`SELECT c.id FROM welfare_case c, unnest(c.member_ids) AS member
        WHERE (state IN ('APPLIED', 'REFERRED', 'VERIFIED', 'APPROVED')) <> EXISTS (
          SELECT FROM welfare_cover k WHERE k.resident_id = member AND k.kind = c.kind AND k.case_id = c.id)`),
    ).toEqual([]);
  });
});

describe('lists', () => {
  test.each([
    [
      'elderSites',
      'mode: HOURLY',
      ({ places }: any) => places.some(({ mode }: any) => mode === 'HOURLY'),
      'places { mode }',
    ],
    ['elderSites', 'search: "服务点"', ({ name }: any) => name.includes('服务点'), 'name'],
    ['volunteerProjects', 'state: OPEN', ({ state }: any) => state === 'OPEN', 'state'],
    ['volunteerProjects', 'field: NEIGHBOURS', ({ field }: any) => field === 'NEIGHBOURS', 'field'],
    ['volunteers', 'place: "4403", field: ELDERS', ({ fields }: any) => fields.includes('ELDERS'), 'fields'],
    ['volunteerNeeds', 'place: "4403", state: OPEN', ({ state }: any) => state === 'OPEN', 'state'],
    ['welfareCases', 'place: "4403", kind: DISABILITY', ({ kind }: any) => kind === 'DISABILITY', 'kind'],
    ['welfareCases', 'place: "4403", state: VERIFIED', ({ state }: any) => state === 'VERIFIED', 'state'],
    ['hardshipLeads', 'place: "4403", urgency: URGENT', ({ urgency }: any) => urgency === 'URGENT', 'urgency'],
    ['elderProfiles', 'place: "4403", careGrade: SEVERE', ({ careGrade }: any) => careGrade === 'SEVERE', 'careGrade'],
    [
      'elderProfiles',
      'place: "4403", smartCareUser: false',
      ({ smartCareUser }: any) => !smartCareUser,
      'smartCareUser',
    ],
    ['donationPoints', 'accepts: FOOD', ({ accepts }: any) => accepts.includes('FOOD'), 'accepts'],
    ['vacancies', 'occupation: COOKING, open: true', ({ occupation }: any) => occupation === 'COOKING', 'occupation'],
    [
      'skillTrainings',
      'programme: CANTONESE_COOK',
      ({ programme }: any) => programme === 'CANTONESE_COOK',
      'programme',
    ],
    ['jobSeekers', 'place: "4403", state: SEEKING', ({ state }: any) => state === 'SEEKING', 'state'],
    ['domesticCompanies', 'honest: false', ({ honest }: any) => !honest, 'honest'],
    ['domesticWorkers', 'service: ELDER_CARE', ({ services }: any) => services.includes('ELDER_CARE'), 'services'],
    ['timeBankAccounts', 'place: "4403", kind: ISSUING', ({ balance }: any) => balance < 0, 'balance'],
    ['microWishes', 'state: OPEN', ({ state }: any) => state === 'OPEN', 'state'],
  ])('%s with %s show those and no others', async (list, filter, fits, fields) => {
    const { data, errors } = await service.query(
      `{ list: ${list}(first: 200, ${filter}) { totalCount nodes { ${fields} } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.list.totalCount).toBeGreaterThan(0);
    for (const node of data.list.nodes) expect(fits(node)).toBe(true);
  });

  test('a list of 50 communities with everything below takes as many statements as a list of 5', async () => {
    const block = (first: number) => `{ communities(place: "440303", first: ${first}) { nodes {
      childrenDirector { name } childrenHomes { name } assistance { persons }
      elderSites(first: 5) { totalCount nodes { places { free } facility { name } } }
      volunteerStations(first: 5) { nodes { facility { name } projects(first: 2) { nodes { title } } } }
      communityFunds(first: 5) { nodes { organization { filedOn } wishes(first: 2) { nodes { wisher { name } } } } }
      donationPoints(first: 5) { nodes { facility { name } } } vacancies(first: 5) { nodes { title } }
      domesticCompanies(first: 5) { nodes { workers(first: 5) { nodes { name } } } }
      street { elderCentre { name } socialWorkStation { name } childProtectionStation { name } }
      residents(first: 5) { nodes { welfareCases { steps { no } payments { month } } elderProfile { assessments { score } }
        dayCareEnrolments { site { name } } volunteer { minutes } volunteerNeeds { state } volunteerSignUps(first: 2) { nodes { state } }
        timeBankAccount { entries(first: 2) { nodes { minutes } } } jobSeeker { referrals { vacancy { title } } }
        skillTrainings { training { title } } } } } } }`;
    await service.query('{ community(code: "440303001001") { assistance { persons } } }');
    const few = await countStatements(() => service.query(block(5)));
    const many = await fewestStatements(() => service.query(block(50)));
    expect(many.result.errors).toBeUndefined();
    expect(few.statements.length).toBeGreaterThan(15);
    expect(many.statements.length).toBeLessThanOrEqual(few.statements.length + splitBatches);
  });
});

describe('how many are assisted', () => {
  test('is told of places where nobody can be found, and of no others', async () => {
    const { data } = await service.query(
      '{ districts { assistance { persons suppressed byKind { count } } streets { assistance { persons suppressed byKind { count } } } } }',
    );
    const places = data.districts.flatMap(({ assistance, streets }: any) => [
      assistance,
      ...streets.map((street: any) => street.assistance),
    ]);
    const told = places.filter(({ persons }: any) => persons !== null);
    expect(told.length).toBeGreaterThan(0);
    expect(places.length).toBeGreaterThan(told.length);
    for (const { persons, byKind, suppressed } of places) {
      for (const count of [persons, ...byKind.map((kind: any) => kind.count)]) {
        expect(count === null || count === 0 || count >= 5).toBe(true);
      }
      expect(byKind.every((kind: any) => (kind.count === null) === suppressed)).toBe(true);
    }
  });
});

describe('the time bank', () => {
  test('issued what was redeemed and what is held, and balances are the sums of entries', async () => {
    const { data } = await service.query('{ timeBankTotals { issued redeemed held } }');
    expect(data.timeBankTotals.issued).toBeGreaterThan(0);
    expect(data.timeBankTotals.issued).toBe(data.timeBankTotals.redeemed + data.timeBankTotals.held);
    expect(
      await mistakes(`SELECT id FROM time_bank_account a
        WHERE balance <> (SELECT coalesce(sum(minutes), 0) FROM time_bank_entry e WHERE e.account_id = a.id)`),
    ).toEqual([]);
  });

  const insert = (entries: string) =>
    database.query(`INSERT INTO time_bank_entry (id, transfer_id, account_id, kind, minutes, balance, at, note)
      SELECT v.transfer || v.side, v.transfer, v.account, 'TRANSFERRED', v.minutes, 0, now(), 'x'
      FROM (VALUES ${entries}) AS v(transfer, side, account, minutes)`);

  test('refuses in the database itself what would make or lose hours, whoever writes', async () => {
    const { rows } = await database.query(
      "SELECT id FROM time_bank_account WHERE kind = 'PERSONAL' ORDER BY id LIMIT 2",
    );
    const [one, other] = rows.map(({ id }) => id as string);
    await expect(insert(`('lost', 'a', '${one}', -10), ('lost', 'b', '${other}', 9)`)).rejects.toThrow('sum to zero');
    await expect(insert(`('half', 'a', '${one}', 0)`)).rejects.toThrow('sum to zero');
    await expect(insert(`('gone', 'a', '${one}', -10), ('gone', 'b', 'nobody', 10)`)).rejects.toThrow('not there');
    await expect(insert(`('over', 'a', '${one}', -100000), ('over', 'b', '${other}', 100000)`)).rejects.toThrow(
      'below zero',
    );
    await expect(database.query('UPDATE time_bank_entry SET minutes = 0')).rejects.toThrow('never changed');
    await expect(database.query('DELETE FROM time_bank_entry')).rejects.toThrow('never changed');
  });
});
