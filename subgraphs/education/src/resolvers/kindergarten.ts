import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { streetOf } from '../street.js';

/** Kindergartens and the nursery classes that some of them run. */
export const kindergartenResolvers: Resolvers = {
  Query: {
    kindergarten: (_, { id }, { loaders }) => loaders.kindergarten.load(id),
    kindergartens: (_, { first, after, place, near, withNurseryClass }, { db }) => {
      const where = {
        communityCode: placeRange(place),
        hasNurseryClass: withNurseryClass,
        AND: near == null ? null : { communityCode: placeRange(streetOf(near)) },
      };
      return pageOf(db.kindergarten, 'id', where, { first, after });
    },
  },
  Kindergarten: {
    __resolveReference: ({ id }, { loaders }) => loaders.kindergarten.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
    nurseryClass: ({ id, hasNurseryClass }, _, { loaders }) =>
      hasNurseryClass ? loaders.nurseryClassOfKindergarten.load(id) : null,
  },
  NurseryClass: {
    __resolveReference: ({ id }, { loaders }) => loaders.nurseryClass.load(id),
    kindergarten: async ({ kindergartenId }, _, { loaders }) => (await loaders.kindergarten.load(kindergartenId))!,
  },
};
