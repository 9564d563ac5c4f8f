import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { facilityOf } from './patient-row.js';

/** The register of family doctors. How many contracts one has is not told: two of them make a community's number. */
export const familyDoctorResolvers: Resolvers = {
  Query: {
    familyDoctors: (_, { first, after, place, facility }, { db }) =>
      pageOf(db.familyDoctor, 'id', { communityCode: placeRange(place), facilityId: facility }, { first, after }),
    familyDoctor: (_, { id }, { loaders }) => loaders.familyDoctor.load(id),
  },
  FamilyDoctor: {
    __resolveReference: ({ id }, { loaders }) => loaders.familyDoctor.load(id),
    facility: facilityOf,
    community: ({ communityCode }) => ({ code: communityCode }),
    acceptsContracts: ({ signed, capacity }) => signed < capacity,
  },
};
