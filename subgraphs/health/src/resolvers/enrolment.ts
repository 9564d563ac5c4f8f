import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { ofPatient } from './patient-row.js';

/** Children who have a place in a nursery. */
export const enrolmentResolvers: Resolvers = {
  Query: {
    nurseryEnrolments: (_, { first, after, place, nursery, state }, { db }) => {
      const where = { communityCode: placeRange(place), nurseryId: nursery, state };
      return pageOf(db.nurseryEnrolment, 'id', where, { first, after });
    },
    nurseryEnrolment: (_, { id }, { loaders }) => loaders.enrolment.load(id),
  },
  NurseryEnrolment: {
    __resolveReference: ({ id }, { loaders }) => loaders.enrolment.load(id),
    ...ofPatient,
    nursery: async ({ nurseryId }, _, { loaders }) => (await loaders.nursery.load(nurseryId))!,
  },
};
