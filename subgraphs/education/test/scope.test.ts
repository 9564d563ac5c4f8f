import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { distinctCallers } from '@linli/kit/testing/role-callers';
import { openScopeCheck, type ChildField, type ScopeCheck } from '@linli/kit/testing/scope-check';
import { runJob } from '@linli/kit/testing/jobs';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { subgraph } from '../src/subgraph.js';

let service: TestSubgraph;
let check: ScopeCheck;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 3000 });
  // Done now, so that nothing changes while it is read.
  for (const { name } of subgraph.jobs!) await runJob(subgraph, service.databaseUrl, name, new Date());
  check = await openScopeCheck(service, subgraph);
});

afterAll(() => service.close());

/** Lists below parents: parent, its key, the list, what it lists, and the field by which that names the parent. */
const children: ChildField[] = [
  { parent: 'Community', key: 'code', field: 'schools', type: 'School', by: 'communityCode' },
  { parent: 'CommunitySchool', key: 'id', field: 'courses', type: 'Course', by: 'schoolId' },
  { parent: 'Course', key: 'id', field: 'enrollments', type: 'CourseEnrollment', by: 'courseId' },
  { parent: 'School', key: 'id', field: 'placements', type: 'SchoolPlacement', by: 'schoolId' },
  { parent: 'School', key: 'id', field: 'afterSchoolProgrammes', type: 'AfterSchoolProgramme', by: 'schoolId' },
  { parent: 'AfterSchoolProgramme', key: 'id', field: 'enrollments', type: 'AfterSchoolEnrollment', by: 'programmeId' },
  { parent: 'Community', key: 'code', field: 'sharedVenues', type: 'SharedVenue', by: 'communityCode' },
  { parent: 'SharedVenue', key: 'id', field: 'bookings', type: 'VenueBooking', by: 'venueId' },
  { parent: 'Community', key: 'code', field: 'activities', type: 'Activity', by: 'communityCode' },
  { parent: 'Activity', key: 'id', field: 'registrations', type: 'ActivityRegistration', by: 'activityId' },
  { parent: 'Resident', key: 'id', field: 'afterSchoolEnrollments', type: 'AfterSchoolEnrollment', by: 'residentId' },
  { parent: 'Resident', key: 'id', field: 'venueBookings', type: 'VenueBooking', by: 'residentId' },
  { parent: 'Resident', key: 'id', field: 'activityRegistrations', type: 'ActivityRegistration', by: 'residentId' },
  { parent: 'Resident', key: 'id', field: 'psychologicalAids', type: 'PsychologicalAid', by: 'childId' },
  { parent: 'Resident', key: 'id', field: 'courseEnrollments', type: 'CourseEnrollment', by: 'residentId' },
  { parent: 'Resident', key: 'id', field: 'schoolPlacement', type: 'SchoolPlacement', by: 'residentId' },
];

describe.each(distinctCallers)('a caller with the relations of %s', (_, caller) => {
  test('is shown by root fields the rows of the scope, and no others', async () => {
    expect(await check.rootMistakes(caller)).toEqual([]);
  });

  test('finds by key the rows of the scope, and no others', async () => {
    expect(await check.entityMistakes(caller)).toEqual([]);
  });

  test('is shown below others the rows of the scope, and no others', async () => {
    expect(await check.childMistakes(caller, children)).toEqual([]);
  });
});

test('all that leads to a pupil or a learner is among these', () => {
  expect(check.types).toEqual([
    'School',
    'Course',
    'CourseEnrollment',
    'SchoolPlacement',
    'AfterSchoolProgramme',
    'AfterSchoolEnrollment',
    'SharedVenue',
    'VenueBooking',
    'Activity',
    'ActivityRegistration',
    'PsychologicalAid',
  ]);
  expect(check.roots).toEqual([
    'course',
    'courses',
    'school',
    'schools',
    'sharedVenue',
    'sharedVenues',
    'afterSchoolProgrammes',
    'activity',
    'activities',
    'afterSchoolProgramme',
    'schoolPlacements',
    'psychologicalAids',
    'venueBookings',
  ]);
});

test('a filter keeps to the rows of the scope, also in its count', async () => {
  const operation = `{ school(id: "school-440303001001-1") { placements(grade: 4) { totalCount nodes { id } } } }`;
  const all = (await service.query(operation)).data.school.placements;
  const scope = { School: ['none'], SchoolPlacement: ['self'] } as const;
  const own = await service.query(operation, {}, { subject: { residentId: 'demo-child' }, scope });
  const none = await service.query(operation, {}, { subject: { residentId: 'demo-spouse' }, scope });
  expect(all.totalCount).toBe(all.nodes.length);
  expect(own.data.school.placements.totalCount).toBe(own.data.school.placements.nodes.length);
  expect(own.data.school.placements.totalCount).toBeLessThanOrEqual(1);
  expect(none.data.school.placements).toEqual({ totalCount: 0, nodes: [] });
});
