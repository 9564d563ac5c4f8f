import { defineSeed } from '@linli/kit/seeding/seed';
import { placedCourses, type PlacedCourse } from './courses.js';
import { enrollmentsOf } from './enrollments.js';
import { placementsOf } from './placements.js';
import { schoolFinder } from './school-map.js';

/**
 * Courses with the synthetic residents who chose them, and the schools their children go to. What is held is the
 * courses, five in every community, however many residents there are.
 */
export const learnersSeed = defineSeed({
  name: 'learners',
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
    ],
    course_enrollment: ['id', 'course_id', 'resident_id', 'state', 'hours', 'enrolled_at'],
    school_placement: ['id', 'resident_id', 'school_id', 'grade', 'state', 'since'],
  },
  async run({ load, seed, households }) {
    const courses = new Map<string, PlacedCourse[]>();
    for (const course of placedCourses(seed)) {
      courses.set(course.communityCode, [...(courses.get(course.communityCode) ?? []), course]);
    }
    const find = schoolFinder();
    for (const household of households()) {
      for (const chosen of enrollmentsOf(household, courses.get(household.communityCode)!, seed)) {
        const { id, courseId, residentId, state, hours, enrolledAt } = chosen;
        load.row('course_enrollment', [id, courseId, residentId, state, hours, enrolledAt]);
      }
      for (const { id, residentId, schoolId, grade, state, since } of placementsOf(household, find, seed)) {
        load.row('school_placement', [id, residentId, schoolId, grade, state, since]);
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
      ]);
    }
  },
});
