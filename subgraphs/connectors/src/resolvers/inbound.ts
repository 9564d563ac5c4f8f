import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Events that platforms sent. */
export const inboundResolvers: Resolvers = {
  Query: {
    inboundEvents: (_, { first, after, platform, place, type }, { db }) => {
      const where = { platformCode: platform, communityCode: placeRange(place), type };
      return pageOf(db.inboundEvent, 'id', where, { first, after });
    },
    inboundEvent: (_, { id }, { loaders }) => loaders.inboundEvent.load(id),
  },
  InboundEvent: {
    __resolveReference: ({ id }, { loaders }) => loaders.inboundEvent.load(id),
    platform: async ({ platformCode }, _, { loaders }) => (await loaders.platform.load(platformCode))!,
    community: ({ communityCode }) => ({ code: communityCode }),
  },
  Community: {
    inboundEvents: ({ code }, args, { loaders }) => loaders.inboundEventsOfCommunity(code, args),
  },
};
