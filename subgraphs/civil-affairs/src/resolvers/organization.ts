import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Community organisations and the people who work for a community. */
export const organizationResolvers: Resolvers = {
  Query: {
    organizations: (_, { first, after, place, kind, search }, { db }) => {
      const where = {
        communityCode: placeRange(place),
        kind,
        name: contains(search),
      };
      return pageOf(db.organization, 'id', where, { first, after });
    },
    organization: (_, { id }, { loaders }) => loaders.organization.load(id),
  },
  Organization: {
    __resolveReference: ({ id }, { loaders }) => loaders.organization.load(id),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
  },
  CommunityWorker: {
    __resolveReference: ({ id }, { loaders }) => loaders.worker.load(id),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
  },
};
