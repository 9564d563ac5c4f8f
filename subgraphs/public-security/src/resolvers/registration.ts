import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { permitState } from '../permit-state.js';

/** The population register: who is registered how, and the permits of those whose household is registered elsewhere. */
export const registrationResolvers: Resolvers = {
  Query: {
    registrations: (_, { first, after, place, kind }, { db }) => {
      const where = { communityCode: placeRange(place), kind };
      return pageOf(db.populationRegistration, 'id', where, { first, after });
    },
  },
  PopulationRegistration: {
    __resolveReference: ({ id }, { loaders }) => loaders.registration.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
    resident: ({ residentId }) => ({ id: residentId }),
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
  ResidencePermit: {
    __resolveReference: ({ no }, { loaders }) => loaders.permit.load(no),
    state: (permit) => permitState(permit, new Date()),
    holder: ({ holderId }) => ({ id: holderId }),
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
};
