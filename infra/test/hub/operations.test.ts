import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import {
  AcceptAppealDocument,
  AnswerAppealDocument,
  AppealRoundDocument,
  BookVenueDocument,
  CancelVenueDocument,
  ChildCareFinderDocument,
  CloseAppealDocument,
  Community360Document,
  ConfirmAppealDocument,
  ContactAppellantDocument,
  DispatchAppealDocument,
  ElderLivingAloneDocument,
  EmergencyEvacuationDocument,
  EvaluateAppealDocument,
  HardshipQueueDocument,
  MyFamilyDocument,
  NewcomerOneStopDocument,
  PropertyHealthDocument,
  StartHandlingAppealDocument,
  StreetDashboardDocument,
  SubmitAppealDocument,
  VenueBookingDocument,
  WhoSawMyDataDocument,
  type TypedDocumentString,
} from '@linli/schema/generated/operations/graphql';
import { schemaFile } from '@linli/schema/files';
import { ask, linli, testHub } from '../support/test-hub.js';

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
const street = '440303001';
const ownAffairs = { 'linli-purpose': 'own-affairs' };
const serviceHandling = { 'linli-purpose': 'service-handling' };
const statistics = { 'linli-purpose': 'statistics' };
const socialAssistance = {
  'linli-purpose': 'social-assistance',
  'linli-legal-basis': encodeURIComponent('社会救助暂行办法第四条'),
  'linli-case-number': 'SZ-2026-000123',
};

const users = [
  'city-supervisor',
  'street-supervisor',
  'guardian',
  'resident',
  'community-police',
  'community-worker',
  'social-worker',
] as const;
let tokens: Record<(typeof users)[number], string>;

beforeAll(async () => {
  const entries = await Promise.all(users.map(async (user) => [user, (await linli(['token', user])).trim()]));
  tokens = Object.fromEntries(entries) as typeof tokens;
});

const tested = [
  'appeal-round',
  'appeal-round-accept',
  'appeal-round-answer',
  'appeal-round-close',
  'appeal-round-confirm',
  'appeal-round-contact',
  'appeal-round-dispatch',
  'appeal-round-evaluate',
  'appeal-round-handle',
  'appeal-round-submit',
  'child-care-finder',
  'community-360',
  'elder-living-alone',
  'emergency-evacuation',
  'hardship-queue',
  'my-family',
  'newcomer-one-stop',
  'property-health',
  'street-dashboard',
  'venue-booking',
  'venue-booking-book',
  'venue-booking-cancel',
  'who-saw-my-data',
];

test('every kept operation has a title for people and is one of those tested here', () => {
  const files = readdirSync(schemaFile('operations')).filter((name) => name.endsWith('.graphql'));
  expect(files.sort()).toEqual(tested.map((name) => `${name}.graphql`).sort());
  for (const file of files)
    expect(readFileSync(schemaFile(`operations/${file}`), 'utf8')).toMatch(/^# \p{Script=Han}/u);
});

test.each(tested)('%s comes with variables where it takes any, and they are those that it takes', (name) => {
  const text = readFileSync(schemaFile(`operations/${name}.graphql`), 'utf8');
  const signature = /^(?:query|mutation) \w+\s*(?:\(([\s\S]*?)\))?\s*\{/m.exec(text)?.[1] ?? '';
  const taken = [...signature.matchAll(/\$(\w+): ([\w!]+)( =)?/g)].map(([, variable, type]) => ({ variable, type }));
  const file = schemaFile(`operations/${name}.variables.json`);
  expect(existsSync(file)).toBe(taken.length > 0);
  if (taken.length === 0) return;
  const given = Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object);
  expect(taken.map(({ variable }) => variable)).toEqual(expect.arrayContaining(given));
  for (const { variable, type } of taken) if (type?.endsWith('!')) expect(given).toContain(variable);
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
  expect(community!.openAppeals).toBeGreaterThan(0);
  expect(community!.weakSignals!.map(({ category }) => category)).toContain('NOISE');
  expect(community!.educationSummary!.sportsVenues).toBeGreaterThan(0);
  expect(community!.healthServiceSummary!.nurseryPlaces).toBeGreaterThan(0);
  expect(indicators).toHaveLength(14);
  for (const { target2025 } of indicators!) expect(target2025).toEqual(expect.any(Number));
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
  expect(wards[1]!.nurseryEnrolments!.map(({ nursery }) => nursery?.name)).toEqual(['大塘龙社区托育中心']);
  expect(me!.household!.tenancy).toMatchObject({ kind: 'RENTED', filing: { state: 'FILED' } });
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
  const variables = { code, street };
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

test('elder living alone shows a social worker care, home and last visit of the old in their charge', async () => {
  const all = await run(
    ElderLivingAloneDocument,
    { place: street, livesAlone: null },
    tokens['social-worker'],
    socialAssistance,
  );
  const elder = all.residents!.nodes.find(({ id }) => id === 'demo-elder')!;
  expect(elder.name).toMatch(/^邹例/);
  expect(elder.elderProfile!.assessments!.length).toBeGreaterThan(0);
  expect(elder.household!.dwelling!.safetyInspections!.nodes.map(({ hazard }) => hazard)).toContain('ELDER_SAFETY');
  expect(elder.lastGridVisit!.visitedAt).toBeTruthy();
  // Whose contract it is stays with health; who the family doctors of the community are does not.
  expect(elder.familyDoctor).toBeNull();
  expect(elder.community!.familyDoctors!.nodes.length).toBeGreaterThan(0);

  const alone = await run(ElderLivingAloneDocument, { place: street }, tokens['social-worker'], socialAssistance);
  const ids = all.residents!.nodes.filter(({ livesAlone }) => livesAlone).map(({ id }) => id);
  expect(alone.residents!.nodes.map(({ id }) => id)).toEqual(ids);
});

test('newcomer one-stop shows residents permit, tenancy filing and family doctor, guardians the school too', async () => {
  const { me, schoolTerms } = await run(NewcomerOneStopDocument, { schoolYear: 2026 }, tokens.resident, ownAffairs);
  expect(me!.residencePermit!.state).toBe('VALID');
  expect(me!.household!.tenancy!.filing!.state).toBe('FILED');
  expect(me!.leaseFilings!.nodes.map(({ id }) => id)).toContain(me!.household!.tenancy!.filing!.id);
  expect(me!.familyDoctor!.facility!.name).toContain('大塘龙');
  expect(schoolTerms!.map(({ id }) => id)).toEqual(['2026-1', '2026-2']);

  const variables = { schoolYear: 2026, wards: true };
  const { me: guardian } = await run(NewcomerOneStopDocument, variables, tokens.guardian, ownAffairs);
  const pupil = guardian!.wards!.find(({ id }) => id === 'demo-child')!;
  expect(pupil.schoolPlacement!.school!.name).toContain('学校');
  expect(pupil.familyDoctor!.state).toBe('ACTIVE');
});

test('hardship queue shows a social worker leads with the signals of several departments', async () => {
  const { hardshipLeads } = await run(
    HardshipQueueDocument,
    { place: street },
    tokens['social-worker'],
    socialAssistance,
  );
  const lead = hardshipLeads!.nodes.find(({ resident }) => resident?.id === 'demo-elder')!;
  expect(lead.signals!.map(({ source }) => source)).toEqual(expect.arrayContaining(['GRID', 'HOUSING']));
  expect(lead.urgency).toBe(lead.signals!.length > 2 ? 'URGENT' : 'RAISED');
  expect(lead.resident!.lastGridVisit!.visitedAt).toBeTruthy();
  for (const { signals } of hardshipLeads!.nodes) for (const { detail } of signals!) expect(detail).toBeTruthy();
});

test('property health shows a supervisor credit, votes, inspections and appeals of one community', async () => {
  const { propertyProjects, appeals } = await run(
    PropertyHealthDocument,
    { place: code, community: code, period: '2025' },
    tokens['street-supervisor'],
    statistics,
  );
  const [project] = propertyProjects!.nodes;
  expect(project!.company.creditEntries.nodes.map(({ grade }) => grade)).toContain(project!.company.grade);
  expect(project!.votes.totalCount).toBeGreaterThan(0);
  for (const { voted, eligible } of project!.votes.nodes) expect(voted ?? 0).toBeLessThanOrEqual(eligible);
  expect(project!.inspectionRounds!.totalCount).toBeGreaterThan(0);
  expect(project!.safetyInspections!.totalCount).toBeGreaterThan(0);
  expect(appeals!.totalCount).toBeGreaterThan(0);
  for (const { community } of appeals!.nodes) expect(community!.name).toBe('大塘龙社区');
});

test('street dashboard shows a supervisor a street and all its communities in numbers', async () => {
  const {
    street: shown,
    educationSummary,
    healthServiceSummary,
  } = await run(
    StreetDashboardDocument,
    { street, place: street, period: '2025' },
    tokens['street-supervisor'],
    statistics,
  );
  const communities = shown!.communities.nodes;
  expect(communities).toHaveLength(shown!.communities.totalCount);
  expect(communities.every((community) => community.code.startsWith(street))).toBe(true);
  // A community of the small city has so few residents that its numbers of them may be withheld, but not their sum.
  expect(shown!.population!.total).toBeGreaterThan(0);
  expect(shown!.appealKpi).toMatchObject({ period: '2025' });
  expect(healthServiceSummary!.facilities).toBeGreaterThanOrEqual(communities.length / 2);
  expect(educationSummary!.sportsVenues).toBeGreaterThan(0);
});

/** What every mutation of an appeal answers with. */
type Progress = Record<
  string,
  {
    appeal?: { no?: string | null; state?: string | null; version?: number | null } | null;
    userErrors: unknown[];
  } | null
>;

test('an appeal goes round from intake to evaluation, each step by whose it is', async () => {
  const { resident } = tokens;
  const worker = tokens['community-worker'];
  const content = '示例：附近工地晚上十一点以后仍在施工，影响休息。';
  const intake = { communityCode: code, category: 'NOISE', title: '夜间施工噪声', content } as const;
  const input = { ...intake, residentId: 'demo-resident', channel: 'ONLINE', idempotencyKey: randomUUID() } as const;
  const submit = () => run(SubmitAppealDocument, { input }, resident, ownAffairs);
  const { submitAppeal } = await submit();
  expect(submitAppeal!.userErrors).toEqual([]);
  const { no, state, respondBy } = submitAppeal!.appeal!;
  expect(state).toBe('SUBMITTED');
  expect(respondBy).toBeNull();
  expect((await submit()).submitAppeal!.appeal!.no).toBe(no);

  let version = submitAppeal!.appeal!.version!;
  const at = () => ({ no: no!, expectedVersion: version });
  async function step(taken: Promise<Progress>) {
    const [payload] = Object.values(await taken);
    expect(payload!.userErrors).toEqual([]);
    expect(payload!.appeal!.version).toBeGreaterThan(version);
    version = payload!.appeal!.version!;
    return payload!.appeal!.state;
  }
  const note = '属实，已电话联系。';
  const accept = { input: { ...at(), note } };
  expect(await step(run(AcceptAppealDocument, accept, worker, serviceHandling))).toBe('ACCEPTED');
  const contact = { input: { ...at(), note } };
  expect(await step(run(ContactAppellantDocument, contact, worker, serviceHandling))).toBe('ACCEPTED');
  const dispatch = { input: { ...at(), unit: code, staff: ['demo-community-worker'] } };
  expect(await step(run(DispatchAppealDocument, dispatch, worker, serviceHandling))).toBe('DISPATCHED');
  const handle = { input: at() };
  expect(await step(run(StartHandlingAppealDocument, handle, worker, serviceHandling))).toBe('HANDLING');
  const answer = { input: { ...at(), answer: '已与工地约定，晚上十点以后不再施工。' } };
  expect(await step(run(AnswerAppealDocument, answer, worker, serviceHandling))).toBe('ANSWERED');
  const confirm = { input: at() };
  expect(await step(run(ConfirmAppealDocument, confirm, resident, ownAffairs))).toBe('CONFIRMED');
  const evaluate = { input: { ...at(), rating: 5, comment: '处理及时。' } };
  expect(await step(run(EvaluateAppealDocument, evaluate, resident, ownAffairs))).toBe('EVALUATED');
  const close = { input: at() };
  expect(await step(run(CloseAppealDocument, close, worker, serviceHandling))).toBe('CLOSED');

  const { appeal } = await run(AppealRoundDocument, { no: no! }, resident, ownAffairs);
  expect(appeal).toMatchObject({ state: 'CLOSED', resolved: true, rating: 5, possibleActions: [] });
  expect(appeal!.steps!.map(({ action }) => action)).toEqual([
    'SUBMIT',
    'ACCEPT',
    'CONTACT',
    'DISPATCH',
    'START',
    'ANSWER',
    'CONFIRM',
    'EVALUATE',
    'CLOSE',
  ]);
});

test('venue booking shows a resident venues of schools and facilities, books what is free and gives it back', async () => {
  const show = () =>
    run(VenueBookingDocument, { place: street, venue: `sports-venue-${code}-gym` }, tokens.resident, ownAffairs);
  const { sharedVenues, venueAvailability } = await show();
  expect(sharedVenues!.nodes.some(({ school }) => school)).toBe(true);
  expect(sharedVenues!.nodes.some(({ facility }) => facility)).toBe(true);
  // Not today's slot, which may have begun.
  const { date, free, slot } = venueAvailability!.slots.find(
    (day) => day.date > venueAvailability!.from && day.free > 0,
  )!;
  const left = async () =>
    (await show()).venueAvailability!.slots.find((day) => day.date === date && day.slot.id === slot.id)!.free;

  const input = { slotId: slot.id, date, residentId: 'demo-resident', people: 2, idempotencyKey: randomUUID() };
  const { bookVenueSlot } = await run(BookVenueDocument, { input }, tokens.resident, ownAffairs);
  expect(bookVenueSlot!.userErrors).toEqual([]);
  const booking = bookVenueSlot!.booking!;
  expect(booking).toMatchObject({ date, state: 'BOOKED', people: 2 });
  expect(await left()).toBe(free - 1);
  expect((await show()).me!.venueBookings!.map(({ id }) => id)).toContain(booking.id);

  const cancelled = { bookingId: booking.id!, expectedVersion: booking.version! };
  const { cancelVenueBooking } = await run(CancelVenueDocument, { input: cancelled }, tokens.resident, ownAffairs);
  expect(cancelVenueBooking).toMatchObject({ booking: { state: 'CANCELLED' }, userErrors: [] });
  expect(await left()).toBe(free);
});

test('who saw my data shows a resident each disclosure to others: by which role, what for, what of it masked', async () => {
  const mine = async (includeOwn = false) => {
    const { disclosuresOfMe } = await run(WhoSawMyDataDocument, { includeOwn }, tokens.resident, ownAffairs);
    return disclosuresOfMe!;
  };
  const worker = tokens['community-worker'];
  const before = await mine();
  await ask('query Names { resident(id: "demo-resident") { name phone } }', worker, undefined, serviceHandling);
  // What is shown of a community shows nobody.
  await ask(`{ community(code: "${code}") { name population { total } } }`, worker, undefined, serviceHandling);
  const after = await mine();
  expect(after.totalCount).toBe(before.totalCount + 1);
  const [newest] = after.nodes;
  expect(newest).toMatchObject({
    by: { roles: ['community-worker'] },
    purpose: 'service-handling',
    legalBasis: null,
    emergency: false,
    own: false,
    fields: [
      { coordinate: 'Resident.name', effect: 'MASKED' },
      { coordinate: 'Resident.phone', effect: 'MASKED' },
    ],
  });
  expect(Date.parse(newest!.at!)).toBeLessThanOrEqual(Date.now());
  // To look at it was a reading of one's own.
  const [own] = (await mine(true)).nodes;
  expect(own).toMatchObject({ own: true, purpose: 'own-affairs' });
  expect(own!.fields!.map(({ coordinate }) => coordinate)).toContain('Disclosure.at');
});
