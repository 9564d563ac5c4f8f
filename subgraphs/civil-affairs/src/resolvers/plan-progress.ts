import type { Resolvers } from '../generated/graphql.js';

/** The ledger of the plan's tasks, and where its quantities are today. */
export const planProgressResolvers: Resolvers = {
  PlanTask: {
    status: async ({ no }, _, { loaders }) =>
      (await loaders.notesOfTask.load(String(no))).at(-1)?.status ?? 'NOT_STARTED',
    notes: ({ no }, _, { loaders }) => loaders.notesOfTask.load(String(no)),
  },
  PlanQuantity: {
    current: async ({ id, value: wanted, comparator }, _, { loaders }) => {
      const value = (await loaders.planQuantities())[id];
      if (value === undefined) {
        return { value: null, reached: null, unavailable: '民政部门的登记中没有这一项的现值。' };
      }
      return { value, reached: comparator === '>=' ? value >= wanted : value <= wanted, unavailable: null };
    },
  },
};
