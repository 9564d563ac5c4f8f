import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { compareWithPrismaSchema } from '@linli/kit/testing/catalogue';
import { countStatements, fewestStatements, splitBatches } from '@linli/kit/testing/statements';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { subgraph } from '../src/subgraph.js';

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

describe('places', () => {
  test('there are 822 communities in 78 streets of 11 districts', async () => {
    const { data } = await service.query('{ communities(first: 1) { totalCount } districts { id streets { code } } }');
    expect(data.communities.totalCount).toBe(822);
    expect(data.districts).toHaveLength(11);
    expect(data.districts.flatMap((district: { streets: unknown[] }) => district.streets)).toHaveLength(78);
  });

  test('a community is found by its code, with street and district', async () => {
    const { data } = await service.query(
      '{ community(code: "440307009001") { code district { id code prefixes } street { name } } }',
    );
    expect(data.community.district).toEqual({
      id: 'dapeng',
      code: null,
      prefixes: expect.arrayContaining(['440307009']),
    });
  });

  test('an unknown code gives null, a malformed one says what to send', async () => {
    expect((await service.query('{ community(code: "440303999999") { name } }')).data).toEqual({ community: null });
    const { errors } = await service.query('{ community(code: "4403") { name } }');
    expect(errors?.[0]?.message).toContain('12-digit division code');
  });

  test('pages follow one another without gap or overlap', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data?: any } = await service.query(
        'query ($after: String) { communities(place: "440303", first: 40, after: $after) { nodes { code } pageInfo { hasNextPage endCursor } totalCount } }',
        { after },
      );
      seen.push(...data.communities.nodes.map((node: { code: string }) => node.code));
      expect(data.communities.totalCount).toBe(109);
      after = data.communities.pageInfo.hasNextPage ? data.communities.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toHaveLength(109);
    expect(seen).toEqual([...new Set(seen)].sort());
  });

  test('a page has a hard limit and a cursor must be of the list', async () => {
    const large = await service.query('{ communities(first: 201) { totalCount } }');
    expect(large.errors?.[0]?.extensions?.code).toBe('PAGE_TOO_LARGE');
    const cursor = await service.query('{ communities(after: "x") { totalCount } }');
    expect(cursor.errors?.[0]?.extensions?.code).toBe('BAD_CURSOR');
  });

  test('search and district filter together', async () => {
    const { data } = await service.query(
      '{ communities(district: "440307", search: "杨美", first: 10) { nodes { name committee } totalCount } }',
    );
    expect(data.communities.totalCount).toBe(3);
    expect(data.communities.nodes[0].name).toBe('杨美社区');
  });
});

describe('facilities', () => {
  test.each([
    ['POLICE_POST', 718],
    ['COMMUNITY_HEALTH', 738],
    ['ELDER_DAY_CARE', 112],
    ['CHILDREN_HOME', 722],
    ['CULTURAL_CENTRE', 662],
    ['SPORTS_GUIDANCE_POINT', 661],
    ['COMMUNITY_PARK', 992],
    ['PARTY_SERVICE_CENTRE', 1800],
    ['SPORTS_VENUE', 30000],
  ])('there are as many of kind %s as the plan counts: %i', async (kind, total) => {
    const { data } = await service.query(
      'query ($kind: FacilityKind) { facilities(kind: $kind, first: 1) { totalCount } }',
      {
        kind,
      },
    );
    expect(data.facilities.totalCount).toBe(total);
  });

  test('every community has a service centre', async () => {
    const { data } = await service.query(
      '{ communities(place: "440311", first: 200) { nodes { facilityCounts { kind count } } } }',
    );
    for (const { facilityCounts } of data.communities.nodes) {
      expect(facilityCounts).toContainEqual({ kind: 'PARTY_SERVICE_CENTRE', count: expect.any(Number) });
    }
  });
});

describe('residents', () => {
  test('the seeded population has the size asked for', async () => {
    const { data } = await service.query(
      '{ sz: residents(place: "4403", first: 1) { totalCount } ss: residents(place: "4415", first: 1) { totalCount } }',
    );
    expect(data.sz.totalCount + data.ss.totalCount).toBe(3000);
  });

  test('me is the resident the subject is, and nobody without one', async () => {
    const operation = '{ me { id household { size members { id householdRole } } serviceCases { id } } }';
    const { data } = await service.query(operation, {}, { subject: { residentId: 'demo-resident' } });
    expect(data.me.household.members.map((member: { id: string }) => member.id)).toContain('demo-elder');
    expect(data.me.serviceCases.length).toBeGreaterThan(0);
    expect((await service.query(operation)).data).toEqual({ me: null });
  });

  test('people in numbers agree with people listed', async () => {
    const { data } = await service.query(
      '{ community(code: "440303001001") { population { total } residents(first: 1) { totalCount } } districts { population { total elders byAge { count suppressed } suppressed } } }',
    );
    expect(data.community.population.total).toBe(data.community.residents.totalCount);
    const shown = data.districts.filter(({ population }: any) => !population.suppressed);
    expect(shown.length).toBeGreaterThan(2);
    for (const { population } of shown) {
      const counts = population.byAge.map(({ count }: { count: number }) => count);
      expect(counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(population.total);
      expect(counts.slice(-2).reduce((sum: number, count: number) => sum + count, 0)).toBe(population.elders);
    }
  });

  test('a filter out of range is refused with the range', async () => {
    const { errors } = await service.query('{ residents(place: "4403", minAge: -1) { totalCount } }');
    expect(errors?.[0]?.message).toContain('between 0 and 150');
  });
});

describe('the plan', () => {
  test('it has 14 indicators, one of them binding, and 39 tasks with their place in the text', async () => {
    const { data } = await service.query(
      '{ indicators { no binding source value2020 target2025 } planTasks { no sectionRef departmentConfidence } planQuantities { source } planFacts { id value } }',
    );
    expect(data.indicators).toHaveLength(14);
    expect(data.indicators.filter((indicator: { binding: boolean }) => indicator.binding)).toHaveLength(1);
    expect(data.indicators[5]).toMatchObject({ no: 6, value2020: 5.54, target2025: 18, source: '专栏1-6' });
    expect(data.planTasks.map((task: { no: number }) => task.no)).toEqual(Array.from({ length: 39 }, (_, i) => i + 1));
    expect(data.planQuantities).toHaveLength(29);
    expect(data.planFacts).toContainEqual({ id: 'f05', value: 718 });
  });
});

describe('statements', () => {
  const block = (first: number) => `{ communities(place: "440303", first: ${first}) { totalCount nodes {
    street { name district { name } } facilityCounts { kind count } population { total } openAppeals
    facilities(first: 5) { totalCount nodes { community { name } } }
    residents(first: 5) { totalCount nodes { household { members { name } } serviceCases { item { name } } appeals(first: 3) { nodes { title } } } }
    organizations(first: 5) { nodes { name } } workers(first: 5) { nodes { name } }
    appeals(first: 5) { nodes { appellant { name } } } } } }`;

  test('a list of 50 communities with everything below takes as many as a list of 5', async () => {
    const few = await countStatements(() => service.query(block(5)));
    const many = await fewestStatements(() => service.query(block(50)));
    expect(many.result.errors).toBeUndefined();
    expect(many.result.data.communities.nodes).toHaveLength(50);
    expect(few.statements.length).toBeGreaterThan(10);
    expect(many.statements.length).toBeLessThanOrEqual(few.statements.length + splitBatches);
  });

  test('entities are looked up together', async () => {
    const representations = ['440303001001', '440303001002', '440303001004'].map((code) => ({
      __typename: 'Community',
      code,
    }));
    const { result, statements } = await countStatements(() =>
      service.query('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Community { name } } }', {
        r: representations,
      }),
    );
    expect(result.data._entities).toHaveLength(3);
    expect(statements).toHaveLength(1);
  });
});

describe('callers', () => {
  test('only the gateway is answered', async () => {
    const { sign } = service;
    const refused = [
      undefined,
      'nonsense',
      await sign({ typ: 'JWT' }),
      await sign({ claims: { aud: 'health' } }),
      await sign({ claims: { iss: 'somebody' } }),
      await sign({ expiresIn: -60 }),
      await sign({ claims: { subject: { id: 'x' } } }),
    ];
    for (const assertion of refused) {
      const answer = await service.send('{ districts { id } }', assertion);
      expect(answer.status).toBe(401);
      expect(answer.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    }
    expect((await service.send('{ districts { id } }', await sign())).status).toBe(200);
  });
});
