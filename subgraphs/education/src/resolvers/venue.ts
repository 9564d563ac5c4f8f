import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** School venues that residents may use, and the times they may book. */
export const venueResolvers: Resolvers = {
  Query: {
    sharedVenue: (_, { id }, { loaders }) => loaders.venue.load(id),
    sharedVenues: (_, { first, after, place, kind }, { db }) =>
      pageOf(db.sharedVenue, 'id', { communityCode: placeRange(place), kind }, { first, after }),
  },
  SharedVenue: {
    __resolveReference: ({ id }, { loaders }) => loaders.venue.load(id),
    school: async ({ schoolId }, _, { loaders }) => (await loaders.school.load(schoolId))!,
    community: ({ communityCode }) => ({ code: communityCode }),
    slots: ({ id }, { weekday }, { loaders }) => loaders.slotsOfVenue(id, { weekday }),
  },
  VenueSlot: {
    __resolveReference: ({ id }, { loaders }) => loaders.slot.load(id),
    venue: async ({ venueId }, _, { loaders }) => (await loaders.venue.load(venueId))!,
  },
};
