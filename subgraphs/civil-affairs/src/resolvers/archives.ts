import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Files of a community's records, open or closed for good. */
export const archiveResolvers: Resolvers = {
  Query: {
    serviceArchives: (_, { first, after, place, state, section }, { db }) =>
      pageOf(db.serviceArchive, 'id', { communityCode: placeRange(place), state, section }, { first, after }),
    serviceArchive: (_, { id }, { loaders }) => loaders.serviceArchive.load(id),
  },
  Community: {
    serviceArchives: ({ code }, args, { loaders }) => loaders.archivesOfCommunity(code, args),
  },
  ServiceArchive: {
    __resolveReference: ({ id }, { loaders }) => loaders.serviceArchive.load(id),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    entries: ({ id }, _, { loaders }) => loaders.entriesOfArchive.load(id),
  },
};
