import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { compareWithPrismaSchema } from '@linli/kit/testing/catalogue';
import { countStatements, fewestStatements, splitBatches } from '@linli/kit/testing/statements';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { geography } from '@linli/schema/geography';
import { subgraph } from '../src/subgraph.js';
import { settled } from './support/writing.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 3000 });
  await settled(service);
});

afterAll(() => service.close());

const entities = (selection: string, representations: object[]) =>
  service.query(`query ($r: [_Any!]!) { _entities(representations: $r) { ${selection} } }`, { r: representations });

const communities = (count: number) =>
  geography.communities.slice(0, count).map(({ code }) => ({ __typename: 'Community', code }));

test('migrations make exactly what schema.prisma describes', async () => {
  const schema = fileURLToPath(new URL('../prisma', import.meta.url));
  const { migrated, described } = await compareWithPrismaSchema(service.databaseUrl, schema);
  expect(described.length).toBeGreaterThan(50);
  expect(migrated).toEqual(described);
});

test('only the gateway is answered', async () => {
  const operation = '{ healthFacilities(first: 1) { totalCount } }';
  for (const assertion of [undefined, await service.sign({ claims: { aud: 'housing' } })]) {
    const answer = await service.send(operation, assertion);
    expect(answer.status).toBe(401);
    expect(answer.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  }
  expect((await service.send(operation, await service.sign())).status).toBe(200);
});

describe('what health adds to others', () => {
  test("the demo family's community has a clinic, a nursery, an event and contracts", async () => {
    const { data } = await entities(
      `... on Community { code
        healthFacilities { totalCount nodes { id name community { code } facility { id } } }
        nurseries { totalCount nodes { id community { code } } }
        publicHealthEvents(state: RESPONDING) { nodes { title } }
        contractedResidents }`,
      communities(1),
    );
    expect(data._entities).toEqual([
      {
        code: '440303001001',
        healthFacilities: {
          totalCount: 1,
          nodes: [
            {
              id: 'community-health-440303001001-1',
              name: expect.stringContaining('大塘龙'),
              community: { code: '440303001001' },
              facility: { id: 'community-health-440303001001-1' },
            },
          ],
        },
        nurseries: { totalCount: 1, nodes: [{ id: 'nursery-440303001001', community: { code: '440303001001' } }] },
        publicHealthEvents: { nodes: [{ title: expect.stringMatching(/^示例：大塘龙社区/) }] },
        contractedResidents: expect.any(Number),
      },
    ]);
  });

  test('lists under a community can be filtered', async () => {
    const { data } = await entities(
      `... on Community {
        all: healthFacilities { nodes { type } } centres: healthFacilities(type: CENTRE) { totalCount nodes { type } }
        nurseries { nodes { modes } } hourly: nurseries(mode: HOURLY) { totalCount nodes { modes } } }`,
      communities(200),
    );
    const lists = (name: string) =>
      data._entities.flatMap((community: Record<string, { nodes: object[] }>) => community[name]!.nodes);
    const isCentre = ({ type }: { type: string }) => type === 'CENTRE';
    const isHourly = ({ modes }: { modes: string[] }) => modes.includes('HOURLY');
    expect(lists('centres').length).toBeGreaterThan(10);
    expect(lists('centres')).toEqual(lists('all').filter(isCentre));
    expect(lists('hourly').length).toBeGreaterThan(10);
    expect(lists('hourly')).toEqual(lists('nurseries').filter(isHourly));
    for (const { centres } of data._entities) expect(centres.totalCount).toBe(centres.nodes.length);
  });

  test('a facility of another kind has no clinic', async () => {
    const { data } = await entities('... on Facility { id healthFacility { licenceNo } }', [
      { __typename: 'Facility', id: 'police-post-440303001001-1' },
      { __typename: 'Facility', id: 'community-health-440303001001-1' },
    ]);
    expect(data._entities[0].healthFacility).toBeNull();
    expect(data._entities[1].healthFacility.licenceNo).toMatch(/^例/);
  });
});

describe('statements', () => {
  const block = `... on Community { code contractedResidents
    healthFacilities(first: 5) { totalCount nodes { name community { contractedResidents } facility { healthFacility { name } } } }
    nurseries(first: 5, mode: FULL_DAY) { totalCount nodes { name } }
    familyDoctors(first: 5) { totalCount nodes { name facility { name } } } healthServiceSummary { facilities }
    healthActivities(first: 5) { totalCount nodes { title facility { name } } }
    publicHealthEvents(first: 5) { totalCount nodes { title bulletins { text } jointTasks { reports { text } event { id } } community { code } } } }`;
  const person = `... on Resident { id
    familyDoctor { doctor facility { name } resident { healthRecord { recordNo } } }
    healthRecord { facility { name } resident { vaccinations { dose } } }
    vaccinations { vaccine facility { name } resident { id } }
    vaccinationsDue { dose facility { name } } nurseryEnrolments { state nursery { name } }
    homeBeds { reason facility { name } visits(first: 5) { totalCount nodes { note } } }
    careProgrammes { kind facility { name } followUps(first: 5) { totalCount nodes { note } } }
    mentalHealthScreenings { score facility { name } }
    mentalHealthReferrals { state from { name } screening { score } professional { name } steps { note } }
    healthAppointments { at facility { name } resident { familyDoctor { doctor history { reason } } } } }`;

  test('50 communities with everything below take as many as 5', async () => {
    const few = await countStatements(() => entities(block, communities(5)));
    const many = await fewestStatements(() => entities(block, communities(50)));
    expect(many.result.errors).toBeUndefined();
    expect(many.result.data._entities).toHaveLength(50);
    expect(few.statements.length).toBeGreaterThan(5);
    expect(many.statements.length).toBeLessThanOrEqual(few.statements.length + splitBatches);
  });

  test('50 residents with everything below take as many as 5', async () => {
    const { data } = await service.query(
      '{ familyDoctorContracts(place: "440303", first: 50) { nodes { resident { id } } } }',
    );
    const residents = data.familyDoctorContracts.nodes.map(({ resident }: { resident: { id: string } }) => ({
      __typename: 'Resident',
      id: resident.id,
    }));
    expect(residents).toHaveLength(50);
    const few = await countStatements(() => entities(person, residents.slice(0, 5)));
    const many = await fewestStatements(() => entities(person, residents));
    expect(many.result.errors).toBeUndefined();
    expect(few.statements.length).toBeGreaterThan(5);
    expect(many.statements.length).toBeLessThanOrEqual(few.statements.length + splitBatches);
  });

  test.each([
    ['healthFacilities(first: $first)', 'name community { contractedResidents } facility { healthFacility { name } }'],
    ['nurseries(first: $first)', 'name community { nurseries(first: 2) { nodes { name } } }'],
    ['familyDoctorContracts(place: "4403", first: $first)', 'facility { name } resident { healthRecord { recordNo } }'],
    ['mentalHealthReferrals(place: "4403", first: $first)', 'from { name } to resident { familyDoctor { doctor } }'],
    [
      'publicHealthEvents(first: $first)',
      'title community { contractedResidents } bulletins { text } jointTasks { state }',
    ],
    ['familyDoctors(first: $first)', 'name facility { name }'],
    ['healthAppointments(place: "4403", first: $first)', 'at facility { name } resident { familyDoctor { doctor } }'],
    [
      'homeBeds(place: "4403", first: $first)',
      'reason facility { name } visits(first: 3) { totalCount nodes { note } }',
    ],
    [
      'careProgrammes(place: "4403", first: $first)',
      'kind followUps(first: 3) { totalCount nodes { note } } facility { name }',
    ],
    ['vaccinationsDue(place: "4403", first: $first)', 'vaccine facility { name } resident { vaccinations { dose } }'],
    ['mentalHealthScreenings(place: "4403", first: $first)', 'score facility { name }'],
    ['mentalHealthProfessionals(first: $first)', 'name facility { name } trainings { hours }'],
    ['nurseryEnrolments(place: "4403", first: $first)', 'state nursery { name }'],
    ['jointHealthTasks(first: $first)', 'content event { title } reports { text }'],
    ['healthActivities(first: $first)', 'title facility { name }'],
  ])('the list %s takes as many for a long page as for a short one', async (list, nodes) => {
    const read = (first: number) =>
      fewestStatements(() =>
        service.query(`query ($first: Int) { list: ${list} { totalCount nodes { ${nodes} } } }`, { first }),
      );
    const few = await read(2);
    const many = await read(50);
    expect(few.result.data.list.nodes).toHaveLength(2);
    expect(many.result.data.list.nodes.length).toBeGreaterThan(5);
    expect(many.statements.length).toBeLessThanOrEqual(few.statements.length + splitBatches);
  });

  test('entities are looked up together, one statement a type', async () => {
    const { data } = await service.query(`{
      healthFacilities(first: 3) { nodes { __typename id } } nurseries(first: 3) { nodes { __typename id } }
      familyDoctorContracts(place: "440303", first: 3) { nodes { __typename id resident { healthRecord { __typename recordNo } vaccinations { __typename id } healthAppointments { __typename id } } } }
      demo: familyDoctorContracts(place: "440303001001", first: 200) { nodes { resident { healthRecord { __typename recordNo } vaccinations { __typename id } healthAppointments { __typename id } } } }
      mentalHealthReferrals(place: "4403", first: 3) { nodes { __typename id } }
      homeBeds(place: "4403", first: 3) { nodes { __typename id } } careProgrammes(place: "4403", first: 3) { nodes { __typename id } }
      vaccinationsDue(place: "4403", first: 3) { nodes { __typename id } } mentalHealthScreenings(place: "4403", first: 3) { nodes { __typename id } }
      mentalHealthProfessionals(first: 3) { nodes { __typename id } } nurseryEnrolments(place: "4403", first: 3) { nodes { __typename id } }
      jointHealthTasks(first: 3) { nodes { __typename id } } healthActivities(first: 3) { nodes { __typename id } }
      familyDoctors(first: 3) { nodes { __typename id } }
      publicHealthEvents(first: 3) { nodes { __typename id } } }`);
    const residents = data.demo.nodes.map(({ resident }: { resident: object }) => resident);
    const byType = [
      data.healthFacilities.nodes,
      data.nurseries.nodes,
      data.familyDoctorContracts.nodes.map(({ __typename, id }: Record<string, string>) => ({ __typename, id })),
      data.mentalHealthReferrals.nodes,
      data.publicHealthEvents.nodes,
      data.homeBeds.nodes,
      data.careProgrammes.nodes,
      data.vaccinationsDue.nodes,
      data.mentalHealthScreenings.nodes,
      data.mentalHealthProfessionals.nodes,
      data.nurseryEnrolments.nodes,
      data.jointHealthTasks.nodes,
      data.healthActivities.nodes,
      data.familyDoctors.nodes,
      residents.map((resident: { healthRecord: object | null }) => resident.healthRecord).filter(Boolean),
      residents.flatMap((resident: { vaccinations: object[] }) => resident.vaccinations),
      residents.flatMap((resident: { healthAppointments: object[] }) => resident.healthAppointments),
    ].map((found) => found.slice(0, 3));
    for (const representations of byType) {
      expect(representations).toHaveLength(3);
      const { __typename } = representations[0];
      const { result, statements } = await countStatements(() =>
        entities(
          `__typename ... on ${__typename} { key: ${__typename === 'HealthRecord' ? 'recordNo' : 'id'} }`,
          representations,
        ),
      );
      expect(result.data._entities).toEqual(
        representations.map(({ id, recordNo }: Record<string, string>) => ({ __typename, key: id ?? recordNo })),
      );
      expect(statements).toHaveLength(1);
    }
  });
});
