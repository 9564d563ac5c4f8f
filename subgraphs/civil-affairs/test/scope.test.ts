import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { distinctCallers } from '@linli/kit/testing/role-callers';
import { openScopeCheck, type ChildField, type ScopeCheck } from '@linli/kit/testing/scope-check';

import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import type { RowScope } from '@linli/schema/subject';
import { subgraph } from '../src/subgraph.js';
import { settled } from './support/settled.js';

let service: TestSubgraph;
let check: ScopeCheck;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 2000 });
  await settled(service);
  check = await openScopeCheck(service, subgraph);
});

afterAll(() => service.close());

const below = (parent: string, key: string, by: string) => (field: string, type: string) => ({
  parent,
  key,
  field,
  type,
  by,
});
const ofCommunity = below('Community', 'code', 'communityCode');
const children: ChildField[] = [
  below('District', 'id', 'districtId')('streets', 'Street'),
  below('Street', 'code', 'streetCode')('communities', 'Community'),
  ofCommunity('residents', 'Resident'),
  ofCommunity('workers', 'CommunityWorker'),
  ofCommunity('appeals', 'Appeal'),
  below('Household', 'id', 'householdId')('members', 'Resident'),
  below('Resident', 'id', 'applicantId')('serviceCases', 'ServiceCase'),
  below('Resident', 'id', 'residentId')('proposals', 'ResidentProposal'),
  below('Resident', 'id', 'residentId')('deliberationComments', 'DeliberationComment'),
  below('Resident', 'id', 'holderId')('licences', 'Licence'),
  below('Resident', 'id', 'holderId')('licenceConsents', 'LicenceConsent'),
  below('ServiceCase', 'id', 'caseId')('rating', 'ServiceRating'),
  below('CommunityWorker', 'id', 'workerId')('trainings', 'WorkerTraining'),
  ofCommunity('serviceArchives', 'ServiceArchive'),
  below('Resident', 'id', 'childId')('childProtectionReports', 'ChildProtectionReport'),
  below('Resident', 'id', 'residentId')('elderProfile', 'ElderProfile'),
  below('Resident', 'id', 'residentId')('dayCareEnrolments', 'DayCareEnrolment'),
  below('Resident', 'id', 'residentId')('homeCareOrders', 'HomeCareOrder'),
  below('Resident', 'id', 'residentId')('volunteer', 'Volunteer'),
  below('Resident', 'id', 'residentId')('volunteerSignUps', 'VolunteerSignUp'),
  below('Resident', 'id', 'holderId')('timeBankAccount', 'TimeBankAccount'),
  below('Resident', 'id', 'residentId')('jobSeeker', 'JobSeeker'),
  below('Resident', 'id', 'residentId')('skillTrainings', 'SkillTrainingEnrolment'),
  below('CommunityFund', 'id', 'fundId')('wishes', 'MicroWish'),
  ofCommunity('microWishes', 'MicroWish'),
  below('DomesticCompany', 'id', 'companyId')('workers', 'DomesticWorker'),
];

describe.each(distinctCallers)('a caller with the relations of %s', (_, caller) => {
  test('is shown by root fields the rows of the scope, and no others', async () => {
    expect(await check.rootMistakes(caller)).toEqual([]);
  });

  test('finds by key the rows of the scope, and no others', async () => {
    expect(await check.entityMistakes(caller)).toEqual([]);
  });

  test('is shown below a row the rows of the scope, and no others', async () => {
    expect(await check.childMistakes(caller, children)).toEqual([]);
  });
});

test('all that leads to scoped rows is among these, but for two root fields without arguments', () => {
  expect(check.types).toEqual([
    'District',
    'Street',
    'Community',
    'Resident',
    'Household',
    'CommunityWorker',
    'Appeal',
    'WeakSignal',
    'ServiceCase',
    'ServiceRating',
    'KioskSession',
    'ResidentProposal',
    'DeliberationComment',
    'WorkerTraining',
    'Liaison',
    'ServiceArchive',
    'Licence',
    'LicenceConsent',
    'ChildProtectionReport',
    'WelfareCase',
    'HardshipLead',
    'ElderProfile',
    'DayCareEnrolment',
    'HomeCareOrder',
    'Volunteer',
    'VolunteerNeed',
    'VolunteerSignUp',
    'TimeBankAccount',
    'MicroWish',
    'JobSeeker',
    'SkillTrainingEnrolment',
    'DomesticWorker',
  ]);
  expect(new Set(check.roots)).toEqual(
    new Set([
      'communities',
      'community',
      'district',
      'street',
      'resident',
      'residents',
      'household',
      'appeals',
      'appeal',
      'weakSignals',
      'weakSignal',
      'childProtectionReports',
      'serviceArchives',
      'serviceArchive',
      'licence',
      'deliberationComments',
      'kioskSession',
      'residentProposals',
      'residentProposal',
      'serviceCases',
      'serviceCase',
      'serviceRatings',
      'liaisons',
      'workerTrainings',
      'microWishes',
      'microWish',
      'domesticWorkers',
      'domesticWorker',
      'elderProfiles',
      'elderProfile',
      'homeCareOrders',
      'jobSeekers',
      'jobSeeker',
      'hardshipLeads',
      'hardshipLead',
      'welfareCases',
      'welfareCase',
      'timeBankAccount',
      'timeBankAccounts',
      'volunteers',
      'volunteerNeeds',
      'volunteerNeed',
      'serviceArchives',
      'serviceArchive',
      'licence',
      'deliberationComments',
      'kioskSession',
      'residentProposals',
      'residentProposal',
      'serviceCases',
      'serviceCase',
      'serviceRatings',
      'liaisons',
      'workerTrainings',
    ]),
  );
});

describe('root fields without arguments', () => {
  test('districts are those of the scope', async () => {
    const ids = async (jurisdiction: string[]) => {
      const { data } = await service.query(
        '{ districts { id } }',
        {},
        {
          subject: { jurisdiction },
          scope: { District: ['district', 'street'] },
        },
      );
      return data.districts.map(({ id }: { id: string }) => id);
    };
    expect(await ids(['440303'])).toEqual(['440303']);
    expect(await ids(['440307009', '440303001'])).toEqual(['dapeng']);
    expect(await ids(['4403'])).toEqual([]);
  });

  test('me is oneself where one may see oneself', async () => {
    const me = async (scope: object) =>
      (await service.query('{ me { id } }', {}, { subject: { residentId: 'demo-spouse' }, scope: { ...scope } })).data
        .me;
    expect(await me({ Resident: ['self'] })).toEqual({ id: 'demo-spouse' });
    expect(await me({ Resident: ['household', 'street'] })).toBeNull();
  });
});

test('rows about minors may be visible by other relations than the rest', async () => {
  const resident = (id: string, residents: RowScope[string]) =>
    service.query(`{ resident(id: "${id}") { id } }`, {}, { scope: { Resident: residents } });
  const shown = async (residents: RowScope[string]) => {
    const answers = await Promise.all(['demo-elder', 'demo-toddler'].map((id) => resident(id, residents)));
    return answers.map(({ data }) => data.resident?.id ?? null);
  };
  expect(await shown(['none'])).toEqual(['demo-elder', 'demo-toddler']);
  expect(await shown({ adults: ['none'], minors: [] })).toEqual(['demo-elder', null]);
  expect(await shown({ adults: ['self'], minors: ['none'] })).toEqual([null, 'demo-toddler']);
});

describe('standing', () => {
  const standing = async (residentId?: string) => {
    const { data } = await service.query(
      '{ standing { household wards } }',
      {},
      {
        subject: residentId === undefined ? {} : { residentId },
        scope: {},
      },
    );
    return data.standing;
  };

  test('names the household, and children as wards of its head and spouse', async () => {
    expect(await standing('demo-spouse')).toEqual({
      household: ['demo-child', 'demo-elder', 'demo-resident', 'demo-toddler'],
      wards: ['demo-child', 'demo-toddler'],
    });
    expect((await standing('demo-elder')).wards).toEqual([]);
    expect((await standing('demo-child')).wards).toEqual([]);
  });

  test('leaves out a child from whose guardians a report took the guardianship, for them alone', async () => {
    const { data } = await service.query(
      `{ all: childProtectionReports(place: "4403", first: 200) {
         nodes { guardianSuspended child { id age household { members { id householdRole } } } } } }`,
    );
    const suspended = data.all.nodes.filter(({ guardianSuspended, child }: any) => guardianSuspended && child.age < 18);
    expect(suspended.length).toBeGreaterThan(0);
    for (const { child } of suspended) {
      for (const { id, householdRole } of child.household.members) {
        if (id === child.id) continue;
        const { household, wards } = await standing(id);
        const guardian = householdRole === 'HEAD' || householdRole === 'SPOUSE';
        expect([household.includes(child.id), wards.includes(child.id)]).toEqual([!guardian, false]);
      }
    }
  });

  test('is nothing to whoever is no resident', async () => {
    expect(await standing()).toBeNull();
    expect(await standing('nobody')).toEqual({ household: [], wards: [] });
  });
});

test('a household or an applicant out of sight is null and takes nothing with it', async () => {
  const { data, errors } = await service.query(
    '{ resident(id: "demo-elder") { id household { id } } appeals(place: "440303001001") { nodes { no appellant { id } } } }',
    {},
    { subject: { staffId: 'demo-social-worker' }, scope: { Resident: ['assigned'], Appeal: ['none'] } },
  );
  expect(errors).toBeUndefined();
  expect(data.resident).toEqual({ id: 'demo-elder', household: null });
  expect(data.appeals.nodes.length).toBeGreaterThan(0);
  for (const { appellant } of data.appeals.nodes) expect(appellant).toBeNull();
});

test('the hidden facts of a row are those that its scope is made of', async () => {
  const { data } = await service.query(
    `{ elder: resident(id: "demo-elder") { handlers minor } child: resident(id: "demo-child") { handlers minor }
       household(id: "demo-household") { memberIds handlers } }`,
  );
  expect(data.elder).toMatchObject({ handlers: expect.arrayContaining(['demo-social-worker']), minor: false });
  expect(data.child).toMatchObject({ handlers: expect.arrayContaining(['demo-teacher']), minor: true });
  expect(data.household.memberIds).toHaveLength(5);
  expect(data.household.handlers).toEqual(expect.arrayContaining(data.elder.handlers));
});

test('without an assertion nothing is answered', async () => {
  for (const root of [...check.roots, 'me', 'districts', 'standing']) {
    expect((await service.send(`{ ${root} { __typename } }`, undefined)).status).toBe(401);
  }
});
