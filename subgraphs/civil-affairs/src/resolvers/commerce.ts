import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Shops and parcel points, and what of all services a community has near. */
export const commerceResolvers: Resolvers = {
  Query: {
    shops: (_, { first, after, place, category, search }, { db }) => {
      const where = { communityCode: placeRange(place), category, name: contains(search) };
      return pageOf(db.shop, 'id', where, { first, after });
    },
    parcelPoints: (_, { first, after, place, kind }, { db }) =>
      pageOf(db.parcelPoint, 'id', { communityCode: placeRange(place), kind }, { first, after }),
  },
  Community: {
    shops: ({ code }, { category, ...args }, { loaders }) => loaders.shopsOfCommunity(code, args, { category }),
    parcelPoints: ({ code }, args, { loaders }) => loaders.parcelPointsOfCommunity(code, args),
    serviceCircle: async ({ code }, _, { loaders }) => {
      const services = await loaders.serviceCircle.load(code);
      const there = services.filter(({ here }) => here > 0).length;
      return { services, coverage: Math.round((there / services.length) * 1000) / 10 };
    },
  },
  Shop: {
    __resolveReference: ({ id }, { loaders }) => loaders.shop.load(id),
    community: ({ communityCode }, _, { loaders }) => loaders.community.load(communityCode),
  },
  ParcelPoint: {
    __resolveReference: ({ id }, { loaders }) => loaders.parcelPoint.load(id),
    community: ({ communityCode }, _, { loaders }) => loaders.community.load(communityCode),
  },
};
