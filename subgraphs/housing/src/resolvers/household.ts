import type { Resolvers } from '../generated/graphql.js';

/** Where households live and by what right, and what residents own and ask for. */
export const householdResolvers: Resolvers = {
  Household: {
    __resolveReference: ({ id }) => ({ id }),
    tenancy: ({ id }, _, { loaders }) => loaders.tenancyOfHousehold.load(id),
    dwelling: async ({ id }, _, { loaders }) => {
      const tenancy = await loaders.tenancyOfHousehold.load(id);
      return tenancy && loaders.unit.load(tenancy.unitCode);
    },
  },
  Resident: {
    __resolveReference: ({ id }) => ({ id }),
    ownerships: ({ id }, _, { loaders }) => loaders.ownershipsOfResident.load(id),
    leaseFilings: ({ id }, args, { loaders }) => loaders.filingsOfResident(id, args),
    accessibilityWorks: ({ id }, args, { loaders }) => loaders.worksOfResident(id, args),
    repairRequests: ({ id }, args, { loaders }) => loaders.repairsOfResident(id, args),
  },
};
