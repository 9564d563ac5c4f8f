import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Warnings that similar appeals cluster in a community. */
export const appealSignalResolvers: Resolvers = {
  Query: {
    weakSignals: (_, { first, after, place, state, category }, { db }) => {
      const where = { communityCode: placeRange(place), state, category };
      return pageOf(db.weakSignal, 'id', where, { first, after });
    },
    weakSignal: (_, { id }, { loaders }) => loaders.weakSignal.load(id),
  },
  WeakSignal: {
    __resolveReference: ({ id }, { loaders }) => loaders.weakSignal.load(id),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    appeal: ({ appealNo }, _, { loaders }) => (appealNo === null ? null : loaders.appeal.load(appealNo)),
  },
  Community: {
    weakSignals: ({ code }, _, { loaders }) => loaders.openSignalsOfCommunity.load(code),
  },
};
