import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { isAssignable, whereAssignable } from '../professional-standing.js';
import { dayOf } from '../today.js';
import { facilityOf } from './patient-row.js';

/** The talent pool for mental-health services (心理服务人才库). */
export const professionalResolvers: Resolvers = {
  Query: {
    mentalHealthProfessionals: (_, { first, after, place, profession, assignable }, { db }) => {
      const standing = whereAssignable(dayOf());
      const AND = assignable == null ? null : assignable ? standing : { NOT: standing };
      const where = { communityCode: placeRange(place), profession, AND };
      return pageOf(db.mentalHealthProfessional, 'id', where, { first, after });
    },
    mentalHealthProfessional: (_, { id }, { loaders }) => loaders.professional.load(id),
  },
  MentalHealthProfessional: {
    __resolveReference: ({ id }, { loaders }) => loaders.professional.load(id),
    facility: facilityOf,
    community: ({ communityCode }) => ({ code: communityCode }),
    assignable: (row) => isAssignable(row, dayOf()),
    trainings: ({ id }, _, { loaders }) => loaders.trainingsOfProfessional.load(id),
  },
};
