import type { ChildPages } from '@linli/kit/paging/children';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Access } from '@linli/kit/scope/scope';
import type { Database } from './database.js';
import { bookedSeats } from './queries/booked-seats.js';
import { educationSummaries } from './queries/education-summary.js';
import { latestBookings } from './queries/latest-bookings.js';
import { mostSlots } from './slots.js';
import { planQuantities, type PlanQuantities } from './queries/plan-quantities.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** A list short enough to need no paging: at most `limit` rows, whatever the tables hold. */
function bounded<Row, Filter>(pages: ChildPages<Row, Filter>, limit: number) {
  return async (parent: string, filter?: Filter): Promise<Row[]> =>
    (await pages(parent, { first: limit }, filter)).nodes;
}

/** One set per request: rows by key, children by parent, each kind one statement per tick. */
export function createLoaders({ db, sql, unscoped }: Access<Database>) {
  let quantities: Promise<PlanQuantities> | undefined;
  return {
    planQuantities: () => (quantities ??= planQuantities(unscoped)),
    communitySchool: rowByKey(db.communitySchool, 'id'),
    course: rowByKey(db.course, 'id'),
    enrollment: rowByKey(db.courseEnrollment, 'id'),
    school: rowByKey(db.school, 'id'),
    placement: rowByKey(db.schoolPlacement, 'id'),
    kindergarten: rowByKey(db.kindergarten, 'id'),
    nurseryClass: rowByKey(db.nurseryClass, 'id'),
    programme: rowByKey(db.afterSchoolProgramme, 'id'),
    venue: rowByKey(db.sharedVenue, 'id'),
    slot: rowByKey(db.venueSlot, 'id'),
    communityLibrary: rowByKey(db.communityLibrary, 'id'),
    station: rowByKey(db.familyEducationStation, 'id'),
    learningResource: rowByKey(db.learningResource, 'id'),
    learningCircle: rowByKey(db.learningCircle, 'id'),
    afterSchoolEnrollment: rowByKey(db.afterSchoolEnrollment, 'id'),
    term: rowByKey(db.schoolTerm, 'id'),
    booking: rowByKey(db.venueBooking, 'id'),
    activity: rowByKey(db.activity, 'id'),
    registration: rowByKey(db.activityRegistration, 'id'),
    guidancePoint: rowByKey(db.fitnessGuidancePoint, 'id'),
    psychologicalAid: rowByKey(db.psychologicalAid, 'id'),

    communitySchoolOfCommunity: rowByKey(db.communitySchool, 'communityCode'),
    nurseryClassOfKindergarten: rowByKey(db.nurseryClass, 'kindergartenId'),
    placementOfResident: rowByKey(db.schoolPlacement, 'residentId'),

    coursesOfSchool: childrenOf(db.course, 'id', 'schoolId'),
    enrollmentsOfCourse: childrenOf(db.courseEnrollment, 'id', 'courseId'),
    enrollmentsOfResident: bounded(childrenOf(db.courseEnrollment, 'id', 'residentId'), 100),
    schoolsOfCommunity: childrenOf(db.school, 'id', 'communityCode'),
    placementsOfSchool: childrenOf(db.schoolPlacement, 'id', 'schoolId'),
    kindergartensOfCommunity: childrenOf(db.kindergarten, 'id', 'communityCode'),
    programmesOfSchool: bounded(childrenOf(db.afterSchoolProgramme, 'id', 'schoolId'), 20),
    venuesOfCommunity: childrenOf(db.sharedVenue, 'id', 'communityCode'),
    venuesOfSchool: childrenOf(db.sharedVenue, 'id', 'schoolId'),
    slotsOfVenue: bounded(childrenOf(db.venueSlot, 'id', 'venueId'), mostSlots),
    librariesOfCommunity: bounded(childrenOf(db.communityLibrary, 'id', 'communityCode'), 20),
    stationsOfCommunity: bounded(childrenOf(db.familyEducationStation, 'id', 'communityCode'), 20),
    activitiesOfCommunity: childrenOf(db.activity, 'id', 'communityCode'),
    activitiesOfHost: childrenOf(db.activity, 'id', 'hostId'),
    registrationsOfActivity: childrenOf(db.activityRegistration, 'id', 'activityId'),
    registrationsOfResident: bounded(childrenOf(db.activityRegistration, 'id', 'residentId'), 100),
    guidancePointsOfCommunity: bounded(childrenOf(db.fitnessGuidancePoint, 'id', 'communityCode'), 20),
    circlesOfCommunity: bounded(childrenOf(db.learningCircle, 'id', 'communityCode'), 20),
    learningOfEnrollment: bounded(childrenOf(db.learningRecord, 'id', 'enrollmentId'), 200),
    stepsOfPlacement: bounded(childrenOf(db.schoolPlacementStep, 'id', 'placementId'), 50),
    enrollmentsOfProgramme: childrenOf(db.afterSchoolEnrollment, 'id', 'programmeId'),
    careOfResident: bounded(childrenOf(db.afterSchoolEnrollment, 'id', 'residentId'), 50),
    bookingsOfVenue: childrenOf(db.venueBooking, 'id', 'venueId'),
    bookingsOfResident: latestBookings(sql, db),
    aidsOfChild: bounded(childrenOf(db.psychologicalAid, 'id', 'childId'), 50),
    stepsOfAid: bounded(childrenOf(db.psychologicalAidStep, 'id', 'aidId'), 50),
    summaryOfPlace: educationSummaries(sql),
    bookedSeats: bookedSeats(unscoped),
  };
}
