import { inputError } from '@linli/kit/errors';
import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import { addDays, today } from '../days.js';
import type { Resolvers } from '../generated/graphql.js';
import { availability } from '../venue-availability.js';

const mostDays = 31;
const defaultDays = 14;

/** Who booked which venue when, and what is still free. */
export const venueBookingResolvers: Resolvers = {
  Query: {
    venueAvailability: async (_, { venueId, from, days }, { loaders }) => {
      const count = days ?? defaultDays;
      if (count < 1 || count > mostDays) {
        throw inputError(`The argument "days" is ${count}: send a number of days between 1 and ${mostDays}.`);
      }
      const venue = await loaders.venue.load(venueId);
      const first = from ?? today(new Date());
      return venue && availability(venue, { from: first, until: addDays(first, count - 1) }, loaders);
    },
    venueBookings: (_, { place, first, after, state, date }, { db }) => {
      const day = date == null ? null : new Date(date);
      return pageOf(db.venueBooking, 'id', { communityCode: placeRange(place), state, date: day }, { first, after });
    },
  },
  SharedVenue: {
    bookings: ({ id }, { state, ...args }, { loaders }) => loaders.bookingsOfVenue(id, args, { state }),
  },
  VenueBooking: {
    __resolveReference: ({ id }, { loaders }) => loaders.booking.load(id),
    venue: async ({ venueId }, _, { loaders }) => (await loaders.venue.load(venueId))!,
    slot: async ({ slotId }, _, { loaders }) => (await loaders.slot.load(slotId))!,
    resident: ({ residentId }) => ({ id: residentId }),
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
};
