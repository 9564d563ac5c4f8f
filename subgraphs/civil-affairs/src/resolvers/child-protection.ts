import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Reports that a child may need protection, which exist for those alone who handle them. */
export const childProtectionResolvers: Resolvers = {
  Query: {
    childProtectionReports: (_, { first, after, place, state }, { db }) => {
      const where = { communityCode: placeRange(place), state };
      return pageOf(db.childProtectionReport, 'id', where, { first, after });
    },
  },
  ChildProtectionReport: {
    __resolveReference: ({ id }, { loaders }) => loaders.childProtectionReport.load(id),
    child: ({ childId }, _, { loaders }) => (childId ? loaders.resident.load(childId) : null),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
  Resident: {
    childProtectionReports: ({ id }, _, { loaders }) => loaders.reportsOfChild.load(id),
  },
};
