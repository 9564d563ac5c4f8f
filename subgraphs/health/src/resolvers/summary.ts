import type { Resolvers } from '../generated/graphql.js';

/** Numbers of clinics, posts and nursery places of a place. */
export const summaryResolvers: Resolvers = {
  Query: {
    healthServiceSummary: (_, { place }, { loaders }) => loaders.serviceSummary.load(place),
  },
};
