import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { geography } from '@linli/schema/geography';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';

let service: TestSubgraph;
let database: Client;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 20_000 });
  database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
}, 120_000);

afterAll(async () => {
  await database.end();
  await service.close();
});

interface Value {
  indicator: { no: number };
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  unavailable: string | null;
}
/** A place as it answers, with the communities that lie in it. */
interface Place {
  code: string;
  communities: readonly string[];
  values: readonly Value[];
}

const selection = 'indicatorValues { indicator { no } value numerator denominator unavailable }';
const allCodes = geography.communities.map(({ code }) => code);
const within = (prefixes: readonly string[]) =>
  allCodes.filter((code) => prefixes.some((prefix) => code.startsWith(prefix)));

/** The city, its districts and their streets. */
async function largePlaces(): Promise<Place[]> {
  const { data } = await service.query(
    `{ city { code ${selection} districts { id prefixes ${selection} streets { code ${selection} } } } }`,
  );
  const { city } = data;
  return [
    { code: city.code, communities: allCodes, values: city.indicatorValues },
    ...city.districts.flatMap(
      (district: {
        id: string;
        prefixes: string[];
        indicatorValues: Value[];
        streets: { code: string; indicatorValues: Value[] }[];
      }) => [
        { code: district.id, communities: within(district.prefixes), values: district.indicatorValues },
        ...district.streets.map(({ code, indicatorValues }) => ({
          code,
          communities: within([code]),
          values: indicatorValues,
        })),
      ],
    ),
  ];
}

/** Every community, page by page. */
async function communities(): Promise<Place[]> {
  const found: Place[] = [];
  for (const { prefixes } of geography.districts) {
    for (const place of prefixes) {
      let after: string | null = null;
      do {
        const { data } = await service.query(
          `query ($place: PlaceCode!, $after: String) { communities(place: $place, first: 200, after: $after) {
             nodes { code ${selection} } pageInfo { endCursor hasNextPage } } }`,
          { place, after },
        );
        const { nodes, pageInfo } = data.communities;
        for (const { code, indicatorValues } of nodes)
          found.push({ code, communities: [code], values: indicatorValues });
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      } while (after !== null);
    }
  }
  return found;
}

async function rows<Row extends object>(text: string): Promise<Row[]> {
  return (await database.query<Row>(text)).rows;
}

/** What an indicator of a place says, to be compared with what its rows say. */
function said(place: Place, no: number) {
  const { numerator, denominator, value, unavailable } = place.values.find(({ indicator }) => indicator.no === no)!;
  return { place: place.code, numerator, denominator, value, available: unavailable === null };
}

function expected({ code }: Place, numerator: number, denominator: number) {
  const value = Math.round((numerator / denominator) * 10_000) / 100;
  return { place: code, numerator, denominator, value, available: true };
}

describe('recomputed from the rows, on every level from the city to the community', () => {
  let places: Place[];
  beforeAll(async () => {
    places = [...(await largePlaces()), ...(await communities())];
  }, 120_000);

  test('there are all places', () => {
    expect(places).toHaveLength(1 + geography.districts.length + geography.streets.length + allCodes.length);
  });

  test('indicator 8 counts streets that have a centre for elders of their own', async () => {
    const sites = await rows<{ centre_of: string }>('SELECT centre_of FROM elder_site WHERE centre_of IS NOT NULL');
    const served = new Set(sites.map((site) => site.centre_of));
    for (const place of places) {
      const streets = [...new Set(place.communities.map((code) => code.slice(0, 9)))];
      const count = streets.filter((code) => served.has(code)).length;
      expect(said(place, 8)).toEqual(expected(place, count, streets.length));
    }
    expect(served.size).toBeLessThan(geography.streets.length);
  });

  test('indicator 10 counts the service centres in which a volunteer station is', async () => {
    const centres = await rows<{ id: string; code: string }>(
      `SELECT id, community_code AS code FROM facility WHERE kind = 'PARTY_SERVICE_CENTRE'`,
    );
    const stations = new Set(
      (await rows<{ id: string }>('SELECT facility_id AS id FROM volunteer_station')).map(({ id }) => id),
    );
    expect(stations.size).toBeGreaterThan(0);
    for (const place of places) {
      const there = new Set(place.communities);
      const own = centres.filter(({ code }) => there.has(code));
      expect(said(place, 10)).toEqual(expected(place, own.filter(({ id }) => stations.has(id)).length, own.length));
    }
  });

  test('indicator 12 counts the elders who use the city’s platform, wherever that tells of no few of them', async () => {
    const elders = await rows<{ code: string; user: boolean }>(
      `SELECT r.community_code AS code, coalesce(p.smart_care_user, false) AS user
       FROM resident r LEFT JOIN elder_profile p ON p.resident_id = r.id
       WHERE age((now() AT TIME ZONE 'Asia/Shanghai')::date, r.birth_date) >= interval '60 years'`,
    );
    let published = 0;
    for (const place of places) {
      const there = new Set(place.communities);
      const own = elders.filter(({ code }) => there.has(code));
      const users = own.filter(({ user }) => user).length;
      const answer = said(place, 12);
      if (answer.available) {
        published++;
        expect(answer).toEqual(expected(place, users, own.length));
        for (const count of [users, own.length - users]) expect(count === 0 || count >= 5).toBe(true);
      } else {
        expect(place.values.find(({ indicator }) => indicator.no === 12)!.unavailable).toMatch(/人数过少|没有居民/);
      }
    }
    expect(said(places[0]!, 12).available).toBe(true);
    expect(places.slice(1, 1 + geography.districts.length).some((place) => said(place, 12).available)).toBe(true);
    expect(published).toBeGreaterThan(geography.districts.length);
  });
});
