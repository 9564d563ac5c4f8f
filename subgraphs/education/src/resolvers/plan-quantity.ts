import type { Resolvers } from '../generated/graphql.js';

/** What education adds to the quantities of the plan: those that its registers tell. */
export const planQuantityResolvers: Resolvers = {
  PlanQuantity: {
    __resolveReference: ({ id }) => ({ id }),
    educationValue: async ({ id }, _, { loaders }) => (await loaders.planQuantities())[id] ?? null,
  },
};
