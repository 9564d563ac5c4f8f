import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Children's places at school, how they came to them, and the terms they are for. */
export const placementResolvers: Resolvers = {
  Query: {
    schoolTerms: (_, { schoolYear }, { db }) =>
      db.schoolTerm.findMany({ where: schoolYear == null ? {} : { schoolYear }, orderBy: { id: 'asc' }, take: 200 }),
    schoolPlacements: (_, { place, first, after, state }, { db }) =>
      pageOf(db.schoolPlacement, 'id', { communityCode: placeRange(place), state }, { first, after }),
  },
  SchoolTerm: {
    __resolveReference: ({ id }, { loaders }) => loaders.term.load(id),
  },
  SchoolPlacement: {
    __resolveReference: ({ id }, { loaders }) => loaders.placement.load(id),
    resident: ({ residentId }) => ({ id: residentId }),
    minor: ({ minorUntil }) => isMinor(minorUntil),
    school: async ({ schoolId }, _, { loaders }) => (await loaders.school.load(schoolId))!,
    term: ({ termId }, _, { loaders }) => (termId === null ? null : loaders.term.load(termId)),
    steps: ({ id }, _, { loaders }) => loaders.stepsOfPlacement(id),
  },
};
