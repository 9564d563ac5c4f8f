import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** The mean of stars, to a tenth; null where nobody evaluated. */
function mean({ stars, ratings }: { stars: number; ratings: number }): number | null {
  return ratings === 0 ? null : Math.round((stars / ratings) * 10) / 10;
}

/** Domestic service: companies and workers with their credit. */
export const domesticServiceResolvers: Resolvers = {
  Query: {
    domesticCompanies: (_, { first, after, place, honest, search }, { db }) => {
      const where = { communityCode: placeRange(place), honest, name: contains(search) };
      return pageOf(db.domesticCompany, 'id', where, { first, after });
    },
    domesticCompany: (_, { id }, { loaders }) => loaders.domesticCompany.load(id),
    domesticWorkers: (_, { first, after, place, service, grade }, { db }) => {
      const where = { communityCode: placeRange(place), grade, services: service && { has: service } };
      return pageOf(db.domesticWorker, 'id', where, { first, after });
    },
    domesticWorker: (_, { id }, { loaders }) => loaders.domesticWorker.load(id),
  },
  DomesticCompany: {
    __resolveReference: ({ id }, { loaders }) => loaders.domesticCompany.load(id),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    rating: mean,
    workers: ({ id }, args, { loaders }) => loaders.workersOfCompany(id, args),
  },
  DomesticWorker: {
    __resolveReference: ({ id }, { loaders }) => loaders.domesticWorker.load(id),
    company: async ({ companyId }, _, { loaders }) => (await loaders.domesticCompany.load(companyId))!,
    rating: mean,
  },
  Community: { domesticCompanies: ({ code }, args, { loaders }) => loaders.companiesOfCommunity(code, args) },
};
