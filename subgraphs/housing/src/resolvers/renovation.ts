import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Renovation of old estates. */
export const renovationResolvers: Resolvers = {
  Query: {
    renovations: (_, { first, after, place, state, kind }, { db }) => {
      const where = { communityCode: placeRange(place), state, kind };
      return pageOf(db.renovation, 'id', where, { first, after });
    },
  },
  Renovation: {
    __resolveReference: ({ id }, { loaders }) => loaders.renovation.load(id),
    project: async ({ projectId }, _, { loaders }) => (await loaders.project.load(projectId))!,
    community: ({ communityCode }) => ({ code: communityCode }),
  },
};
