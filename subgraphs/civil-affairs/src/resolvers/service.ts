import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Appeals, and the catalogue of services with the cases residents opened. */
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
    serviceItems: (_, { first, after, search, category }, { db }) => {
      const where = { name: contains(search), category };
      return pageOf(db.serviceItem, 'code', where, { first, after });
    },
  },
  Appeal: {
    __resolveReference: ({ no }, { loaders }) => loaders.appeal.load(no),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    appellant: ({ appellantId }, _, { loaders }) => (appellantId ? loaders.resident.load(appellantId) : null),
  },
  ServiceItem: { __resolveReference: ({ code }, { loaders }) => loaders.serviceItem.load(code) },
  ServiceCase: {
    __resolveReference: ({ id }, { loaders }) => loaders.serviceCase.load(id),
    item: async ({ itemCode }, _, { loaders }) => (await loaders.serviceItem.load(itemCode))!,
    applicant: ({ applicantId }, _, { loaders }) => loaders.resident.load(applicantId),
  },
};
