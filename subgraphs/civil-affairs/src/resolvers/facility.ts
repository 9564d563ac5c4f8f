import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** The register of facilities, which other departments add to. */
export const facilityResolvers: Resolvers = {
  Query: {
    facilities: (_, { first, after, place, kind, search }, { db }) => {
      const where = {
        communityCode: placeRange(place),
        kind,
        name: contains(search),
      };
      return pageOf(db.facility, 'id', where, { first, after });
    },
    facility: (_, { id }, { loaders }) => loaders.facility.load(id),
  },
  Facility: {
    __resolveReference: ({ id }, { loaders }) => loaders.facility.load(id),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
  },
};
