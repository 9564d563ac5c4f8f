import type { ChildPages, ColumnFilter } from '@linli/kit/paging/children';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Pool } from 'pg';
import type { Database } from './database.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** A list short enough to need no paging: at most `limit` rows, whatever the tables hold. */
function bounded<Row>(pages: ChildPages<Row>, limit: number) {
  return async (parent: string, filter?: ColumnFilter): Promise<Row[]> =>
    (await pages(parent, { first: limit }, filter)).nodes;
}

/** One set per request: rows by key, children by parent, each kind one statement per tick. */
export function createLoaders(pool: Pool, db: Database) {
  return {
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
    library: rowByKey(db.communityLibrary, 'id'),
    station: rowByKey(db.familyEducationStation, 'id'),
    scienceActivity: rowByKey(db.scienceActivity, 'id'),

    communitySchoolOfCommunity: rowByKey(db.communitySchool, 'communityCode'),
    nurseryClassOfKindergarten: rowByKey(db.nurseryClass, 'kindergartenId'),
    placementOfResident: rowByKey(db.schoolPlacement, 'residentId'),

    coursesOfSchool: childrenOf(pool, db.course, 'id', 'course.school_id'),
    enrollmentsOfCourse: childrenOf(pool, db.courseEnrollment, 'id', 'course_enrollment.course_id'),
    enrollmentsOfResident: bounded(childrenOf(pool, db.courseEnrollment, 'id', 'course_enrollment.resident_id'), 100),
    schoolsOfCommunity: childrenOf(pool, db.school, 'id', 'school.community_code'),
    placementsOfSchool: childrenOf(pool, db.schoolPlacement, 'id', 'school_placement.school_id'),
    kindergartensOfCommunity: childrenOf(pool, db.kindergarten, 'id', 'kindergarten.community_code'),
    programmesOfSchool: bounded(
      childrenOf(pool, db.afterSchoolProgramme, 'id', 'after_school_programme.school_id'),
      20,
    ),
    venuesOfCommunity: childrenOf(pool, db.sharedVenue, 'id', 'shared_venue.community_code'),
    venuesOfSchool: childrenOf(pool, db.sharedVenue, 'id', 'shared_venue.school_id'),
    slotsOfVenue: bounded(childrenOf(pool, db.venueSlot, 'id', 'venue_slot.venue_id'), 50),
    librariesOfCommunity: bounded(childrenOf(pool, db.communityLibrary, 'id', 'community_library.community_code'), 20),
    stationsOfCommunity: bounded(
      childrenOf(pool, db.familyEducationStation, 'id', 'family_education_station.community_code'),
      20,
    ),
    activitiesOfCommunity: childrenOf(pool, db.scienceActivity, 'id', 'science_activity.community_code'),
  };
}
