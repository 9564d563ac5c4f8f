import type { Resolvers } from '../generated/graphql.js';

/** What health adds to the quantities of the plan: those that its registers tell. */
export const planQuantityResolvers: Resolvers = {
  PlanQuantity: {
    __resolveReference: ({ id }) => ({ id }),
    healthValue: async ({ id }, _, { loaders }) => (await loaders.planQuantities())[id] ?? null,
  },
};
