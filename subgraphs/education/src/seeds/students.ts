import { minorUntil } from '@linli/kit/minor';
import { teacherOf } from '@linli/kit/population/staff';
import { defineSeed } from '@linli/kit/seeding/seed';
import { communityTeacher } from '../posts.js';
import { placedCourses, type PlacedCourse } from './courses.js';
import { enrollmentsOf } from './enrollments.js';
import { placementsOf } from './placements.js';
import { schoolFinder } from './school-map.js';

const scopeColumns = ['community_code', 'handlers', 'minor_until'] as const;

/**
 * Courses with the synthetic residents who chose them, and the schools their children go to. What is held is the
 * courses, five in every community, however many residents there are. Placements are in the hands of the class teacher,
 * enrolments in those of the teacher who runs the community school, the first of the community.
 */
export const studentsSeed = defineSeed({
  name: 'students',
  tables: {
    course: [
      'id',
      'title',
      'school_id',
      'community_code',
      'audience',
      'mode',
      'seats',
      'enrolled',
      'hours',
      'starts_on',
      'ends_on',
      'waitlisted',
      'last_waiting_no',
    ],
    course_enrollment: [
      'id',
      'course_id',
      'resident_id',
      'state',
      'hours',
      'enrolled_at',
      'waiting_no',
      ...scopeColumns,
    ],
    school_placement: ['id', 'resident_id', 'school_id', 'grade', 'state', 'since', ...scopeColumns],
  },
  async run({ load, seed, households }) {
    const courses = new Map<string, PlacedCourse[]>();
    for (const course of placedCourses(seed)) {
      courses.set(course.communityCode, [...(courses.get(course.communityCode) ?? []), course]);
    }
    const find = schoolFinder();
    for (const household of households()) {
      const { communityCode } = household;
      for (const chosen of enrollmentsOf(household, courses.get(communityCode)!, seed)) {
        const { id, courseId, resident, state, hours, enrolledAt, waitingNo } = chosen;
        load.row('course_enrollment', [
          id,
          courseId,
          resident.id,
          state,
          hours,
          enrolledAt,
          waitingNo,
          communityCode,
          [communityTeacher(communityCode)],
          minorUntil(resident),
        ]);
      }
      for (const { id, resident, schoolId, grade, state, since } of placementsOf(household, find, seed)) {
        const teacher = teacherOf(resident, household);
        load.row('school_placement', [
          id,
          resident.id,
          schoolId,
          grade,
          state,
          since,
          communityCode,
          teacher === null ? [] : [teacher],
          minorUntil(resident),
        ]);
      }
      await load.flushIfFull();
    }
    for (const course of [...courses.values()].flat()) {
      load.row('course', [
        course.id,
        course.title,
        course.schoolId,
        course.communityCode,
        course.audience,
        course.mode,
        course.seats,
        course.enrolled,
        course.hours,
        course.startsOn,
        course.endsOn,
        course.waitlisted,
        course.waitlisted,
      ]);
    }
  },
});
