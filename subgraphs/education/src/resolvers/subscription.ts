import type { LinliEvent } from '@linli/kit/events/event';
import type { Context } from '../context.js';
import { addDays, today } from '../days.js';
import type { Resolvers, SubscriptionVenueAvailabilityArgs } from '../generated/graphql.js';
import { availability } from '../venue-availability.js';
import { venueChanges } from '../venue-changes.js';

/** Days that are told of with each change. */
const daysAhead = 14;

/** What is told as it happens. */
export const subscriptionResolvers: Resolvers = {
  Subscription: {
    venueAvailability: {
      subscribe: (_, { venueId }, { events }) => venueChanges(events, venueId),
      resolve: async (_event: LinliEvent, { venueId }: SubscriptionVenueAvailabilityArgs, context: Context) => {
        const { loaders } = context.fresh();
        const venue = await loaders.venue.load(venueId);
        const from = today(new Date());
        return venue && availability(venue, { from, until: addDays(from, daysAhead - 1) }, loaders);
      },
    },
  },
};
