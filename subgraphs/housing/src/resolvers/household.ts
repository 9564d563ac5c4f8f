import type { Resolvers } from '../generated/graphql.js';

/** Where households live, and by what right. */
export const householdResolvers: Resolvers = {
  Household: {
    __resolveReference: ({ id }) => ({ id }),
    tenancy: ({ id }, _, { loaders }) => loaders.tenancyOfHousehold.load(id),
    dwelling: async ({ id }, _, { loaders }) => {
      const tenancy = await loaders.tenancyOfHousehold.load(id);
      return tenancy && loaders.unit.load(tenancy.unitCode);
    },
  },
  Tenancy: {
    __resolveReference: ({ id }, { loaders }) => loaders.tenancy.load(id),
    unit: async ({ unitCode }, _, { loaders }) => (await loaders.unit.load(unitCode))!,
    household: ({ householdId }) => ({ id: householdId }),
    tenant: ({ tenantId }) => ({ id: tenantId }),
    occupantIds: ({ occupants }) => occupants,
  },
};
