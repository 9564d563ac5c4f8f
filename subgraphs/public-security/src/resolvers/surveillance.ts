import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Sites of the public video network (雪亮工程): that they are there and where, never what they see. */
export const surveillanceResolvers: Resolvers = {
  Query: {
    surveillanceSites: (_, { first, after, place, kind }, { db }) => {
      const where = { communityCode: placeRange(place), kind };
      return pageOf(db.surveillanceSite, 'id', where, { first, after });
    },
  },
  SurveillanceSite: {
    __resolveReference: ({ id }, { loaders }) => loaders.surveillanceSite.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
  },
};
