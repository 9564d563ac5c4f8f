import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Community police posts and the officers who work from them. */
export const policeResolvers: Resolvers = {
  Query: {
    policePosts: (_, { first, after, place, search }, { db }) => {
      const where = { communityCode: placeRange(place), name: contains(search) };
      return pageOf(db.policePost, 'id', where, { first, after });
    },
    policePost: (_, { id }, { loaders }) => loaders.policePost.load(id),
    communityOfficers: (_, { first, after, place, onDuty }, { db }) => {
      const where = { communityCode: placeRange(place), onDuty };
      return pageOf(db.communityOfficer, 'id', where, { first, after });
    },
  },
  PolicePost: {
    __resolveReference: ({ id }, { loaders }) => loaders.policePost.load(id),
    officersAssigned: async ({ id }, _, { loaders }) => (await loaders.officerCounts.load(id)).assigned,
    officersOnDuty: async ({ id }, _, { loaders }) => (await loaders.officerCounts.load(id)).onDuty,
    officers: ({ id }, args, { loaders }) => loaders.officersOfPost(id, args),
    community: ({ communityCode }) => ({ code: communityCode }),
    facility: ({ id }) => ({ id }),
  },
  CommunityOfficer: {
    __resolveReference: ({ id }, { loaders }) => loaders.officer.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
    post: ({ postId }, _, { loaders }) => (postId ? loaders.policePost.load(postId) : null),
  },
};
