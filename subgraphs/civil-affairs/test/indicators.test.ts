import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoCommunity } from '@linli/kit/population/places';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { geography } from '@linli/schema/geography';
import { subgraph } from '../src/subgraph.js';
import { officer, street, terminal, worker, written } from './support/works.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 20_000 });
}, 120_000);

afterAll(() => service.close());

interface Value {
  indicator: { no: number };
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  reached: boolean | null;
  unavailable: string | null;
}

const selection = 'indicatorValues { indicator { no } value numerator denominator reached unavailable formula asOf }';

/** Asks as the gateway does: with what other departments said beside the key. */
async function ask(typename: string, representation: object): Promise<Value[]> {
  const { data, errors } = await service.query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${typename} { ${selection} } } }`,
    { r: [{ __typename: typename, ...representation }] },
  );
  expect(errors).toBeUndefined();
  return data._entities[0].indicatorValues;
}
const at = (values: Value[], no: number) => values.find(({ indicator }) => indicator.no === no)!;
/** What housing, health and education say of a community. */
const said = (floorAreaM2: number | null) => ({
  housingSummary: floorAreaM2 === null ? null : { floorAreaM2 },
  healthServiceSummary: { nurseryPlaces: 60 },
  educationSummary: { nurseryPlaces: 20, sportsAreaM2: 700 },
});

describe('indicators', () => {
  test('are fourteen in every place, each with a fraction or a reason why there is none', async () => {
    const { data } = await service.query(`{ city { name ${selection} districts { ${selection} } }
      street(code: "${demoCommunity.slice(0, 9)}") { ${selection} } community(code: "${demoCommunity}") { ${selection} } }`);
    const places: Value[][] = [data.city, ...data.city.districts, data.street, data.community].map(
      ({ indicatorValues }) => indicatorValues,
    );
    expect(places).toHaveLength(14);
    for (const values of places) {
      expect(values.map(({ indicator }) => indicator.no)).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
      for (const { value, numerator, denominator, reached, unavailable } of values) {
        const nothing = value === null;
        expect([numerator === null, denominator === null, reached === null, unavailable !== null]).toEqual(
          Array.from({ length: 4 }, () => nothing),
        );
      }
    }
  });

  test('of the city are what its places are together', async () => {
    const { data } = await service.query(`{ city { ${selection} districts { ${selection} } } }`);
    for (const no of [1, 4, 5, 8, 10, 13, 14]) {
      const whole = at(data.city.indicatorValues, no);
      const parts = data.city.districts.map((district: { indicatorValues: Value[] }) =>
        at(district.indicatorValues, no),
      );
      const sum = (pick: (value: Value) => number | null) =>
        parts.reduce((total: number, part: Value) => total + (pick(part) ?? 0), 0);
      expect([no, sum(({ numerator }) => numerator)]).toEqual([no, whole.numerator]);
      expect([no, sum(({ denominator }) => denominator)]).toEqual([no, whole.denominator]);
    }
    expect(at(data.city.indicatorValues, 1)).toMatchObject({ value: 100, denominator: 822, reached: true });
    const urban = geography.communities.filter(({ kind }) => kind === 'RESIDENTS_COMMITTEE').length;
    expect(at(data.city.indicatorValues, 5).denominator).toBe(urban);
  });

  test('by people use their published number alone', async () => {
    const places = `code kind population { total households } ${selection}`;
    const { data } = await service.query(`{ communities(place: "4403", first: 200) { nodes { ${places} } } }`);
    let withheld = 0;
    for (const { kind, population, indicatorValues } of data.communities.nodes) {
      expect(at(indicatorValues, 3).denominator).toBe(population.households);
      if (kind === 'RESIDENTS_COMMITTEE') expect(at(indicatorValues, 6).denominator).toBe(population.total);
      if (population.total === null) {
        withheld++;
        expect(at(indicatorValues, 6).unavailable).toContain('人数过少');
      }
    }
    expect(withheld).toBeGreaterThan(0);
  });

  test('of elders and volunteers are counted from their own registers', async () => {
    const { data } = await service.query(
      `{ city { ${selection} } street(code: "${demoCommunity.slice(0, 9)}") { ${selection} } }`,
    );
    expect(at(data.city.indicatorValues, 8)).toMatchObject({ denominator: 78, unavailable: null });
    expect(at(data.street.indicatorValues, 8).denominator).toBe(1);
    expect(at(data.city.indicatorValues, 10)).toMatchObject({ denominator: 1800, unavailable: null });
    expect(at(data.city.indicatorValues, 12)).toMatchObject({ unavailable: null });
  });

  test('of nursery places and sports grounds add what health and education say to the people who live there', async () => {
    const values = await ask('Community', { code: demoCommunity, ...said(1000) });
    const { data } = await service.query(`{ community(code: "${demoCommunity}") { population { total }
      facilities(kind: SPORTS_VENUE, first: 200) { nodes { areaM2 } } } }`);
    const { population, facilities } = data.community;
    const sports = facilities.nodes.reduce((sum: number, { areaM2 }: { areaM2: number }) => sum + areaM2, 0);
    expect(at(values, 7)).toMatchObject({ numerator: 80, denominator: population.total });
    expect(at(values, 9)).toMatchObject({ numerator: sports + 700, denominator: population.total });
    const without = await ask('Community', { code: demoCommunity, ...said(1000), educationSummary: null });
    expect([at(without, 7).value, at(without, 9).value]).toEqual([null, null]);
  });

  test('of floor space are computed of what housing says, wherever it was asked of all communities', async () => {
    const [community] = [await ask('Community', { code: demoCommunity, ...said(100_000) })];
    expect(at(community, 2)).toMatchObject({ denominator: 100_000, unavailable: null });
    expect(at(await ask('Community', { code: demoCommunity, ...said(null) }), 2).value).toBeNull();
    expect(at(await ask('Community', { code: demoCommunity }), 2).unavailable).toContain('住建');

    const code = demoCommunity.slice(0, 9);
    const there = geography.communities.filter((each) => each.code.startsWith(code));
    const nodes = there.map(() => said(1000));
    expect(at(await ask('Street', { code, communities: { nodes } }), 2).denominator).toBe(there.length * 1000);
    const some = { code, communities: { nodes: nodes.slice(1) } };
    expect(at(await ask('Street', some), 2).unavailable).toContain('住建');
  });

  test('move as soon as what they count does', async () => {
    const now = async (no: number) => {
      const { data } = await service.query(`{ community(code: "${demoCommunity}") { ${selection} } }`);
      return at(data.community.indicatorValues, no);
    };
    expect((await now(5)).value).toBe(100);
    await written(service, terminal(), 'reportKioskStatus', { kioskId: `kiosk-${demoCommunity}-1`, online: false });
    expect(await now(5)).toMatchObject({ value: 0, reached: false });

    expect((await now(14)).value).toBe(100);
    await written(service, worker(), 'setSubCommittee', {
      communityCode: demoCommunity,
      kind: 'MEDIATION',
      established: false,
      expectedVersion: 1,
    });
    expect((await now(14)).value).toBe(0);

    const { data } = await service.query(
      `{ community(code: "${demoCommunity}") { workers { nodes { id post version } } } }`,
    );
    const director = data.community.workers.nodes.find(({ post }: { post: string }) => post === 'CHILDREN_DIRECTOR');
    const before = await now(6);
    await written(service, street(), 'changeWorker', {
      workerId: director.id,
      expectedVersion: director.version,
      inPost: false,
    });
    expect((await now(13)).value).toBe(0);
    expect((await now(6)).numerator).toBe(before.numerator! - 1);
  });
});

describe('the plan’s ledger', () => {
  test('is written by officers of any department, and tells how tasks and quantities are getting on', async () => {
    const read =
      '{ planTasks { no status notes { department status text evidence } } planQuantities { id current { value reached unavailable } } }';
    const note = { taskNo: 35, status: 'DELAYED', text: '一体机采购延期。', evidence: ['https://example.org/report'] };
    await written(service, officer('health'), 'notePlanTask', note);
    await written(service, officer(), 'notePlanTask', { ...note, status: 'IN_PROGRESS', text: '已到货。' });
    const { data } = await service.query(read);
    const task = data.planTasks.find(({ no }: { no: number }) => no === 35);
    expect(task).toMatchObject({
      status: 'IN_PROGRESS',
      notes: [{ department: 'health' }, { department: 'civil-affairs' }],
    });
    expect(data.planTasks.find(({ no }: { no: number }) => no === 2).status).toBe('NOT_STARTED');
    const quantity = (id: string) => data.planQuantities.find((each: { id: string }) => each.id === id).current;
    expect(quantity('q04')).toEqual({ value: 100, reached: true, unavailable: null });
    expect(quantity('q14')).toEqual({ value: 738, reached: false, unavailable: null });
    expect(quantity('q26')).toEqual({ value: 100, reached: true, unavailable: null });
    expect(quantity('q09').unavailable).toContain('教育');
    expect(quantity('q28').unavailable).toContain('各部门');
  });

  test('counts registered volunteers among all people', async () => {
    const { data } = await service.query(
      '{ planQuantities { id current { value } } a: volunteers(place: "4403") { totalCount } b: volunteers(place: "4415") { totalCount } }',
    );
    const people = 20_000;
    const volunteers = data.a.totalCount + data.b.totalCount;
    const { current } = data.planQuantities.find(({ id }: { id: string }) => id === 'q02');
    expect(current.value).toBe(Math.round((volunteers / people) * 10_000));
  });

  test('takes from other departments what their registers tell, each its own', async () => {
    const told = { healthValue: 1500, educationValue: 250, housingValue: 66.666, publicSecurityValue: 0 };
    const of = async (id: string, more: object) => {
      const { data } = await service.query(
        'query ($r: [_Any!]!) { _entities(representations: $r) { ... on PlanQuantity { current { value reached unavailable } } } }',
        { r: [{ __typename: 'PlanQuantity', id, ...more }] },
      );
      return data._entities[0].current;
    };
    expect(await of('q12', told)).toEqual({ value: 1500, reached: true, unavailable: null });
    expect(await of('q09', told)).toEqual({ value: 250, reached: true, unavailable: null });
    expect(await of('q24', told)).toEqual({ value: 66.67, reached: false, unavailable: null });
    expect(await of('q21', told)).toEqual({ value: 0, reached: false, unavailable: null });
    expect(await of('q12', { ...told, healthValue: null })).toMatchObject({
      value: null,
      reached: null,
      unavailable: expect.stringContaining('卫健'),
    });
    expect(await of('q14', told)).toMatchObject({ value: 738 });
    expect(await of('q28', told)).toMatchObject({ value: null });
  });
});
