import type { LinliEvent } from '@linli/kit/events/event';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Context } from '../context.js';
import type { Resolvers } from '../generated/graphql.js';

/** Public-health events as published, without anything about a person. */
export const eventResolvers: Resolvers = {
  Query: {
    publicHealthEvents: (_, { first, after, place, category, state }, { db }) =>
      pageOf(db.publicHealthEvent, 'id', { communityCode: placeRange(place), category, state }, { first, after }),
    publicHealthEvent: (_, { id }, { loaders }) => loaders.event.load(id),
  },
  Subscription: {
    publicHealthEvents: {
      subscribe: (_, { place }, { events }) =>
        events.of('PublicHealthEventPublished', ({ data }) => String(data['communityCode']).startsWith(place)),
      resolve: ({ key }: LinliEvent, _: unknown, context: Context) => context.fresh().loaders.event.load(key),
    },
  },
  PublicHealthEvent: {
    __resolveReference: ({ id }, { loaders }) => loaders.event.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
    bulletins: ({ id }, _, { loaders }) => loaders.bulletinsOfEvent.load(id),
    jointTasks: ({ id }, _, { loaders }) => loaders.jointTasksOfEvent.load(id),
  },
};
