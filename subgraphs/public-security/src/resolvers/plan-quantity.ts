import type { Resolvers } from '../generated/graphql.js';

/** What public security adds to the quantities of the plan: those that its registers tell. */
export const planQuantityResolvers: Resolvers = {
  PlanQuantity: {
    __resolveReference: ({ id }) => ({ id }),
    publicSecurityValue: async ({ id }, _, { loaders }) => (await loaders.planQuantities())[id] ?? null,
  },
};
