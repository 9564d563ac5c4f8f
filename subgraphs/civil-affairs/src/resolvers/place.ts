import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { withRequired } from '../indicators/required.js';

/** Districts, streets and communities. */
export const placeResolvers: Resolvers = {
  Query: {
    communities: (_, { first, after, place, district, search }, { db }) => {
      const where = {
        code: placeRange(place),
        districtId: district,
        name: contains(search),
      };
      return pageOf(db.community, 'code', where, { first, after });
    },
    community: (_, { code }, { loaders }) => loaders.community.load(code),
    districts: (_, _args, { db }) => db.district.findMany({ orderBy: { id: 'asc' } }),
    district: (_, { id }, { loaders }) => loaders.district.load(id),
    street: (_, { code }, { loaders }) => loaders.street.load(code),
  },
  District: {
    __resolveReference: async (reference, { loaders }) =>
      withRequired(await loaders.district.load(reference.id), reference),
    streets: ({ id }, _, { loaders }) => loaders.streetsOfDistrict.load(id),
    population: ({ id }, _, { loaders }) => loaders.population(id),
  },
  Street: {
    __resolveReference: async (reference, { loaders }) =>
      withRequired(await loaders.street.load(reference.code), reference),
    district: async ({ districtId }, _, { loaders }) => (await loaders.district.load(districtId))!,
    communities: ({ code }, args, { loaders }) => loaders.communitiesOfStreet(code, args),
    population: ({ code }, _, { loaders }) => loaders.population(code),
  },
  Community: {
    __resolveReference: async (reference, { loaders }) =>
      withRequired(await loaders.community.load(reference.code), reference),
    street: async ({ streetCode }, _, { loaders }) => (await loaders.street.load(streetCode))!,
    district: async ({ districtId }, _, { loaders }) => (await loaders.district.load(districtId))!,
    facilities: ({ code }, { kind, ...args }, { loaders }) => loaders.facilitiesOfCommunity(code, args, { kind }),
    facilityCounts: ({ code }, _, { loaders }) => loaders.facilityCounts.load(code),
    population: ({ code }, _, { loaders }) => loaders.population(code),
    residents: ({ code }, args, { loaders }) => loaders.residentsOfCommunity(code, args),
    organizations: ({ code }, args, { loaders }) => loaders.organizationsOfCommunity(code, args),
    workers: ({ code }, args, { loaders }) => loaders.workersOfCommunity(code, args),
  },
};
