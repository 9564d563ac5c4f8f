import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Clinics: hospitals, centres and stations of the communities. */
export const facilityResolvers: Resolvers = {
  Query: {
    healthFacilities: (_, { first, after, place, type, search, counsellingRoom }, { db }) => {
      const where = {
        communityCode: placeRange(place),
        type,
        counsellingRoom,
        name: contains(search),
      };
      return pageOf(db.healthFacility, 'id', where, { first, after });
    },
    healthFacility: (_, { id }, { loaders }) => loaders.healthFacility.load(id),
  },
  CommunityHealthFacility: {
    __resolveReference: ({ id }, { loaders }) => loaders.healthFacility.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
    facility: ({ id }) => ({ id }),
  },
  Facility: {
    __resolveReference: ({ id }) => ({ id }),
    healthFacility: ({ id }, _, { loaders }) => loaders.healthFacility.load(id),
  },
};
