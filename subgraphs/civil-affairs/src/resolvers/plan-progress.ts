import type { Resolvers } from '../generated/graphql.js';
import { quantityValue } from '../indicators/quantity.js';
import { brought, withRequired } from '../indicators/required.js';

/** The ledger of the plan's tasks, and where its quantities are today. */
export const planProgressResolvers: Resolvers = {
  PlanTask: {
    status: async ({ no }, _, { loaders }) =>
      (await loaders.notesOfTask.load(String(no))).at(-1)?.status ?? 'NOT_STARTED',
    notes: ({ no }, _, { loaders }) => loaders.notesOfTask.load(String(no)),
  },
  PlanQuantity: {
    __resolveReference: async (reference, { loaders }) =>
      withRequired(await loaders.planQuantity.load(reference.id), reference),
    current: async (row, _, { loaders }) => quantityValue(row, await loaders.planQuantities(), brought(row)),
  },
};
