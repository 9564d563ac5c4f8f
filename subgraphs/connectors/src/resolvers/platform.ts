import type { Resolvers } from '../generated/graphql.js';

/** The platforms, and how the exchange with them stands. */
export const platformResolvers: Resolvers = {
  Query: {
    platforms: (_, _args, { db }) => db.platform.findMany({ orderBy: { code: 'asc' } }),
    platform: (_, { code }, { loaders }) => loaders.platform.load(code),
  },
  Platform: {
    pending: async ({ code }, _, { loaders }) => (await loaders.feedState.load(code)).pending,
    dead: async ({ code }, _, { loaders }) => (await loaders.feedState.load(code)).dead,
    lastDeliveredAt: async ({ code }, _, { loaders }) => (await loaders.feedState.load(code)).lastDeliveredAt,
    lastReceivedAt: async ({ code }, _, { loaders }) => (await loaders.feedState.load(code)).lastReceivedAt,
  },
};
