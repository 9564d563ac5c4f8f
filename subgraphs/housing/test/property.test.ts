import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoCommunity } from '@linli/kit/population/places';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { plan } from '@linli/schema/plan';
import { Client } from 'pg';
import { carried, hasQuorum } from '../src/votes/decision.js';
import { publishedTally } from '../src/votes/publication.js';
import { receiptsRoot } from '../src/votes/receipts.js';
import { subgraph } from '../src/subgraph.js';
import { readAll } from './read-all.js';

const residents = 3000;

let service: TestSubgraph;
let database: Client;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents });
  database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
}, 120_000);

afterAll(async () => {
  await database.end();
  await service.close();
});

async function numberOf(sql: string): Promise<number> {
  return Number((await database.query(sql)).rows[0].count);
}

describe('property service', () => {
  test('the companies employ as many people as the plan counts, each with a code of its own', async () => {
    const companies = await readAll(
      service,
      'propertyCompanies',
      '',
      'name creditCode employees grade listing listingYear',
    );
    const employees = companies.reduce((sum, company) => sum + company.employees, 0);
    expect(employees).toBe(plan.facts.find(({ name }) => name === '物业服务企业从业人员')!.value);
    expect(new Set(companies.map(({ creditCode }) => creditCode)).size).toBe(companies.length);
    expect(new Set(companies.map(({ name }) => name)).size).toBe(companies.length);
    for (const { name, listing, listingYear, grade } of companies) {
      expect(name).toContain('例');
      expect(listingYear === null).toBe(listing === 'NONE');
      if (listing !== 'NONE') expect(grade).toBe(listing === 'INCENTIVE' ? 'A' : 'D');
    }
  });

  test('a list filters companies, with the search', async () => {
    const risky = await readAll(service, 'propertyCompanies', 'listing: RISK', 'id name listing');
    expect(risky.length).toBeGreaterThan(0);
    expect(risky.every(({ listing }) => listing === 'RISK')).toBe(true);
    const { id, name } = risky[0];
    expect(await readAll(service, 'propertyCompanies', `listing: RISK, search: "${name}"`, 'id')).toEqual([{ id }]);
    const { data } = await service.query(
      `{ propertyCompany(id: "${id}") { name } none: propertyCompany(id: "x") { name } }`,
    );
    expect(data).toEqual({ propertyCompany: { name }, none: null });
  });

  test('every building stands in one project of its own community', async () => {
    expect(
      await numberOf(
        'SELECT count(*) FROM building b LEFT JOIN property_project p ON p.id = b.project_id AND p.community_code = b.community_code WHERE p.id IS NULL',
      ),
    ).toBe(0);
    const projects = await readAll(
      service,
      'propertyProjects',
      'place: "440303001"',
      'id buildings(first: 1) { totalCount }',
    );
    for (const { buildings } of projects) {
      expect(buildings.totalCount).toBeGreaterThan(0);
      expect(buildings.totalCount).toBeLessThanOrEqual(10);
    }
    const found = await readAll(service, 'propertyProjects', 'place: "4403", search: "大塘龙"', 'id');
    expect(found.map(({ id }) => id)).toContain(`project-${demoCommunity}-1`);
  });

  test("the demo family's estate shows a committee, votes, renovation and idle premises", async () => {
    const { data } = await service.query(
      `{ propertyProject(id: "project-${demoCommunity}-1") { satisfaction ownersCommittee { kind termEndsOn satisfaction }
          votes { nodes { state inFavour suppressed } } open: votes(state: OPEN) { totalCount } renovations { kind } }
         _entities(representations: [{ __typename: "Community", code: "${demoCommunity}" }]) {
          ... on Community { idlePremises { totalCount nodes { suggestedUse location } } } } }`,
    );
    expect(data.propertyProject).toMatchObject({
      satisfaction: expect.any(Number),
      ownersCommittee: {
        kind: 'OWNERS_COMMITTEE',
        termEndsOn: expect.any(String),
        satisfaction: expect.any(Number),
      },
      votes: {
        nodes: [
          { state: 'PASSED', inFavour: expect.any(Number), suppressed: false },
          { state: 'OPEN', inFavour: null, suppressed: false },
          { state: 'OPEN', inFavour: null, suppressed: false },
        ],
      },
      open: { totalCount: 2 },
      renovations: [{ kind: 'BASIC' }, { kind: 'IMPROVEMENT' }, { kind: 'UPGRADE' }],
    });
    expect(data._entities[0].idlePremises.totalCount).toBeGreaterThan(0);
  });

  test('votes are decided by the rule, and have no tally before', async () => {
    const { rows } = await database.query('SELECT * FROM owners_vote');
    const states = new Set(rows.map(({ state }) => state));
    expect([...states].sort()).toEqual(['OPEN', 'PASSED', 'REJECTED', 'SCHEDULED']);
    for (const { state, tally, kind, majority, ...row } of rows) {
      if (state === 'OPEN' || state === 'SCHEDULED') {
        expect([tally, row.chosen, row.voted || null]).toEqual([[], null, null]);
        continue;
      }
      const voted = tally.reduce((sum: number, each: number) => sum + each, 0);
      expect(Math.min(...tally)).toBeGreaterThanOrEqual(0);
      expect(row.voted).toBe(voted);
      expect(voted).toBeLessThanOrEqual(row.eligible);
      const turnout = { eligible: row.eligible, voted, eligibleAreaM2: null, votedAreaM2: null };
      expect(row.chosen).toBe(hasQuorum(turnout) ? carried(tally, { kind, majority }) : null);
      expect(state).toBe(row.chosen === null ? 'REJECTED' : 'PASSED');
    }
  });

  test('of every vote that much of its tally is told as does not tell how somebody voted', async () => {
    const { rows } = await database.query('SELECT id, tally FROM owners_vote ORDER BY id LIMIT 1000');
    const { data } = await service.query(
      `query ($r: [_Any!]!) { _entities(representations: $r) {
        ... on OwnersVote { inFavour against abstained suppressed options { homes } } } }`,
      { r: rows.map(({ id }) => ({ __typename: 'OwnersVote', id })) },
    );
    expect(data._entities).toEqual(
      rows.map(({ tally }) => {
        const { homes, suppressed } = publishedTally(tally, 5);
        const [inFavour, against, abstained] = homes ?? [null, null, null];
        const options = [inFavour, against, abstained].map((each) => ({ homes: each }));
        return { inFavour, against, abstained, suppressed, options };
      }),
    );
    const published = data._entities.filter(({ inFavour }: { inFavour: number | null }) => inFavour !== null);
    expect(published.length).toBeGreaterThan(0);
    expect(data._entities.some(({ suppressed }: { suppressed: boolean }) => suppressed)).toBe(true);
  });
});

describe('ballots', () => {
  test('a tally is what the ballots of its vote come to, and an undecided vote has none', async () => {
    expect(
      await numberOf(
        `SELECT count(*) FROM owners_vote v LEFT JOIN (
           SELECT vote_id, ARRAY[count(*) FILTER (WHERE option = 1), count(*) FILTER (WHERE option = 2),
             count(*) FILTER (WHERE option = 3)]::int[] AS tally FROM owners_ballot GROUP BY 1) b ON b.vote_id = v.id
         WHERE v.tally IS DISTINCT FROM coalesce(b.tally, '{}')`,
      ),
    ).toBe(0);
    expect(await numberOf('SELECT count(*) FROM owners_ballot')).toBeGreaterThan(1000);
  });

  test('a decided vote can be counted anew from its receipts, and an open one shows none', async () => {
    const { data } = await service.query(
      `{ propertyProject(id: "project-${demoCommunity}-1") { votes { nodes {
          inFavour against abstained receiptsRoot receipts(first: 200) { totalCount nodes { receipt option } } } } } }`,
    );
    const [decided, open] = data.propertyProject.votes.nodes;
    const { nodes } = decided.receipts;
    const counted = [1, 2, 3].map(
      (wanted) => nodes.filter(({ option }: { option: number }) => option === wanted).length,
    );
    expect(counted).toEqual([decided.inFavour, decided.against, decided.abstained]);
    expect(receiptsRoot(nodes, false)).toBe(decided.receiptsRoot);
    expect(nodes.map(({ receipt }: { receipt: string }) => receipt)).toEqual(
      nodes.map(({ receipt }: { receipt: string }) => receipt).sort(),
    );
    expect(open).toMatchObject({ receiptsRoot: null, receipts: { totalCount: 0, nodes: [] } });
  });

  test('where the tally is withheld, receipts are shown without their options', async () => {
    const { rows } = await database.query(
      `SELECT id FROM owners_vote WHERE cardinality(tally) > 0 AND tally[3] BETWEEN 1 AND 4 LIMIT 1`,
    );
    const { data } = await service.query(
      `query ($id: ID!) { ownersVote(id: $id) { suppressed voted receiptsRoot
        receipts(first: 200) { totalCount nodes { receipt option } } } }`,
      { id: rows[0].id },
    );
    const { suppressed, voted, receipts, receiptsRoot: root } = data.ownersVote;
    expect(suppressed).toBe(true);
    expect(receipts.totalCount).toBe(voted);
    expect(receipts.nodes.every(({ option }: { option: number | null }) => option === null)).toBe(true);
    expect(receiptsRoot(receipts.nodes, true)).toBe(root);
  });

  test('a ballot holds nothing that leads to a voter, and no time', async () => {
    const { fields } = await database.query('SELECT * FROM owners_ballot LIMIT 0');
    expect(fields.map(({ name }) => name).sort()).toEqual(['option', 'receipt', 'vote_id']);
    const roll = await database.query('SELECT * FROM owners_vote_roll LIMIT 0');
    expect(roll.fields.map(({ name }) => name).sort()).toEqual(['area_m2', 'unit_code', 'vote_id', 'voted']);
  });

  test('ballots of a decided vote can neither be changed nor taken out', async () => {
    await expect(database.query('UPDATE owners_ballot SET option = 1')).rejects.toThrow('append-only');
    await expect(database.query('DELETE FROM owners_ballot')).rejects.toThrow('append-only');
  });
});

describe('hazards and renovation', () => {
  test('hazards filter by fixed and due day, and the two halves make the whole', async () => {
    const place = 'place: "440303"';
    const all = await readAll(service, 'safetyInspections', place, 'id foundOn dueOn fixedOn community { code }');
    const fixed = await readAll(service, 'safetyInspections', `${place}, fixed: true`, 'id fixedOn');
    const open = await readAll(service, 'safetyInspections', `${place}, fixed: false`, 'id fixedOn');
    expect(fixed.length).toBeGreaterThan(0);
    expect(open.length).toBeGreaterThan(0);
    expect([...fixed, ...open].map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id));
    expect(open.every(({ fixedOn }) => fixedOn === null)).toBe(true);
    for (const { foundOn, dueOn, fixedOn, community } of all) {
      expect(dueOn > foundOn).toBe(true);
      if (fixedOn) expect(fixedOn > foundOn).toBe(true);
      expect(community.code).toMatch(/^440303/);
    }
    const due = await readAll(service, 'safetyInspections', `${place}, dueBefore: "2025-01-01"`, 'id');
    expect(due.map(({ id }) => id)).toEqual(all.filter(({ dueOn }) => dueOn < '2025-01-01').map(({ id }) => id));
    expect(due.length).toBeGreaterThan(0);
  });

  test('open hazards of an estate are those listed without a day of repair', async () => {
    const projects = await readAll(
      service,
      'propertyProjects',
      'place: "440303001"',
      'openHazards safetyInspections(first: 200) { nodes { fixedOn } }',
    );
    for (const { openHazards, safetyInspections } of projects) {
      expect(openHazards).toBe(
        safetyInspections.nodes.filter(({ fixedOn }: { fixedOn: string | null }) => fixedOn === null).length,
      );
    }
    expect(projects.some(({ openHazards }) => openHazards > 0)).toBe(true);
  });

  test('only old estates are renovated, each at most once in a way', async () => {
    const renovations = await readAll(
      service,
      'renovations',
      'place: "4403", kind: BASIC',
      'kind year project { id buildings(first: 1) { nodes { oldEstate } } }',
    );
    expect(renovations.length).toBeGreaterThan(50);
    for (const { kind, project } of renovations) {
      expect(kind).toBe('BASIC');
      expect(project.buildings.nodes[0].oldEstate).toBe(true);
    }
    expect(new Set(renovations.map(({ project }) => project.id)).size).toBe(renovations.length);
  });
});
