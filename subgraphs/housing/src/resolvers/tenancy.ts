import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { dateIn } from '../today.js';

/** By what right a home is lived in, and the filings of leases. */
export const tenancyResolvers: Resolvers = {
  Query: {
    leaseFilings: (_, { first, after, place, state, endsBefore }, { db }) => {
      const endsOn = endsBefore == null ? null : { lt: new Date(endsBefore) };
      return pageOf(db.leaseFiling, 'id', { communityCode: placeRange(place), state, endsOn }, { first, after });
    },
    leaseFiling: (_, { id }, { loaders }) => loaders.filing.load(id),
  },
  Tenancy: {
    __resolveReference: ({ id }, { loaders }) => loaders.tenancy.load(id),
    unit: async ({ unitCode }, _, { loaders }) => (await loaders.unit.load(unitCode))!,
    household: ({ householdId }) => ({ id: householdId }),
    tenant: ({ tenantId }) => ({ id: tenantId }),
    filing: ({ id }, _, { loaders }) => loaders.filingOfTenancy.load(id),
    occupantIds: ({ occupants }) => occupants,
  },
  LeaseFiling: {
    __resolveReference: ({ id }, { loaders }) => loaders.filing.load(id),
    expired: ({ state, endsOn }) => state === 'FILED' && endsOn < dateIn(new Date()),
    unit: ({ unitCode }, _, { loaders }) => loaders.unit.load(unitCode),
    tenant: ({ tenantId }) => ({ id: tenantId }),
    household: ({ householdId }) => ({ id: householdId }),
    steps: ({ id }, _, { loaders }) => loaders.stepsOf.load(id),
    partyIds: ({ parties }) => parties,
  },
};
