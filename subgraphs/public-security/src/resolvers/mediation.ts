import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** People's mediation (人民调解). */
export const mediationResolvers: Resolvers = {
  Query: {
    mediations: (_, { first, after, place, state }, { db }) =>
      pageOf(db.mediation, 'id', { communityCode: placeRange(place), state }, { first, after }),
    mediation: (_, { id }, { loaders }) => loaders.mediation.load(id),
  },
  Mediation: {
    __resolveReference: ({ id }, { loaders }) => loaders.mediation.load(id),
    requester: ({ requesterId }) => ({ id: requesterId }),
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
  Resident: {
    mediations: ({ id }, args, { loaders }) => loaders.mediationsOfResident(id, args),
  },
};
