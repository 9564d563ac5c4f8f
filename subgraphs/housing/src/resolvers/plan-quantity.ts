import type { Resolvers } from '../generated/graphql.js';

/** What housing adds to the quantities of the plan: those that its registers tell. */
export const planQuantityResolvers: Resolvers = {
  PlanQuantity: {
    __resolveReference: ({ id }) => ({ id }),
    housingValue: async ({ id }, _, { loaders }) => (await loaders.planQuantities())[id] ?? null,
  },
};
