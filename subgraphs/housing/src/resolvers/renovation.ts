import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Renovation of old estates, and idle premises that could be put to use. */
export const renovationResolvers: Resolvers = {
  Query: {
    renovations: (_, { first, after, place, kind }, { db }) => {
      const where = { communityCode: placeRange(place), kind };
      return pageOf(db.renovation, 'id', where, { first, after });
    },
  },
  Renovation: {
    __resolveReference: ({ id }, { loaders }) => loaders.renovation.load(id),
    project: async ({ projectId }, _, { loaders }) => (await loaders.project.load(projectId))!,
    community: ({ communityCode }) => ({ code: communityCode }),
  },
  IdlePremises: {
    __resolveReference: ({ id }, { loaders }) => loaders.premises.load(id),
    building: async ({ buildingCode }, _, { loaders }) => (await loaders.building.load(buildingCode))!,
    community: ({ communityCode }) => ({ code: communityCode }),
  },
};
