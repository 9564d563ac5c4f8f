import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** What community workers, clinic and police post do together about an event (三位一体联防); each party its own part. */
export const jointTaskResolvers: Resolvers = {
  Query: {
    jointHealthTasks: (_, { first, after, place, party, state }, { db }) =>
      pageOf(db.jointHealthTask, 'id', { communityCode: placeRange(place), party, state }, { first, after }),
    jointHealthTask: (_, { id }, { loaders }) => loaders.jointTask.load(id),
  },
  JointHealthTask: {
    __resolveReference: ({ id }, { loaders }) => loaders.jointTask.load(id),
    event: ({ eventId }, _, { loaders }) => loaders.event.load(eventId),
    community: ({ communityCode }) => ({ code: communityCode }),
    reports: ({ id }, _, { loaders }) => loaders.reportsOfTask.load(id),
  },
};
