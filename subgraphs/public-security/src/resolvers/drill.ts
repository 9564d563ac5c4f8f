import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Emergency drills, and the terminals of the emergency broadcast. */
export const drillResolvers: Resolvers = {
  Query: {
    emergencyDrills: (_, { first, after, place, hazard }, { db }) =>
      pageOf(db.emergencyDrill, 'id', { communityCode: placeRange(place), hazard }, { first, after }),
    broadcastTerminals: (_, { first, after, place }, { db }) =>
      pageOf(db.broadcastTerminal, 'id', { communityCode: placeRange(place) }, { first, after }),
  },
  EmergencyDrill: {
    __resolveReference: ({ id }, { loaders }) => loaders.drill.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
  },
  BroadcastTerminal: {
    __resolveReference: ({ id }, { loaders }) => loaders.terminal.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
  },
  Community: {
    emergencyDrills: ({ code }, args, { loaders }) => loaders.drillsOfCommunity(code, args),
    broadcastTerminals: ({ code }, args, { loaders }) => loaders.terminalsOfCommunity(code, args),
  },
};
