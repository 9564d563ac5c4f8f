import { inputError } from '@linli/kit/errors';
import { streetOf } from '@linli/kit/identifiers/place-code';
import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { modesOf, nurseryModes } from '../nursery-modes.js';

/** Nurseries for children under three. */
export const nurseryResolvers: Resolvers = {
  Query: {
    nurseries: (_, { first, after, place, near, mode, minAvailable, ageGroup, inclusive, search }, { db }) => {
      if (minAvailable != null && minAvailable < 0) {
        throw inputError(`The argument "minAvailable" is ${minAvailable}: send 0 or a greater number of places.`);
      }
      const where = {
        communityCode: placeRange(place),
        AND: near ? { communityCode: placeRange(streetOf(near)) } : null,
        availablePlaces: minAvailable == null ? null : { gte: minAvailable },
        ageGroups: ageGroup ? { has: ageGroup } : null,
        inclusive,
        name: contains(search),
        ...(mode && { [nurseryModes[mode]]: true }),
      };
      return pageOf(db.nursery, 'id', where, { first, after });
    },
    nursery: (_, { id }, { loaders }) => loaders.nursery.load(id),
  },
  Nursery: {
    __resolveReference: ({ id }, { loaders }) => loaders.nursery.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
    modes: modesOf,
  },
};
