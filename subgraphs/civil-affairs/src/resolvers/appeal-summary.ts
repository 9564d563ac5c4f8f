import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** What the public reads of closed appeals. */
export const appealSummaryResolvers: Resolvers = {
  Query: {
    appealSummaries: (_, { first, after, place, category }, { db }) => {
      const where = { communityCode: placeRange(place), category };
      return pageOf(db.appealSummary, 'id', where, { first, after });
    },
  },
  AppealSummary: {
    __resolveReference: ({ id }, { loaders }) => loaders.appealSummary.load(id),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
  },
  Community: {
    appealSummaries: ({ code }, args, { loaders }) => loaders.summariesOfCommunity(code, args),
  },
};
