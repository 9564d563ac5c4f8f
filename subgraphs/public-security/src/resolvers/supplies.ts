import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import { geography } from '@linli/schema/geography';
import type { Resolvers } from '../generated/graphql.js';

/** Codes of the communities of a place; a list of codes in a row cannot be looked up by a range. */
function communitiesOf(place: string): string[] {
  return geography.communities.flatMap(({ code }) => (code.startsWith(place) ? code : []));
}

/** What shelters keep for an emergency, and how it comes and goes. */
export const suppliesResolvers: Resolvers = {
  Query: {
    supplyStocks: (_, { first, after, place, item }, { db }) =>
      pageOf(db.supplyStock, 'id', { communityCode: placeRange(place), item }, { first, after }),
    supplyMovements: (_, { first, after, place }, { db }) => {
      const where = { communityCodes: { hasSome: communitiesOf(place) } };
      return pageOf(db.supplyMovement, 'id', where, { first, after });
    },
  },
  SupplyStock: {
    __resolveReference: ({ id }, { loaders }) => loaders.supplyStock.load(id),
    low: ({ quantity, minimum }) => quantity < minimum,
    shelter: ({ shelterId }, _, { loaders }) => loaders.shelter.load(shelterId),
    community: ({ communityCode }) => ({ code: communityCode }),
  },
  SupplyMovement: {
    __resolveReference: ({ id }, { loaders }) => loaders.supplyMovement.load(id),
    from: ({ fromShelterId }, _, { loaders }) => (fromShelterId ? loaders.shelter.load(fromShelterId) : null),
    to: ({ toShelterId }, _, { loaders }) => (toShelterId ? loaders.shelter.load(toShelterId) : null),
  },
  Community: {
    supplyStocks: ({ code }, args, { loaders }) => loaders.stocksOfCommunity(code, args),
  },
};
