import type { Resolvers } from '../generated/graphql.js';

/** What the city's plan says: indicators, quantities, facts, tasks. Fixed in number, so never paged. */
export const planResolvers: Resolvers = {
  Query: {
    indicators: (_, _args, { db }) => db.indicator.findMany({ orderBy: { no: 'asc' } }),
    indicator: (_, { no }, { db }) => db.indicator.findUnique({ where: { no } }),
    planQuantities: (_, _args, { db }) => db.planQuantity.findMany({ orderBy: { id: 'asc' } }),
    planFacts: (_, _args, { db }) => db.planFact.findMany({ orderBy: { id: 'asc' } }),
    planTasks: (_, { section, department }, { db }) =>
      db.planTask.findMany({
        where: {
          ...(section && { sectionRef: section }),
          ...(department && { departments: { has: department } }),
        },
        orderBy: { no: 'asc' },
      }),
  },
  Indicator: { __resolveReference: ({ no }, { db }) => db.indicator.findUnique({ where: { no } }) },
  PlanTask: { __resolveReference: ({ no }, { db }) => db.planTask.findUnique({ where: { no } }) },
};
