import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { facilitiesOf } from '@linli/kit/population/facilities';
import { compareWithPrismaSchema } from '@linli/kit/testing/catalogue';
import { countStatements, fewestStatements, splitBatches } from '@linli/kit/testing/statements';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { geography } from '@linli/schema/geography';
import { subgraph } from '../src/subgraph.js';
import { entities } from './support/pages.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph({ ...subgraph, jobs: [] }, { residents: 3000 });
});

afterAll(() => service.close());

test('migrations make exactly what schema.prisma describes', async () => {
  const schema = fileURLToPath(new URL('../prisma', import.meta.url));
  const { migrated, described } = await compareWithPrismaSchema(service.databaseUrl, schema);
  expect(described.length).toBeGreaterThan(50);
  expect(migrated).toEqual(described);
});

describe('statements', () => {
  const block = `
    policePosts(first: 3) { totalCount nodes { officersAssigned officersOnDuty officers(first: 3) { totalCount nodes { name } } } }
    dutyOfficers(first: 5) { totalCount nodes { post { name officersOnDuty } } }
    shelters(first: 5) { totalCount nodes { name capacity } }
    gridCells(first: 5) { totalCount nodes { name events(first: 5, stage: ANALYSED) { totalCount nodes { title } } } }
    gridEvents(first: 5, stage: HANDLING) { totalCount nodes { grid { name events(first: 2) { nodes { id } } } } }
    warnings { text prefixes }
    emergencyPlan { title shelter { name } }
    surveillanceSites(first: 5) { totalCount nodes { kind location } }
    dutyShifts { nodes { post } } supplyStocks { nodes { item } } emergencyDrills { nodes { summary } }
    watchTeams { nodes { name trainings { nodes { topic } } } } legalHelpers { nodes { name } } fraudAlerts { title }`;
  const communities = (count: number) => geography.communities.slice(0, count).map(({ code }) => ({ code }));

  test('50 communities with everything below take as many as 5', async () => {
    const few = await countStatements(() => entities(service, 'Community', communities(5), block));
    const many = await fewestStatements(() => entities(service, 'Community', communities(50), block));
    expect(many.result.errors).toBeUndefined();
    expect(many.result.data._entities).toHaveLength(50);
    expect(few.statements.length).toBeGreaterThan(15);
    expect(many.statements.length).toBeLessThanOrEqual(few.statements.length + splitBatches);
  });

  test.each([
    ['registrations', 'resident { registration { kind } residencePermit { state holder { registration { id } } } }', 3],
    ['communityOfficers', 'post { officersAssigned officersOnDuty officers(first: 2) { nodes { badge } } }', 4],
    ['gridEvents', 'grid { name buildings events(first: 2) { totalCount nodes { title } } }', 4],
    ['policePosts', 'officersAssigned officersOnDuty officers(first: 2) { totalCount nodes { post { name } } }', 4],
    ['shelters', 'name community { emergencyPlan { shelter { name } } }', 3],
    ['warnings', 'prefixes text', 2],
    [
      'surveillanceSites',
      'kind community { gridCells { nodes { name } } } alerts { totalCount nodes { event { id } } }',
      4,
    ],
    ['shelters', 'open supplies { item shelter { id } }', 3],
    ['warnings', 'revisions { act } shelters(first: 3) { totalCount nodes { name } }', 5],
    ['gridVisits', 'due grid { name } resident { lastGridVisit { id } gridVisits { totalCount } }', 5],
    ['watchTeams', 'name trainings { totalCount nodes { team { id } } }', 4],
    ['legalHelpers', 'name freeTimes(day: "2099-01-06")', 2],
    ['dutyShifts', 'post officer { badge post { id } }', 4],
    ['supplyStocks', 'low shelter { name }', 3],
    ['emergencyDrills', 'summary community { broadcastTerminals { totalCount } }', 3],
  ])('a page of 50 %s takes as many as one of 5', async (list, selection, least) => {
    const page = (first: number) =>
      service.query(`{ ${list}(place: "4403", first: ${first}) { totalCount nodes { ${selection} } } }`);
    const few = await countStatements(() => page(5));
    const many = await fewestStatements(() => page(50));
    expect(many.result.errors).toBeUndefined();
    expect(many.result.data[list].nodes).toHaveLength(50);
    expect(few.statements.length).toBeGreaterThanOrEqual(least);
    expect(many.statements.length).toBeLessThanOrEqual(few.statements.length + splitBatches);
  });
});

describe('entities', () => {
  test.each([
    ['Facility', 'id', 'policePost { name }', () => [...facilitiesOf('POLICE_POST')].slice(0, 3).map(({ id }) => id)],
    ['Resident', 'id', 'registration { kind }', () => ['demo-resident', 'demo-spouse', 'demo-child']],
    ['PolicePost', 'id', 'name', () => [...facilitiesOf('POLICE_POST')].slice(0, 3).map(({ id }) => id)],
    ['GridCell', 'code', 'name', () => ['44030300100101', '44030300100201']],
    ['EmergencyShelter', 'id', 'name', () => ['shelter-indoor-440303001001', 'shelter-outdoor-440303001001']],
    ['EmergencyPlan', 'id', 'title', () => ['emergency-plan-440303001001', 'emergency-plan-440303001002']],
  ])('several of type %s are looked up in one statement', async (type, key, selection, keys) => {
    const { result, statements } = await countStatements(() =>
      entities(
        service,
        type,
        keys().map((value) => ({ [key]: value })),
        selection,
      ),
    );
    expect(result.errors).toBeUndefined();
    expect(result.data._entities).toHaveLength(keys().length);
    for (const entity of result.data._entities) expect(Object.values(entity)).not.toContain(null);
    expect(statements).toHaveLength(1);
  });

  test('rows whose keys are opaque are found again by the key they were read with', async () => {
    const { data } = await service.query(`{
      communityOfficers(place: "440303001001") { nodes { id name } }
      registrations(place: "440303001001", first: 2) { nodes { id kind } }
      gridEvents(place: "440303001001", first: 2) { nodes { id title } }
      surveillanceSites(place: "440303001001", first: 2) { nodes { id kind } }
      warnings(place: "440303001001", first: 2) { nodes { id text } } }`);
    const { data: resident } = await entities(
      service,
      'Resident',
      [{ id: 'demo-resident' }],
      'residencePermit { no state }',
    );
    const found: [string, Record<string, string>[]][] = [
      ['CommunityOfficer', data.communityOfficers.nodes],
      ['PopulationRegistration', data.registrations.nodes],
      ['GridEvent', data.gridEvents.nodes],
      ['SurveillanceSite', data.surveillanceSites.nodes],
      ['Warning', data.warnings.nodes],
      ['ResidencePermit', [resident._entities[0].residencePermit]],
    ];
    for (const [type, nodes] of found) {
      expect(nodes.length).toBeGreaterThan(0);
      const fields = Object.keys(nodes[0]!);
      const keys = nodes.map((node) => ({ [fields[0]!]: node[fields[0]!]! }));
      expect((await entities(service, type, keys, fields.join(' '))).data._entities).toEqual(nodes);
    }
  });

  test('what public security does not know is empty or null, never an error', async () => {
    const unknown = await entities(
      service,
      'Community',
      [{ code: '440303999999' }],
      'policePosts { totalCount } gridEvents { nodes { id } } emergencyPlan { id }',
    );
    expect(unknown).toMatchObject({
      status: 200,
      data: { _entities: [{ policePosts: { totalCount: 0 }, gridEvents: { nodes: [] }, emergencyPlan: null }] },
    });
    const park = await entities(service, 'Facility', [{ id: 'community-park-440303001001-1' }], 'policePost { id }');
    expect(park.data).toEqual({ _entities: [{ policePost: null }] });
    const nobody = await entities(
      service,
      'Resident',
      [{ id: 'nobody' }],
      'registration { id } residencePermit { no }',
    );
    expect(nobody.data).toEqual({ _entities: [{ registration: null, residencePermit: null }] });
    const { data, errors } = await service.query(
      '{ policePost(id: "x") { id } gridCell(code: "x") { code } gridEvent(id: "x") { id } shelter(id: "x") { id } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ policePost: null, gridCell: null, gridEvent: null, shelter: null });
  });
});

describe('bad input', () => {
  test.each([
    ['shelters(minCapacity: -1) { totalCount }', 'BAD_USER_INPUT', 'send a number of people, 0 or more'],
    ['policePosts(first: 201) { totalCount }', 'PAGE_TOO_LARGE', 'between 1 and 200'],
    ['gridEvents(place: "4403", after: "x") { totalCount }', 'BAD_CURSOR', 'endCursor of an earlier page'],
    ['registrations(place: "44") { totalCount }', 'GRAPHQL_VALIDATION_FAILED', '4, 6, 9 or 12 digits'],
    ['gridEvents(place: "4403", since: "yesterday") { totalCount }', 'GRAPHQL_VALIDATION_FAILED', 'RFC 3339'],
    ['gridEvents(place: "4403", stage: DONE) { totalCount }', 'GRAPHQL_VALIDATION_FAILED', 'GridEventStage'],
    ['communityOfficers { totalCount }', 'GRAPHQL_VALIDATION_FAILED', 'place'],
  ])('%s is refused, saying what to send', async (field, code, message) => {
    const { errors } = await service.query(`{ ${field} }`);
    expect(errors?.[0]?.extensions?.code).toBe(code);
    expect(errors?.[0]?.message).toContain(message);
  });
});
