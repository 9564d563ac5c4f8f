import { inputError } from '@linli/kit/errors';
import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Where people go in an emergency, and the plans by which they do. */
export const emergencyResolvers: Resolvers = {
  Query: {
    shelters: (_, { first, after, place, minCapacity, open, search }, { db }) => {
      if (minCapacity != null && minCapacity < 0) {
        throw inputError(`The argument "minCapacity" is ${minCapacity}: send a number of people, 0 or more.`);
      }
      const where = {
        communityCode: placeRange(place),
        capacity: minCapacity == null ? null : { gte: minCapacity },
        name: contains(search),
        open,
      };
      return pageOf(db.emergencyShelter, 'id', where, { first, after });
    },
    shelter: (_, { id }, { loaders }) => loaders.shelter.load(id),
  },
  EmergencyShelter: {
    __resolveReference: ({ id }, { loaders }) => loaders.shelter.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
    freePlaces: ({ capacity, occupants }) => capacity - occupants,
    supplies: ({ id }, _, { loaders }) => loaders.suppliesOfShelter.load(id),
    version: ({ revision }) => revision,
    facility: ({ facilityId }) => ({ id: facilityId }),
  },
  EmergencyPlan: {
    __resolveReference: ({ id }, { loaders }) => loaders.emergencyPlan.load(id),
    shelter: async ({ shelterId }, _, { loaders }) => (await loaders.shelter.load(shelterId))!,
    community: ({ communityCode }) => ({ code: communityCode }),
  },
};
