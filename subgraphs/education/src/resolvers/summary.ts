import type { Resolvers } from '../generated/graphql.js';

/** What education counts for the plan's indicators. */
export const summaryResolvers: Resolvers = {
  Query: {
    educationSummary: (_, { place }, { loaders }) => loaders.summaryOfPlace.load(place),
  },
};
