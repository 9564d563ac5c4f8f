import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import {
  ChildCareFinderDocument,
  Community360Document,
  EmergencyEvacuationDocument,
  MyFamilyDocument,
  type TypedDocumentString,
} from '@linli/schema/generated/operations/graphql';
import { schemaFile } from '@linli/schema/files';
import { linli, testHub } from '../support/test-hub.js';

/** Runs one of the front-end teams' operations as they would: typed, against the running hub. */
async function run<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  token?: string,
  declared: Readonly<Record<string, string>> = {},
): Promise<Result> {
  const response = await fetch(`${testHub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...declared },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const { data, errors } = (await response.json()) as { data: Result; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

const code = '440303001001';
let tokens: Record<'city-supervisor' | 'guardian' | 'community-police', string>;

beforeAll(async () => {
  const token = async (user: string) => (await linli(['token', user])).trim();
  tokens = {
    'city-supervisor': await token('city-supervisor'),
    guardian: await token('guardian'),
    'community-police': await token('community-police'),
  };
});

test('every kept operation has a title for people and is one of those tested here', () => {
  const files = readdirSync(schemaFile('operations')).filter((name) => name.endsWith('.graphql'));
  expect(files.sort()).toEqual([
    'child-care-finder.graphql',
    'community-360.graphql',
    'emergency-evacuation.graphql',
    'my-family.graphql',
  ]);
  for (const file of files)
    expect(readFileSync(schemaFile(`operations/${file}`), 'utf8')).toMatch(/^# \p{Script=Han}/u);
});

test('community 360 shows a supervisor one community from all departments, and the plan’s targets', async () => {
  const { community, indicators } = await run(Community360Document, { code }, tokens['city-supervisor']);
  expect(community).toMatchObject({
    code,
    name: '大塘龙社区',
    street: { code: '440303001' },
    district: { id: '440303' },
  });
  const bands = community!.population!.byAge!.reduce((sum, { count }) => sum + (count ?? 0), 0);
  expect(bands).toBeLessThanOrEqual(community!.population!.total!);
  expect(community!.facilityCounts).toContainEqual({ kind: 'POLICE_POST', count: 1 });
  expect(community!.healthFacilities!.totalCount).toBe(1);
  // The community of the small city has so few people that most numbers of them are withheld.
  expect(community!.housingSummary!.units).toBeGreaterThan(0);
  expect(community!.housingSummary!.occupiedUnits).toBe(community!.population!.households);
  expect(community!.policePosts!.totalCount).toBe(1);
  expect(community!.communitySchool!.courses.totalCount).toBeGreaterThan(0);
  expect(indicators).toHaveLength(14);
});

test('my family shows a guardian the own household, and own and wards’ records across departments', async () => {
  const { me } = await run(MyFamilyDocument, {}, tokens.guardian);
  const members = me!.household!.members!;
  expect(members.map(({ id }) => id).sort()).toEqual([
    'demo-child',
    'demo-elder',
    'demo-resident',
    'demo-spouse',
    'demo-toddler',
  ]);
  expect(members.find(({ id }) => id === 'demo-elder')?.name).toBe('邹**');
  const wards = me!.wards!;
  expect(wards.map(({ id }) => id)).toEqual(['demo-child', 'demo-toddler']);
  expect(wards[0]!.schoolPlacement?.school?.name).toContain('学校');
  for (const { healthAppointments, familyDoctor } of [me!, ...wards]) {
    expect(healthAppointments?.length).toBeGreaterThan(0);
    expect(familyDoctor?.doctor).toBeTruthy();
  }
  expect(me!.household!.tenancy!.kind).toBe('RENTED');
  expect(me!.serviceCases).toEqual([]);
});

test('child care finder shows anyone the places of the street, in nurseries and in kindergartens', async () => {
  const { community, nurseries, kindergartens } = await run(ChildCareFinderDocument, { code });
  expect(community!.street.name).toBe('桂园街道');
  expect(nurseries!.nodes.length).toBe(nurseries!.totalCount);
  for (const nursery of nurseries!.nodes) {
    expect(nursery.community!.code.slice(0, 9)).toBe('440303001');
    expect(nursery.availablePlaces).toBeLessThanOrEqual(nursery.places);
  }
  expect(kindergartens!.nodes.length).toBeGreaterThan(0);
  for (const { nurseryClass } of kindergartens!.nodes) expect(nurseryClass!.places).toBeGreaterThan(0);
});

test('emergency evacuation shows the police homes, shelters, people who need help, and who is on duty', async () => {
  const variables = { code, street: '440303001' };
  const { community, healthFacilities } = await run(
    EmergencyEvacuationDocument,
    variables,
    tokens['community-police'],
    { 'linli-purpose': 'law-enforcement' },
  );
  expect(community!.buildings!.totalCount).toBe(community!.housingSummary!.buildings);
  expect(community!.shelters!.nodes.length).toBeGreaterThan(0);
  expect(community!.population!.mobilityImpaired ?? 0).toBeLessThanOrEqual(community!.population!.total!);
  expect(community!.dutyOfficers!.nodes.length).toBeGreaterThan(0);
  expect(healthFacilities!.totalCount).toBeGreaterThan(0);
});
