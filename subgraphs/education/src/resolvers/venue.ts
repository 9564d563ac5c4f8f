import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { openingOf } from '../opening.js';
import { inOrder } from '../slots.js';

/** Venues that residents may use, and the times of a week that they may book. */
export const venueResolvers: Resolvers = {
  Query: {
    sharedVenue: (_, { id }, { loaders }) => loaders.venue.load(id),
    sharedVenues: (_, { first, after, place, kind }, { db }) =>
      pageOf(db.sharedVenue, 'id', { communityCode: placeRange(place), kind }, { first, after }),
  },
  SharedVenue: {
    __resolveReference: ({ id }, { loaders }) => loaders.venue.load(id),
    school: ({ schoolId }, _, { loaders }) => (schoolId === null ? null : loaders.school.load(schoolId)),
    facility: ({ facilityId }) => (facilityId === null ? null : { id: facilityId }),
    community: ({ communityCode }) => ({ code: communityCode }),
    slots: async ({ id }, { weekday }, { loaders }) => inOrder(await loaders.slotsOfVenue(id, { weekday })),
  },
  VenueSlot: {
    __resolveReference: ({ id }, { loaders }) => loaders.slot.load(id),
    venue: async ({ venueId }, _, { loaders }) => (await loaders.venue.load(venueId))!,
    opening: openingOf,
  },
};
