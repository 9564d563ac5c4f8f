import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoCommunity } from '@linli/kit/population/places';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { publishedRating } from '../src/ratings.js';
import { inspectionsPerYear, nextInspectionOn } from '../src/supervision.js';
import { subgraph } from '../src/subgraph.js';
import { readAll } from './read-all.js';

let service: TestSubgraph;
let database: Client;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 3000 });
  database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
}, 120_000);

afterAll(async () => {
  await database.end();
  await service.close();
});

describe('credit lists', () => {
  test('the lists of two years are there, the latest naming those that are listed now', async () => {
    const { data } = await service.query(
      `{ creditLists { year version } creditList(year: 2024) { publishedOn
          entries(first: 200, subject: COMPANY) { totalCount nodes { listing company { id listing grade } project { id } } } }
         none: creditList(year: 1999) { year } }`,
    );
    expect(data.creditLists.map(({ year }: { year: number }) => year)).toEqual([2024, 2023]);
    expect(data.none).toBeNull();
    const listed = await readAll(service, 'propertyCompanies', '', 'id listing');
    expect(data.creditList.entries.totalCount).toBe(listed.filter(({ listing }) => listing !== 'NONE').length);
    for (const { listing, company, project } of data.creditList.entries.nodes) {
      expect(company.listing).toBe(listing);
      expect(project).toBeNull();
    }
  });

  test('a company on the risk list is inspected more often than one on none, and that more often than one on the incentive list', () => {
    expect(inspectionsPerYear('RISK')).toBeGreaterThan(inspectionsPerYear('NONE'));
    expect(inspectionsPerYear('NONE')).toBeGreaterThan(inspectionsPerYear('INCENTIVE'));
    expect(inspectionsPerYear('INCENTIVE', 'RISK')).toBe(inspectionsPerYear('RISK'));
  });

  test('the next inspection of an estate is due by how often it is inspected', async () => {
    const projects = await readAll(
      service,
      'propertyProjects',
      'place: "440303001"',
      'leaderListing company { listing } inspectionsPerYear lastInspectedOn nextInspectionOn',
    );
    expect(projects.length).toBeGreaterThan(0);
    for (const project of projects) {
      expect(project.inspectionsPerYear).toBe(inspectionsPerYear(project.company.listing, project.leaderListing));
      const next = nextInspectionOn(new Date(project.lastInspectedOn), project.inspectionsPerYear);
      expect(project.nextInspectionOn).toBe(next.toISOString().slice(0, 10));
    }
  });
});

describe('ratings', () => {
  test('are published where five homes and more did not all give the same', () => {
    const of = (...stars: number[]) => publishedRating({ year: 2024, target: 'PROPERTY_SERVICE', stars }, 5);
    expect(of(0, 0, 0, 1, 4)).toMatchObject({ homes: 5, satisfaction: 96, suppressed: false });
    expect(of(0, 0, 0, 1, 3)).toMatchObject({ homes: null, satisfaction: null, suppressed: true });
    expect(of(0, 0, 0, 0, 9)).toMatchObject({ homes: null, satisfaction: null, suppressed: true });
  });

  test('of a year that is not over are not told', async () => {
    const project = `project-${demoCommunity}-1`;
    const ask = () => service.query(`{ propertyProject(id: "${project}") { satisfaction ratings { year homes } } }`);
    const before = await ask();
    expect(before.data.propertyProject.ratings.map(({ year }: { year: number }) => year)).toEqual([2024, 2023]);
    const now = new Date().getFullYear();
    await database.query(`INSERT INTO rating_tally VALUES ($1, $2, 'PROPERTY_SERVICE', '{9,9,0,0,0}')`, [project, now]);
    expect((await ask()).data).toEqual(before.data);
  });
});

describe('what estates publish and offer', () => {
  test("the demo family's estate has something of everything", async () => {
    const { data, errors } = await service.query(
      `{ propertyProject(id: "project-${demoCommunity}-1") { leaderListing assessment { year green complete within15Minutes }
          accounts { totalCount nodes { quarter commonIncome } } servicePoints { nodes { kind } }
          parkingLots { nodes { spaces freeSpaces } } edgeDevices { nodes { kind status location } }
          inspectionRounds { nodes { state } } repairRequests { totalCount } ownersCommittee { ratings { year } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.propertyProject).toMatchObject({
      leaderListing: 'INCENTIVE',
      assessment: { year: 2024, green: true, complete: true, within15Minutes: true },
      accounts: { totalCount: 4 },
      inspectionRounds: { nodes: [{ state: 'DONE' }, { state: 'PLANNED' }] },
    });
    expect(data.propertyProject.servicePoints.nodes).toHaveLength(4);
    expect(data.propertyProject.edgeDevices.nodes).toHaveLength(3);
    expect(data.propertyProject.repairRequests.totalCount).toBeGreaterThan(0);
  });

  test('car parks filter by free and charging places, and never have more free ones than there are', async () => {
    const all = await readAll(service, 'parkingLots', 'place: "4403"', 'id spaces freeSpaces chargingSpaces');
    const full = await readAll(service, 'parkingLots', 'place: "4403", free: false', 'id');
    const charging = await readAll(service, 'parkingLots', 'place: "4403", charging: true', 'id');
    expect(full.map(({ id }) => id)).toEqual(all.filter(({ freeSpaces }) => freeSpaces === 0).map(({ id }) => id));
    expect(charging.map(({ id }) => id)).toEqual(
      all.filter(({ chargingSpaces }) => chargingSpaces > 0).map(({ id }) => id),
    );
    expect(all.every(({ spaces, freeSpaces }) => freeSpaces >= 0 && freeSpaces <= spaces)).toBe(true);
  });

  test.each([
    ['edgeDevices', 'place: "4403", status: OFFLINE', 'status', 'OFFLINE'],
    ['edgeDevices', 'place: "4403", kind: GAS_DETECTOR', 'kind', 'GAS_DETECTOR'],
    ['inspectionRounds', 'place: "4403", state: DONE', 'state', 'DONE'],
    ['safetyInspections', 'place: "4403", state: CLOSED', 'state', 'CLOSED'],
    ['propertyServicePoints', 'kind: ELDER_CARE', 'kind', 'ELDER_CARE'],
    ['propertyAccounts', 'year: 2024', 'year', 2024],
    ['leaseFilings', 'place: "4403", state: FILED', 'state', 'FILED'],
    ['repairRequests', 'place: "4403", category: PLUMBING', 'category', 'PLUMBING'],
    ['accessibilityWorks', 'place: "4403", state: APPLIED', 'state', 'APPLIED'],
    ['idlePremises', 'state: AVAILABLE', 'state', 'AVAILABLE'],
    ['ownersVotes', 'state: REJECTED', 'state', 'REJECTED'],
    ['renovations', 'state: COMPLETED', 'state', 'COMPLETED'],
    ['buildings', 'pipedGas: false', 'pipedGas', false],
    ['buildings', 'accessible: true', 'accessible', true],
  ])('%s with %s are such', async (list, filter, field, value) => {
    const rows = await readAll(service, list, `, ${filter}`, field);
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row[field]))).toEqual(new Set([value]));
  });

  test('floor areas for indicator 2 are parts of the whole, and assessments are counted by estate', async () => {
    const { data } = await service.query(
      `{ _entities(representations: [{ __typename: "Community", code: "${demoCommunity}" }]) { ... on Community {
          housingSummary { floorAreaM2 commercialAreaM2 serviceAreaM2 commercialServicePercent estates greenEstates
            completeEstates estatesWithin15Minutes } } } }`,
    );
    const { housingSummary: summary } = data._entities[0];
    const { rows } = await database.query(
      `SELECT sum(area_m2)::int AS total, sum(service_area_m2)::int AS service FROM building WHERE community_code = $1`,
      [demoCommunity],
    );
    expect(summary.floorAreaM2).toBe(rows[0].total);
    expect(summary.serviceAreaM2).toBe(rows[0].service);
    expect(summary.serviceAreaM2).toBeGreaterThan(0);
    const percent = ((summary.commercialAreaM2 + summary.serviceAreaM2) / summary.floorAreaM2) * 100;
    expect(summary.commercialServicePercent).toBeCloseTo(percent, 2);
    expect(summary.greenEstates).toBeGreaterThan(0);
    expect(summary.greenEstates).toBeLessThanOrEqual(summary.estates);
  });
});

describe('homes and their cases', () => {
  const demo = { subject: { residentId: 'demo-resident' }, standing: { household: [], wards: [] } };

  test('the demo family owns a home, has a filed lease, a repair and works for the elder', async () => {
    const { data, errors } = await service.query(
      `{ _entities(representations: [{ __typename: "Resident", id: "demo-resident" }, { __typename: "Resident", id: "demo-elder" }]) {
          ... on Resident { id ownerships { unitCode owners { id } voted(id: "vote-project-${demoCommunity}-1-3") unit { address } }
            leaseFilings { nodes { state expired monthlyRent steps { state } tenant { id } } }
            repairRequests { nodes { state steps { state } } } accessibilityWorks { nodes { state items } } } } }`,
    );
    expect(errors).toBeUndefined();
    const [resident, elder] = data._entities;
    expect(resident.ownerships.length).toBeGreaterThan(0);
    expect(resident.ownerships[0]).toMatchObject({ owners: [{ id: 'demo-resident' }], voted: false });
    // An owner who lives elsewhere sees nothing of the home but its code, with which they vote.
    const asOwner = await service.query(
      '{ _entities(representations: [{ __typename: "Resident", id: "demo-resident" }]) { ... on Resident { ownerships { unitCode unit { code } } } } }',
      {},
      { ...demo, scope: { UnitOwnership: ['self'], HousingUnit: ['self'] } },
    );
    expect(asOwner.data._entities[0].ownerships).toEqual(
      resident.ownerships.map(({ unitCode }: { unitCode: string }) => ({ unitCode, unit: null })),
    );
    expect(resident.leaseFilings.nodes).toMatchObject([{ state: 'FILED', steps: [{ state: 'FILED' }] }]);
    expect(resident.repairRequests.nodes).toMatchObject([{ state: 'REPORTED', steps: [{ state: 'REPORTED' }] }]);
    expect(elder.accessibilityWorks.nodes).toMatchObject([{ state: 'APPLIED', items: ['HANDRAIL', 'ANTI_SLIP'] }]);
  });

  test('a filed lease is the same as the tenancy behind it', async () => {
    const { rows } = await database.query(
      `SELECT count(*)::int AS count FROM lease_filing f LEFT JOIN tenancy t ON t.id = f.tenancy_id
         AND t.unit_code = f.unit_code AND t.household_id = f.household_id AND t.tenant_id = f.tenant_id
         AND t.ends_on = f.ends_on AND t.monthly_rent = f.monthly_rent WHERE t.id IS NULL`,
    );
    expect(rows[0].count).toBe(0);
  });

  test('every home of the demo estate has one owner, and every open vote a roll of its homes and an empty box', async () => {
    const { rows } = await database.query(
      `SELECT v.id, v.eligible, v.eligible_area_m2 AS area, count(r.*)::int AS homes, sum(r.area_m2)::int AS sum,
         bool_or(r.voted) AS voted, b.ballots FROM owners_vote v
       LEFT JOIN owners_vote_roll r ON r.vote_id = v.id LEFT JOIN owners_vote_box b ON b.vote_id = v.id
       WHERE v.state = 'OPEN' GROUP BY v.id, b.vote_id`,
    );
    expect(rows.length).toBeGreaterThan(1);
    for (const { eligible, area, homes, sum, voted, ballots } of rows) {
      expect([homes, sum, voted, ballots]).toEqual([eligible, area, false, []]);
    }
    const unowned = await database.query(
      `SELECT r.unit_code FROM owners_vote_roll r LEFT JOIN unit_ownership o USING (unit_code)
       WHERE r.vote_id = 'vote-project-${demoCommunity}-1-3' AND o.id IS NULL`,
    );
    expect(unowned.rows).toEqual([]);
  });

  test('the course of a case is never rewritten', async () => {
    await expect(database.query(`UPDATE case_step SET state = 'X'`)).rejects.toThrow('append-only');
    await expect(database.query('DELETE FROM case_step')).rejects.toThrow('append-only');
  });

  test('a resident sees their own repairs and no others', async () => {
    const { data } = await service.query(
      '{ repairRequests(place: "4403") { totalCount nodes { reporter { id } } } }',
      {},
      { ...demo, scope: { RepairRequest: ['self'] } },
    );
    expect(data.repairRequests).toMatchObject({ totalCount: 1, nodes: [{ reporter: { id: 'demo-resident' } }] });
  });
});
