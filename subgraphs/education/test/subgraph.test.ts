import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { compareWithPrismaSchema } from '@linli/kit/testing/catalogue';
import { runJob } from '@linli/kit/testing/jobs';
import { countStatements, fewestStatements, splitBatches } from '@linli/kit/testing/statements';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { geography } from '@linli/schema/geography';
import { subgraph } from '../src/subgraph.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph({ ...subgraph, jobs: [] }, { residents: 3000 });
  // Done now, so that nothing changes while it is read.
  for (const { name } of subgraph.jobs!) await runJob(subgraph, service.databaseUrl, name, new Date());
});

afterAll(() => service.close());

const entities = 'query ($r: [_Any!]!) { _entities(representations: $r)';

function communities(count: number) {
  return geography.communities.slice(0, count).map(({ code }) => ({ __typename: 'Community', code }));
}

test('migrations make exactly what schema.prisma describes', async () => {
  const schema = fileURLToPath(new URL('../prisma', import.meta.url));
  const { migrated, described } = await compareWithPrismaSchema(service.databaseUrl, schema);
  expect(described.length).toBeGreaterThan(50);
  expect(migrated).toEqual(described);
});

describe('lists', () => {
  const lists = [
    'communitySchools',
    'courses',
    'schools',
    'kindergartens',
    'sharedVenues',
    'libraries',
    'afterSchoolProgrammes',
    'familyEducationStations',
    'scienceActivities',
    'activities',
    'fitnessGuidancePoints',
  ];

  test.each(lists)('pages of %s follow one another without gap or overlap', async (list) => {
    const operation = `query ($first: Int, $after: String) {
      ${list}(place: "440304", first: $first, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`;
    const all = await service.query(operation, { first: 200 });
    const expected = all.data[list].nodes.map((node: { id: string }) => node.id);
    expect(expected.length).toBeGreaterThan(10);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data?: any } = await service.query(operation, { first: 17, after });
      expect(data[list].totalCount).toBe(all.data[list].totalCount);
      seen.push(...data[list].nodes.map((node: { id: string }) => node.id));
      after = data[list].pageInfo.hasNextPage ? data[list].pageInfo.endCursor : null;
    } while (after && seen.length < expected.length);
    expect(seen.slice(0, expected.length)).toEqual(expected);
    expect(expected.every((id: string) => id.includes('440304'))).toBe(true);
  });

  test.each(lists)('%s refuses a page too large and a foreign cursor', async (list) => {
    const large = await service.query(`{ ${list}(first: 201) { totalCount } }`);
    expect(large.errors?.[0]?.extensions?.code).toBe('PAGE_TOO_LARGE');
    const cursor = await service.query(`{ ${list}(after: "x") { totalCount } }`);
    expect(cursor.errors?.[0]?.extensions?.code).toBe('BAD_CURSOR');
  });

  test('a malformed place says what to send', async () => {
    const { errors } = await service.query('{ schools(place: "44x") { totalCount } }');
    expect(errors?.[0]?.message).toContain('4, 6, 9 or 12 digits');
  });
});

describe('entities', () => {
  test('every type of this department is found by its key, in one statement each', async () => {
    const { data } = await service.query(`{
      communitySchools(first: 3) { nodes { __typename id courses(first: 1) { nodes { __typename id enrollments(first: 1) { nodes { __typename id } } } } } }
      schools(first: 3) { nodes { __typename id } } kindergartens(first: 3, withNurseryClass: true) { nodes { __typename id nurseryClass { __typename id } } }
      sharedVenues(first: 3) { nodes { __typename id slots(weekday: SUNDAY) { __typename id } } }
      libraries(first: 3) { nodes { __typename id } } afterSchoolProgrammes(first: 3) { nodes { __typename id } }
      familyEducationStations(first: 3) { nodes { __typename id } } scienceActivities(first: 3) { nodes { __typename id } }
      activities(first: 3) { nodes { __typename id } } fitnessGuidancePoints(first: 3) { nodes { __typename id } }
      learningResources(first: 3) { nodes { __typename id } } learningCircles(first: 3) { nodes { __typename id } }
      schoolTerms(schoolYear: 2026) { __typename id } psychologicalAids(place: "4403", first: 3) { nodes { __typename id } } }`);
    const resident = await service.query(
      `${entities} { ... on Resident {
      schoolPlacement { __typename id } courseEnrollments { __typename id } venueBookings { __typename id }
      afterSchoolEnrollments { __typename id } activityRegistrations { __typename id } } } }`,
      {
        r: ['demo-child', 'demo-elder', 'demo-resident'].map((id) => ({ __typename: 'Resident', id })),
      },
    );
    const found = new Map<string, Set<string>>();
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      const { __typename: type, id } = value as { __typename?: string; id?: string };
      if (type && id) found.set(type, (found.get(type) ?? new Set()).add(id));
      for (const child of Object.values(value)) collect(child);
    };
    collect([data, resident.data]);
    expect([...found.keys()].sort()).toEqual([
      'Activity',
      'ActivityRegistration',
      'AfterSchoolEnrollment',
      'AfterSchoolProgramme',
      'CommunityLibrary',
      'CommunitySchool',
      'Course',
      'CourseEnrollment',
      'FamilyEducationStation',
      'FitnessGuidancePoint',
      'Kindergarten',
      'LearningCircle',
      'LearningResource',
      'NurseryClass',
      'PsychologicalAid',
      'School',
      'SchoolPlacement',
      'SchoolTerm',
      'ScienceActivity',
      'SharedVenue',
      'VenueBooking',
      'VenueSlot',
    ]);
    for (const [type, ids] of found) {
      const r = [...ids].map((id) => ({ __typename: type, id }));
      const { result, statements } = await countStatements(() =>
        service.query(`${entities} { ... on ${type} { id } } }`, { r: [...r, { __typename: type, id: 'none' }] }),
      );
      expect(result.data._entities).toEqual([...[...ids].map((id) => ({ id })), null]);
      expect(statements).toHaveLength(1);
    }
  });

  test('places and people that others own are taken by key, known here or not', async () => {
    const { data, errors } = await service.query(
      `${entities} { ... on Community { communitySchool { id } schools { totalCount } libraries { id } }
        ... on Resident { schoolPlacement { id } courseEnrollments { id } venueBookings { id } } } }`,
      {
        r: [
          { __typename: 'Community', code: '440303999999' },
          { __typename: 'Resident', id: 'nobody' },
        ],
      },
    );
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([
      { communitySchool: null, schools: { totalCount: 0 }, libraries: [] },
      { schoolPlacement: null, courseEnrollments: [], venueBookings: [] },
    ]);
  });
});

describe('statements', () => {
  const block = `${entities} { ... on Community {
    communitySchool { name community { code } facility { id } courses(first: 5) { totalCount nodes { title school { name } enrollments(first: 3) { totalCount nodes { resident { id } course { title } } } } } }
    schools(first: 5) { totalCount nodes { name afterSchoolProgrammes { name school { name } enrollments(first: 3) { totalCount nodes { programme { name } resident { id } } } } sharedVenues(first: 3) { totalCount nodes { name slots { weekday opening venue { name } } bookings(first: 3) { totalCount nodes { venue { name } slot { startsAt } resident { id } } } } } placements(first: 3) { totalCount nodes { school { name } resident { id } } } } }
    kindergartens(first: 5) { totalCount nodes { name nurseryClass { places kindergarten { name } } } }
    sharedVenues(first: 5) { totalCount nodes { school { name } slots(weekday: SUNDAY) { startsAt } } }
    libraries { name collections { volumes } readingActivities(first: 2) { nodes { title } } } familyEducationStations { name sessions(first: 2) { nodes { title } } } scienceActivities(first: 5) { totalCount nodes { title } }
    activities(first: 3) { totalCount nodes { title facility { id } registrations(first: 3) { totalCount nodes { activity { title } resident { id } } } } }
    fitnessGuidancePoints { name sessions(first: 2) { nodes { title } } } learningCircles { name } educationSummary { sportsAreaM2 nurseryPlaces nightSlots } } } }`;

  test('50 communities with everything below take as many as 5', async () => {
    const few = await countStatements(() => service.query(block, { r: communities(5) }));
    const many = await fewestStatements(() => service.query(block, { r: communities(50) }));
    expect(many.result.errors).toBeUndefined();
    expect(many.result.data._entities).toHaveLength(50);
    expect(few.statements.length).toBeGreaterThan(20);
    expect(many.statements.length).toBeLessThanOrEqual(few.statements.length + splitBatches);
  });

  test('50 residents take as many as 5', async () => {
    const { data } = await service.query(
      `${entities} { ... on Community { schools { nodes { placements(first: 200) { nodes { resident { id } } } } } } } }`,
      { r: communities(822) },
    );
    const residents = data._entities
      .flatMap((community: any) => community.schools.nodes)
      .flatMap((school: any) => school.placements.nodes)
      .map((placement: any) => ({ __typename: 'Resident', id: placement.resident.id }));
    expect(residents.length).toBeGreaterThan(50);
    const operation = `${entities} { ... on Resident { schoolPlacement { grade school { name } term { id } steps { to } } courseEnrollments { learning { hours } course { title school { name } } }
      venueBookings { venue { name } } afterSchoolEnrollments { programme { name } } activityRegistrations { activity { title } } psychologicalAids { steps { to } } } } }`;
    const demo = { __typename: 'Resident', id: 'demo-elder' };
    const few = await countStatements(() => service.query(operation, { r: [demo, ...residents.slice(0, 4)] }));
    const many = await fewestStatements(() => service.query(operation, { r: [demo, ...residents.slice(0, 49)] }));
    expect(many.result.errors).toBeUndefined();
    expect(many.result.data._entities).toHaveLength(50);
    expect(few.statements.length).toBeGreaterThan(4);
    expect(many.statements.length).toBeLessThanOrEqual(few.statements.length + splitBatches);
  });

  test.each([
    'communitySchools { totalCount nodes { name courses(first: 2) { nodes { title } } } }',
    'courses { totalCount nodes { title school { name } enrollments(first: 2) { nodes { state } } } }',
    'schools { totalCount nodes { name placements(first: 2) { nodes { grade } } afterSchoolProgrammes { name } } }',
    'kindergartens { totalCount nodes { name nurseryClass { places } } }',
    'sharedVenues { totalCount nodes { name school { name } slots { startsAt } } }',
    'libraries { totalCount nodes { name community { code } } }',
    'afterSchoolProgrammes { totalCount nodes { name school { name } } }',
    'familyEducationStations { totalCount nodes { name community { code } } }',
    'scienceActivities { totalCount nodes { title community { code } activity { id } } }',
    'activities { totalCount nodes { title community { code } registrations(first: 2) { nodes { state } } } }',
    'fitnessGuidancePoints { totalCount nodes { name community { code } sessions(first: 2) { nodes { title } } } }',
    'learningCircles { totalCount nodes { name community { code } } }',
  ])('a list of 50 takes as many as a list of 5: %s', async (list) => {
    const sized = (first: number) => `{ ${list.replace(/^\w+/, `$&(first: ${first})`)} }`;
    const few = await countStatements(() => service.query(sized(5)));
    const many = await fewestStatements(() => service.query(sized(50)));
    const [name] = /^\w+/.exec(list)!;
    expect(many.result.errors).toBeUndefined();
    expect(many.result.data[name].nodes).toHaveLength(50);
    expect(many.statements.length).toBeLessThanOrEqual(few.statements.length + splitBatches);
  });
});

test('only the gateway is answered', async () => {
  const { sign } = service;
  const operation = '{ schools(first: 1) { totalCount } }';
  for (const assertion of [undefined, 'nonsense', await sign({ claims: { aud: 'health' } })]) {
    expect((await service.send(operation, assertion)).status).toBe(401);
  }
  expect((await service.send(operation, await sign())).status).toBe(200);
});
