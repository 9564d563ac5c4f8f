import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Community schools, their courses, and who chose them. */
export const communitySchoolResolvers: Resolvers = {
  Query: {
    communitySchool: (_, { id }, { loaders }) => loaders.communitySchool.load(id),
    communitySchools: (_, { first, after, place, search }, { db }) => {
      const where = { communityCode: placeRange(place), name: contains(search) };
      return pageOf(db.communitySchool, 'id', where, { first, after });
    },
    course: (_, { id }, { loaders }) => loaders.course.load(id),
    courses: (_, { first, after, place, audience, mode, search, onlyWithSeats }, { db }) => {
      const where = {
        communityCode: placeRange(place),
        audience,
        mode,
        title: contains(search),
        state: onlyWithSeats ? 'OPEN' : null,
        enrolled: onlyWithSeats ? { lt: db.course.fields.seats } : null,
      };
      return pageOf(db.course, 'id', where, { first, after });
    },
  },
  CommunitySchool: {
    __resolveReference: ({ id }, { loaders }) => loaders.communitySchool.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
    facility: ({ facilityId }) => (facilityId === null ? null : { id: facilityId }),
    courses: ({ id }, { audience, mode, ...args }, { loaders }) =>
      loaders.coursesOfSchool(id, args, { audience, mode }),
  },
  Course: {
    __resolveReference: ({ id }, { loaders }) => loaders.course.load(id),
    school: async ({ schoolId }, _, { loaders }) => (await loaders.communitySchool.load(schoolId))!,
    enrollments: ({ id }, { state, ...args }, { loaders }) => loaders.enrollmentsOfCourse(id, args, { state }),
  },
  CourseEnrollment: {
    __resolveReference: ({ id }, { loaders }) => loaders.enrollment.load(id),
    course: async ({ courseId }, _, { loaders }) => (await loaders.course.load(courseId))!,
    resident: ({ residentId }) => ({ id: residentId }),
    minor: ({ minorUntil }) => isMinor(minorUntil),
    learning: ({ id }, _, { loaders }) => loaders.learningOfEnrollment(id),
  },
};
