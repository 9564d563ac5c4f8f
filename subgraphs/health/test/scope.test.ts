import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { distinctCallers } from '@linli/kit/testing/role-callers';
import { openScopeCheck, type ChildField, type ScopeCheck } from '@linli/kit/testing/scope-check';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { subgraph } from '../src/subgraph.js';
import { settled } from './support/writing.js';

let service: TestSubgraph;
let check: ScopeCheck;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 3000 });
  await settled(service);
  check = await openScopeCheck(service, subgraph);
});

afterAll(() => service.close());

const ofResident = (field: string, type: string): ChildField => ({
  parent: 'Resident',
  key: 'id',
  field,
  type,
  by: 'residentId',
});

const children = [
  // Of contracts, the one that is active.
  { ...ofResident('familyDoctor', 'FamilyDoctorContract'), by: 'currentResidentId' },
  ofResident('healthRecord', 'HealthRecord'),
  ofResident('vaccinations', 'Vaccination'),
  ofResident('vaccinationsDue', 'VaccinationDue'),
  ofResident('healthAppointments', 'HealthAppointment'),
  ofResident('homeBeds', 'HomeBed'),
  ofResident('careProgrammes', 'CareProgramme'),
  ofResident('mentalHealthScreenings', 'MentalHealthScreening'),
  ofResident('mentalHealthReferrals', 'MentalHealthReferral'),
  ofResident('nurseryEnrolments', 'NurseryEnrolment'),
  { parent: 'PublicHealthEvent', key: 'id', field: 'jointTasks', type: 'JointHealthTask', by: 'eventId' },
];

describe.each(distinctCallers)('a caller with the relations of %s', (_, caller) => {
  test('is shown by root fields the rows of the scope, and no others', async () => {
    expect(await check.rootMistakes(caller)).toEqual([]);
  });

  test('finds by key the rows of the scope, and no others', async () => {
    expect(await check.entityMistakes(caller)).toEqual([]);
  });

  test('is shown below a resident, or an event, the rows of the scope, and no others', async () => {
    expect(await check.childMistakes(caller, children)).toEqual([]);
  });
});

test('all that leads to a person is among these', () => {
  expect(check.types).toEqual([
    'FamilyDoctorContract',
    'HealthRecord',
    'Vaccination',
    'VaccinationDue',
    'HealthAppointment',
    'HomeBed',
    'CareProgramme',
    'MentalHealthScreening',
    'MentalHealthReferral',
    'NurseryEnrolment',
    'MentalHealthProfessional',
    'JointHealthTask',
  ]);
  expect(check.roots).toEqual([
    'familyDoctorContracts',
    'familyDoctorContract',
    'mentalHealthReferrals',
    'healthAppointments',
    'healthAppointment',
    'careProgrammes',
    'careProgramme',
    'homeBeds',
    'homeBed',
    'mentalHealthProfessionals',
    'mentalHealthProfessional',
    'mentalHealthReferral',
    'mentalHealthScreenings',
    'nurseryEnrolments',
    'nurseryEnrolment',
    'jointHealthTasks',
    'jointHealthTask',
    'vaccinationsDue',
  ]);
});
