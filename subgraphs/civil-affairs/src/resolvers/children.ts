import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Who protects children: the stations of streets, the director and the homes of a community. */
export const childrenResolvers: Resolvers = {
  Query: {
    childProtectionStations: (_, { first, after, place }, { db }) =>
      pageOf(db.childProtectionStation, 'id', { communityCode: placeRange(place) }, { first, after }),
  },
  ChildProtectionStation: {
    __resolveReference: ({ id }, { loaders }) => loaders.childProtectionStation.load(id),
    street: async ({ streetCode }, _, { loaders }) => (await loaders.street.load(streetCode))!,
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
  },
  Street: {
    childProtectionStation: ({ code }, _, { loaders }) => loaders.childProtectionStationOfStreet.load(code),
  },
  Community: {
    childrenDirector: async ({ code }, _, { loaders }) => {
      const director = await loaders.childrenDirector.load(code);
      return director && loaders.worker.load(director.workerId);
    },
    childrenHomes: ({ code }, _, { loaders }) => loaders.childrenHomesOfCommunity.load(code),
  },
  ChildProtectionReport: { steps: ({ id }, _, { loaders }) => loaders.stepsOfReport.load(id) },
};
