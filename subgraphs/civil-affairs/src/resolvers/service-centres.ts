import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers, Weekday } from '../generated/graphql.js';

/** What service centres publish: their resources, the flows they follow, and when they are open beside usual hours. */
export const serviceCentreResolvers: Resolvers = {
  Query: {
    serviceResources: (_, { first, after, place, kind, search }, { db }) => {
      const where = { communityCode: placeRange(place), kind, name: contains(search) };
      return pageOf(db.serviceResource, 'id', where, { first, after });
    },
    serviceFlows: (_, { first, after, place, search }, { db }) => {
      const where = { communityCode: placeRange(place), name: contains(search) };
      return pageOf(db.serviceFlow, 'id', where, { first, after });
    },
  },
  Community: {
    serviceResources: ({ code }, args, { loaders }) => loaders.serviceResourcesOfCommunity(code, args),
    serviceFlows: ({ code }, args, { loaders }) => loaders.serviceFlowsOfCommunity(code, args),
  },
  Facility: {
    serviceResources: ({ id }, args, { loaders }) => loaders.resourcesOfCentre(id, args),
    serviceFlows: ({ id }, args, { loaders }) => loaders.flowsOfCentre(id, args),
    extendedHours: async ({ id }, _, { loaders }) =>
      (await loaders.extendedHoursOfCentre.load(id)).map((row) => ({ ...row, days: row.days as Weekday[] })),
  },
  ServiceResource: {
    __resolveReference: ({ id }, { loaders }) => loaders.serviceResource.load(id),
    facility: ({ facilityId }, _, { loaders }) => loaders.facility.load(facilityId),
    community: ({ communityCode }, _, { loaders }) => loaders.community.load(communityCode),
  },
  ServiceFlow: {
    __resolveReference: ({ id }, { loaders }) => loaders.serviceFlow.load(id),
    facility: ({ facilityId }, _, { loaders }) => loaders.facility.load(facilityId),
    community: ({ communityCode }, _, { loaders }) => loaders.community.load(communityCode),
    item: ({ itemCode }, _, { loaders }) => (itemCode ? loaders.serviceItem.load(itemCode) : null),
  },
};
