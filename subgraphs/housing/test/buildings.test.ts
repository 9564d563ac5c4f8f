import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { households } from '@linli/kit/population/households';
import { communityLayouts, demoCommunity } from '@linli/kit/population/places';
import { propertyManagerOf, propertyProjectOf, socialWorkerOf } from '@linli/kit/population/staff';
import { defaultSeed } from '@linli/kit/seeding/seed';
import { testSubgraph, type Answer, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { readAll } from './read-all.js';

/** A size at which some communities draw more households than their buildings were planned with doors. */
const residents = 60_000;
const population = [...households({ residents, seed: defaultSeed })];

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

describe('buildings and homes', () => {
  test('there are the buildings that the population was housed in, page by page without gap or overlap', async () => {
    let expected = 0;
    for (const layout of communityLayouts(residents).values()) expected += layout.buildings;
    const codes = (await readAll(service, 'buildings', '', 'code')).map(({ code }) => code);
    expect(codes).toHaveLength(expected);
    expect(codes).toEqual([...new Set(codes)].sort());
  });

  test('every synthetic household lives in the home that every department gives it', async () => {
    const { rows } = await database.query<{ household_id: string; code: string; tenure: string; tenant_id: string }>(
      'SELECT t.household_id, u.code, u.tenure, t.tenant_id FROM tenancy t JOIN housing_unit u ON u.code = t.unit_code AND u.occupied AND u.tenure = t.kind',
    );
    const homes = new Map(rows.map((row) => [row.household_id, row]));
    expect(homes.size).toBe(population.length);
    for (const { id, unitCode: code, tenure, members } of population) {
      expect(homes.get(id)).toEqual({ household_id: id, code, tenure, tenant_id: members[0]!.id });
    }
  });

  test('homes and tenancies say who lives there, and who manages the estate and visits the household', async () => {
    const { rows } = await database.query<{ id: string; of: string[]; by: string[] }>(
      `SELECT t.household_id AS id, ARRAY[array_to_string(t.occupants, ' '), array_to_string(u.occupants, ' ')] AS of,
         ARRAY[array_to_string(t.handlers, ' '), array_to_string(u.handlers, ' ')] AS by
       FROM tenancy t JOIN housing_unit u ON u.code = t.unit_code AND u.community_code = t.community_code`,
    );
    const homes = new Map(rows.map((row) => [row.id, row]));
    for (const home of population) {
      const occupants = home.members.map(({ id }) => id).join(' ');
      const { of, by } = homes.get(home.id)!;
      expect(of).toEqual([occupants, occupants]);
      expect(by[0]).toBe(by[1]);
      const staff = by[0]!.split(' ');
      expect(staff[0]).toBe(propertyManagerOf(propertyProjectOf(home.buildingCode)));
      for (const member of home.members) {
        const worker = socialWorkerOf(member, home);
        if (worker !== null) expect(staff).toContain(worker);
      }
    }
    expect(homes.get('demo-household')!.by[0]).toBe(
      'demo-property-manager demo-social-worker demo-grid-worker demo-community-worker',
    );
    expect(
      await numberOf(
        'SELECT count(*) FROM housing_unit WHERE NOT occupied AND (occupants <> ARRAY[]::text[] OR cardinality(handlers) <> 1)',
      ),
    ).toBe(0);
  });

  test('a home, its tenancy and its hazards tell what they are scoped by', async () => {
    const { data } = await service.query(
      `{ _entities(representations: [{ __typename: "Household", id: "demo-household" }]) { ... on Household {
          tenancy { occupantIds handlers communityCode }
          dwelling { occupantIds handlers communityCode safetyInspections { nodes { handlers } } building { project { handlers } } } } } }`,
    );
    const handlers = expect.arrayContaining(['demo-property-manager', 'demo-social-worker', 'demo-grid-worker']);
    const home = {
      occupantIds: ['demo-resident', 'demo-spouse', 'demo-child', 'demo-toddler', 'demo-elder'],
      handlers,
      communityCode: demoCommunity,
    };
    expect(data._entities[0]).toEqual({
      tenancy: home,
      dwelling: {
        ...home,
        safetyInspections: { nodes: [{ handlers }] },
        building: { project: { handlers: ['demo-property-manager'] } },
      },
    });
  });

  test('every floor of every building has all its doors, and no home stands above the roof', async () => {
    const { rows } = await database.query<{ code: string; floors: number; top: number; units: string }>(
      `SELECT b.code, b.floors, max(u.floor) AS top, count(*) AS units FROM building b JOIN housing_unit u ON u.building_code = b.code
       GROUP BY b.code`,
    );
    for (const { floors, top, units } of rows) expect([top, Number(units)]).toEqual([floors, floors * 4]);
    const layouts = communityLayouts(residents);
    expect(rows.some(({ code, floors }) => floors > layouts.get(code.slice(0, 12))!.floors)).toBe(true);
    expect(await numberOf('SELECT count(*) FROM housing_unit WHERE NOT occupied')).toBeGreaterThan(0);
  });

  test('a community in numbers agrees with its buildings listed', async () => {
    const { data } = await service.query(
      `{ _entities(representations: [{ __typename: "Community", code: "${demoCommunity}" }]) { ... on Community {
          housingSummary { buildings units occupiedUnits floorAreaM2 }
          buildings(first: 200) { totalCount nodes { areaM2 all: units(first: 1) { totalCount } taken: units(first: 1, occupied: true) { totalCount } } } } } }`,
    );
    const { housingSummary, buildings } = data._entities[0];
    const sum = (value: (building: Answer['data']) => number) =>
      buildings.nodes.reduce((total: number, building: Answer['data']) => total + value(building), 0);
    expect(housingSummary).toEqual({
      buildings: buildings.totalCount,
      units: sum(({ all }) => all.totalCount),
      occupiedUnits: sum(({ taken }) => taken.totalCount),
      floorAreaM2: sum(({ areaM2 }) => areaM2),
    });
    expect(housingSummary.occupiedUnits).toBe(
      population.filter(({ communityCode }) => communityCode === demoCommunity).length,
    );
  });

  test('filters hold together: place, age and name', async () => {
    const old = await readAll(
      service,
      'buildings',
      'place: "440303", oldEstate: true, search: "1栋"',
      'name yearBuilt code',
    );
    expect(old.length).toBeGreaterThan(0);
    for (const { name, yearBuilt, code } of old) {
      expect(name).toContain('1栋');
      expect(yearBuilt).toBeLessThanOrEqual(2000);
      expect(code).toMatch(/^440303\d{13}$/);
    }
    const before = await readAll(service, 'buildings', 'place: "440303", builtBefore: 2001', 'oldEstate');
    expect(before.every(({ oldEstate }) => oldEstate)).toBe(true);
    const all = await numberOf(`SELECT count(*) FROM building WHERE code LIKE '440303%' AND old_estate`);
    expect(before).toHaveLength(all);
  });

  test('a building and a home are found by code, an unknown code gives null', async () => {
    const { unitCode: unit, buildingCode: building } = population[0]!;
    const { data } = await service.query(
      `{ building(code: "${building}") { name community { code } } housingUnit(code: "${unit}") { floor address occupied building { code } }
         none: building(code: "x") { name } nowhere: housingUnit(code: "x") { floor } }`,
    );
    expect(data).toEqual({
      building: { name: '大塘龙社区示例花园1栋', community: { code: demoCommunity } },
      housingUnit: {
        floor: 1,
        address: '深圳市罗湖区桂园街道大塘龙社区示例花园1栋101房',
        occupied: true,
        building: { code: building },
      },
      none: null,
      nowhere: null,
    });
  });
});

describe('tenancies', () => {
  test('owners pay no rent and have no term, tenants have both', async () => {
    expect(
      await numberOf(
        `SELECT count(*) FROM tenancy WHERE (kind = 'OWNED') <> (monthly_rent IS NULL) OR (kind = 'OWNED') <> (ends_on IS NULL)`,
      ),
    ).toBe(0);
    expect(await numberOf('SELECT count(*) FROM tenancy WHERE ends_on <= starts_on OR monthly_rent <= 0')).toBe(0);
  });

  test('homes that are owned are owned by who lives there', async () => {
    const { index, unitCode: unit, members } = population.find(({ tenure }) => tenure === 'OWNED')!;
    expect(index).toBeGreaterThan(0);
    const { data } = await service.query(`{ housingUnit(code: "${unit}") { ownerName tenancy { tenant { id } } } }`);
    expect(data.housingUnit).toEqual({ ownerName: members[0]!.name, tenancy: { tenant: { id: members[0]!.id } } });
  });

  test('the demo family rents its home, where a hazard was found', async () => {
    const { data } = await service.query(
      `{ _entities(representations: [{ __typename: "Household", id: "demo-household" }]) { ... on Household {
          tenancy { kind startsOn endsOn monthlyRent tenant { id } }
          dwelling { code ownerName safetyInspections { nodes { hazard dueOn } } } } } }`,
    );
    expect(data._entities[0].tenancy).toMatchObject({ kind: 'RENTED', tenant: { id: 'demo-resident' } });
    expect(data._entities[0].tenancy.monthlyRent).toBeGreaterThan(0);
    expect(data._entities[0].dwelling.safetyInspections.nodes).toMatchObject([{ hazard: 'ELDER_SAFETY' }]);
  });
});
