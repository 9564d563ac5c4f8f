import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** What schools offer after lessons and in summer, and the children who take part. */
export const afterSchoolResolvers: Resolvers = {
  Query: {
    afterSchoolProgramme: (_, { id }, { loaders }) => loaders.programme.load(id),
    afterSchoolProgrammes: (_, { first, after, place, kind }, { db }) =>
      pageOf(db.afterSchoolProgramme, 'id', { communityCode: placeRange(place), kind }, { first, after }),
  },
  AfterSchoolProgramme: {
    __resolveReference: ({ id }, { loaders }) => loaders.programme.load(id),
    school: async ({ schoolId }, _, { loaders }) => (await loaders.school.load(schoolId))!,
    enrollments: ({ id }, { state, ...args }, { loaders }) => loaders.enrollmentsOfProgramme(id, args, { state }),
  },
  AfterSchoolEnrollment: {
    __resolveReference: ({ id }, { loaders }) => loaders.afterSchoolEnrollment.load(id),
    programme: async ({ programmeId }, _, { loaders }) => (await loaders.programme.load(programmeId))!,
    resident: ({ residentId }) => ({ id: residentId }),
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
};
