import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Appeals. */
export const serviceResolvers: Resolvers = {
  Query: {
    appeals: (_, { first, after, place, state, category }, { db }) => {
      const where = {
        communityCode: placeRange(place),
        state,
        category,
      };
      return pageOf(db.appeal, 'no', where, { first, after });
    },
    appeal: (_, { no }, { loaders }) => loaders.appeal.load(no),
  },
  Appeal: {
    __resolveReference: ({ no }, { loaders }) => loaders.appeal.load(no),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    appellant: ({ appellantId }, _, { loaders }) => (appellantId ? loaders.resident.load(appellantId) : null),
  },
};
