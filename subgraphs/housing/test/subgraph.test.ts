import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { households } from '@linli/kit/population/households';
import { demoCommunity } from '@linli/kit/population/places';
import { defaultSeed } from '@linli/kit/seeding/seed';
import { compareWithPrismaSchema } from '@linli/kit/testing/catalogue';
import { countStatements, fewestStatements, splitBatches } from '@linli/kit/testing/statements';
import { testSubgraph, type Answer, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { geography } from '@linli/schema/geography';
import { subgraph } from '../src/subgraph.js';

const residents = 3000;

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph({ ...subgraph, jobs: [] }, { residents });
});

afterAll(() => service.close());

test('migrations make exactly what schema.prisma describes', async () => {
  const schema = fileURLToPath(new URL('../prisma', import.meta.url));
  const { migrated, described } = await compareWithPrismaSchema(service.databaseUrl, schema);
  expect(described.length).toBeGreaterThan(50);
  expect(migrated).toEqual(described);
});

describe('statements', () => {
  const entities = (typename: string, keys: object[], selection: string) =>
    service.query(
      `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on ${typename} { ${selection} } } }`,
      { r: keys.map((key) => ({ __typename: typename, ...key })) },
    );

  /** The demo community first: it has one of everything, so that no list of the small page is empty. */
  const communities = (count: number) => {
    const codes = geography.communities.map(({ code }) => code).filter((code) => code !== demoCommunity);
    return [demoCommunity, ...codes.slice(0, count - 1)].map((code) => ({ code }));
  };

  const population = [...households({ residents, seed: defaultSeed })];
  const householdKeys = (count: number) => population.slice(0, count).map(({ id }) => ({ id }));

  const page = (list: string) => (count: number, selection: string) =>
    service.query(`{ ${list.includes('(') ? list : `${list}(`} first: ${count}) { nodes { ${selection} } } }`);
  const parents = {
    Community: (count: number, selection: string) => entities('Community', communities(count), selection),
    Household: (count: number, selection: string) => entities('Household', householdKeys(count), selection),
    Building: page('buildings'),
    PropertyCompany: page('propertyCompanies'),
    PropertyProject: page('propertyProjects'),
    SafetyInspection: page('safetyInspections(place: "4403"'),
    Renovation: page('renovations'),
    Resident: (count: number, selection: string) =>
      entities(
        'Resident',
        population.slice(0, count).map(({ members }) => ({ id: members[0]!.id })),
        selection,
      ),
    OwnersVote: page('ownersVotes'),
    ParkingLot: page('parkingLots'),
    EdgeDevice: page('edgeDevices(place: "4403"'),
    InspectionRound: page('inspectionRounds(place: "4403"'),
    LeaseFiling: page('leaseFilings(place: "4403"'),
    PropertyAccount: page('propertyAccounts'),
    IdlePremises: page('idlePremises'),
  };

  test.each<[keyof typeof parents, string]>([
    ['Community', 'housingSummary { units }'],
    ['Community', 'buildings(first: 5) { totalCount nodes { name } }'],
    ['Community', 'propertyProjects(first: 5) { totalCount nodes { name } }'],
    ['Community', 'idlePremises(first: 5) { totalCount nodes { building { name } community { code } } }'],
    ['Household', 'tenancy { unit { address } tenant { id } }'],
    ['Household', 'dwelling { building { name } }'],
    ['Building', 'project { name }'],
    ['Building', 'units(first: 5) { totalCount nodes { building { name } } }'],
    ['Building', 'units(first: 5, occupied: true) { totalCount nodes { tenancy { household { id } } } }'],
    ['Building', 'units(first: 5) { nodes { safetyInspections(first: 5) { totalCount nodes { hazard } } } }'],
    ['Building', 'safetyInspections(first: 5) { totalCount nodes { hazard } }'],
    ['PropertyCompany', 'projects(first: 5) { totalCount nodes { name } }'],
    ['PropertyProject', 'company { name }'],
    ['PropertyProject', 'buildings(first: 5) { totalCount nodes { name } }'],
    ['PropertyProject', 'ownersCommittee { project { name } }'],
    ['PropertyProject', 'votes(first: 5) { totalCount nodes { project { name } } }'],
    ['PropertyProject', 'safetyInspections(first: 5) { totalCount nodes { hazard } }'],
    ['PropertyProject', 'openHazards'],
    ['PropertyProject', 'renovations { project { name } }'],
    ['PropertyProject', 'ratings { year satisfaction } satisfaction assessment { green project { name } }'],
    ['PropertyProject', 'leaderListing leaderGrade inspectionsPerYear lastInspectedOn nextInspectionOn'],
    ['PropertyProject', 'accounts(first: 5) { totalCount nodes { project { name } } }'],
    ['PropertyProject', 'servicePoints(first: 5) { totalCount nodes { community { code } } }'],
    ['PropertyProject', 'parkingLots(first: 5) { nodes { freeSpaces } } edgeDevices(first: 5) { nodes { kind } }'],
    ['PropertyProject', 'inspectionRounds(first: 5) { nodes { hazards(first: 5) { totalCount } } }'],
    ['PropertyProject', 'repairRequests(first: 5) { totalCount nodes { steps { state } } }'],
    ['PropertyProject', 'ownersCommittee { satisfaction ratings { homes } }'],
    ['PropertyCompany', 'inspectionsPerYear creditEntries(first: 5) { totalCount nodes { project { name } } }'],
    ['Community', 'parkingLots(first: 5) { totalCount } edgeDevices(first: 5) { totalCount nodes { kind } }'],
    ['Community', 'propertyServicePoints(first: 5) { totalCount nodes { kind } }'],
    ['Resident', 'ownerships { unit { code } owners { id } voted(id: "vote-project-440303001001-1-3") }'],
    ['Resident', 'leaseFilings(first: 5) { totalCount nodes { steps { state } unit { code } tenant { id } } }'],
    ['Resident', 'accessibilityWorks(first: 5) { totalCount } repairRequests(first: 5) { nodes { project { name } } }'],
    ['OwnersVote', 'options { homes } receipts(first: 5) { totalCount nodes { option } } receiptsRoot'],
    ['OwnersVote', 'receiptProof(id: "0") { hash }'],
    ['ParkingLot', 'project { name }'],
    ['EdgeDevice', 'building { name } project { name }'],
    ['InspectionRound', 'project { name } hazards(first: 5) { totalCount }'],
    ['LeaseFiling', 'unit { code } steps { state at }'],
    ['PropertyAccount', 'project { name }'],
    ['IdlePremises', 'building { name } proposals(first: 5) { totalCount }'],
    ['SafetyInspection', 'round { state } steps { state }'],
    ['SafetyInspection', 'building { name }'],
    ['SafetyInspection', 'unit { floor }'],
    ['Renovation', 'project { name } community { code }'],
  ])('60 of %s take as many as 15 for %s', async (parent, selection) => {
    const ask = parents[parent];
    const few = await countStatements(() => ask(15, selection));
    const many = await fewestStatements(() => ask(60, selection));
    expect(many.result.errors).toBeUndefined();
    const [found] = Object.values<Answer['data']>(many.result.data);
    expect(found.nodes ?? found).toHaveLength(60);
    expect(many.statements.length).toBeLessThanOrEqual(few.statements.length + splitBatches);
  });

  test('a deep operation takes at most three for each of its fields, however many rows it has', async () => {
    const inspection = 'hazard building { name } unit { floor building { code } }';
    const project = `name company { name projects(first: 3) { nodes { name } } } ownersCommittee { project { name } }
      buildings(first: 3) { totalCount nodes { name } } votes(first: 3) { nodes { project { name } } } openHazards
      safetyInspections(first: 3) { totalCount nodes { ${inspection} } } renovations { project { name } }`;
    const selection = `housingSummary { units } idlePremises(first: 5) { nodes { building { name } } }
      propertyProjects(first: 5) { totalCount nodes { ${project} } }
      buildings(first: 5) { totalCount nodes { project { ${project} } safetyInspections(first: 3) { nodes { ${inspection} } }
        units(first: 3) { totalCount nodes { tenancy { unit { code } } building { name } } } } }`;
    const { result, statements } = await countStatements(() => entities('Community', communities(100), selection));
    expect(result.errors).toBeUndefined();
    const fields = selection.match(/\w+(\([^)]*\))? \{|openHazards/g)!.filter((field) => field !== 'nodes {');
    expect(statements.length).toBeGreaterThan(20);
    expect(statements.length).toBeLessThanOrEqual(fields.length * 3);
  });

  test('entities of every type are looked up together, in the order asked, and are null where there is none', async () => {
    const { data } = await service.query(
      `{ buildings(first: 2) { nodes { code units(first: 2) { nodes { code tenancy { id } } } } }
         propertyCompanies(first: 2) { nodes { id } } safetyInspections(place: "4403", first: 2) { nodes { id } }
         propertyProject(id: "project-${demoCommunity}-1") { ownersCommittee { id } votes { nodes { id } } renovations { id } }
         propertyProjects(first: 2) { nodes { id } } }`,
    );
    const project = data.propertyProject;
    const keys: [string, string, string[]][] = [
      ['Building', 'code', data.buildings.nodes.map((each: { code: string }) => each.code)],
      ['HousingUnit', 'code', data.buildings.nodes[0].units.nodes.map((each: { code: string }) => each.code)],
      ['Tenancy', 'id', [data.buildings.nodes[0].units.nodes[0].tenancy.id]],
      ['PropertyCompany', 'id', data.propertyCompanies.nodes.map((each: { id: string }) => each.id)],
      ['PropertyProject', 'id', data.propertyProjects.nodes.map((each: { id: string }) => each.id)],
      ['OwnersCommittee', 'id', [project.ownersCommittee.id]],
      ['OwnersVote', 'id', project.votes.nodes.map((each: { id: string }) => each.id)],
      ['SafetyInspection', 'id', data.safetyInspections.nodes.map((each: { id: string }) => each.id)],
      ['Renovation', 'id', project.renovations.map((each: { id: string }) => each.id)],
    ];
    for (const [typename, key, values] of keys) {
      const wanted = [...values, 'nothing'].reverse();
      const { result, statements } = await countStatements(() =>
        entities(
          typename,
          wanted.map((value) => ({ [key]: value })),
          key,
        ),
      );
      expect(result.errors).toBeUndefined();
      expect(result.data._entities.map((each: Record<string, string> | null) => each?.[key] ?? null)).toEqual(
        wanted.map((value) => (value === 'nothing' ? null : value)),
      );
      expect(statements).toHaveLength(1);
    }
  });

  test('a household or community that housing does not know gets null, not an error', async () => {
    const household = await entities('Household', [{ id: 'unknown' }], 'id tenancy { id } dwelling { code }');
    expect(household.data._entities).toMatchObject([{ id: 'unknown', tenancy: null, dwelling: null }]);
    const community = await entities(
      'Community',
      [{ code: '440303999999' }],
      'housingSummary { units } buildings { totalCount nodes { code } }',
    );
    expect(community.data._entities).toMatchObject([{ housingSummary: null, buildings: { totalCount: 0, nodes: [] } }]);
  });
});

describe('bad input', () => {
  test.each([
    ['{ buildings(first: 201) { totalCount } }', 'PAGE_TOO_LARGE', 'between 1 and 200'],
    ['{ buildings(first: 0) { totalCount } }', 'BAD_USER_INPUT', 'between 1 and 200'],
    ['{ propertyProjects(after: "x") { totalCount } }', 'BAD_CURSOR', 'endCursor'],
    ['{ buildings(place: "44030") { totalCount } }', undefined, '4, 6, 9 or 12 digits'],
    ['{ buildings(builtBefore: 85) { totalCount } }', undefined, 'four-digit year'],
    ['{ safetyInspections(place: "4403", dueBefore: "2025-02-30") { totalCount } }', undefined, 'calendar date'],
    ['{ safetyInspections { totalCount } }', 'GRAPHQL_VALIDATION_FAILED', 'place'],
    ['{ leaseFilings { totalCount } }', 'GRAPHQL_VALIDATION_FAILED', 'place'],
    ['{ repairRequests(place: "4403", state: LOST) { totalCount } }', 'GRAPHQL_VALIDATION_FAILED', 'RepairState'],
    ['{ propertyCompanies(listing: BEST) { totalCount } }', 'GRAPHQL_VALIDATION_FAILED', 'PropertyListing'],
  ])('%s is refused with %s and what to send', async (operation, code, hint) => {
    const { errors, data } = await service.query(operation);
    expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
    expect(errors?.[0]?.message).toContain(hint);
    if (code) expect(errors?.[0]?.extensions?.code).toBe(code);
  });
});

test('only the gateway is answered', async () => {
  const operation = '{ buildings { totalCount } }';
  expect((await service.send(operation, undefined)).status).toBe(401);
  expect((await service.send(operation, await service.sign({ claims: { aud: 'health' } }))).status).toBe(401);
  expect((await service.send(operation, await service.sign())).status).toBe(200);
});
