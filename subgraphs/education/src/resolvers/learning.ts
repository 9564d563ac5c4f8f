import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** The lifelong-learning platform: resources that are always there, and groups that learn together. */
export const learningResolvers: Resolvers = {
  Query: {
    learningResource: (_, { id }, { loaders }) => loaders.learningResource.load(id),
    learningResources: (_, { first, after, kind, audience, search }, { db }) =>
      pageOf(db.learningResource, 'id', { kind, audience, title: contains(search) }, { first, after }),
    learningCircles: (_, { first, after, place, kind }, { db }) =>
      pageOf(db.learningCircle, 'id', { communityCode: placeRange(place), kind }, { first, after }),
  },
  LearningResource: {
    __resolveReference: ({ id }, { loaders }) => loaders.learningResource.load(id),
  },
  LearningCircle: {
    __resolveReference: ({ id }, { loaders }) => loaders.learningCircle.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
  },
};
