import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** The catalogue of services with the cases residents opened. */
export const serviceResolvers: Resolvers = {
  Query: {
    serviceItems: (_, { first, after, search, category }, { db }) => {
      const where = { name: contains(search), category };
      return pageOf(db.serviceItem, 'code', where, { first, after });
    },
  },
  ServiceItem: { __resolveReference: ({ code }, { loaders }) => loaders.serviceItem.load(code) },
  ServiceCase: {
    __resolveReference: ({ id }, { loaders }) => loaders.serviceCase.load(id),
    item: async ({ itemCode }, _, { loaders }) => (await loaders.serviceItem.load(itemCode))!,
    applicant: ({ applicantId }, _, { loaders }) => loaders.resident.load(applicantId),
  },
};
