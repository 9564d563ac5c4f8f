import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Self-service terminals, and who is at one right now. */
export const kioskResolvers: Resolvers = {
  Query: {
    kiosks: (_, { first, after, place, online }, { db }) =>
      pageOf(db.kiosk, 'id', { communityCode: placeRange(place), online }, { first, after }),
    kiosk: (_, { id }, { loaders }) => loaders.kiosk.load(id),
    kioskSession: async (_, { id }, { loaders }) => {
      const session = await loaders.kioskSession.load(id);
      return session && session.expiresAt > new Date() ? session : null;
    },
  },
  Community: {
    kiosks: ({ code }, args, { loaders }) => loaders.kiosksOfCommunity(code, args),
  },
  Kiosk: {
    __resolveReference: ({ id }, { loaders }) => loaders.kiosk.load(id),
    community: ({ communityCode }, _, { loaders }) => loaders.community.load(communityCode),
    facility: ({ facilityId }, _, { loaders }) => loaders.facility.load(facilityId),
  },
  KioskSession: {
    __resolveReference: ({ id }, { loaders }) => loaders.kioskSession.load(id),
    kiosk: ({ kioskId }, _, { loaders }) => loaders.kiosk.load(kioskId),
  },
};
