import type { Resolvers } from '../generated/graphql.js';

/** What housing adds to the communities of civil affairs. */
export const communityResolvers: Resolvers = {
  Community: {
    __resolveReference: ({ code }) => ({ code }),
    buildings: ({ code }, args, { loaders }) => loaders.buildingsOfCommunity(code, args),
    housingSummary: ({ code }, _, { loaders }) => loaders.housingSummary.load(code),
    propertyProjects: ({ code }, args, { loaders }) => loaders.projectsOfCommunity(code, args),
  },
};
