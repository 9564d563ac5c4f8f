import type { Resolvers } from '../generated/graphql.js';
import { nurseryModes } from '../nursery-modes.js';

/** What health adds to a community. */
export const communityResolvers: Resolvers = {
  Community: {
    __resolveReference: ({ code }) => ({ code }),
    healthFacilities: ({ code }, { type, ...args }, { loaders }) =>
      loaders.healthFacilitiesOfCommunity(code, args, { type }),
    nurseries: ({ code }, { mode, ...args }, { loaders }) =>
      loaders.nurseriesOfCommunity(code, args, mode ? { [nurseryModes[mode]]: true } : {}),
    publicHealthEvents: ({ code }, { state, ...args }, { loaders }) => loaders.eventsOfCommunity(code, args, { state }),
    familyDoctors: ({ code }, args, { loaders }) => loaders.familyDoctorsOfCommunity(code, args),
    healthActivities: ({ code }, { kind, ...args }, { loaders }) => loaders.activitiesOfCommunity(code, args, { kind }),
    healthServiceSummary: ({ code }, _, { loaders }) => loaders.serviceSummary.load(code),
    contractedResidents: ({ code }, _, { loaders }) => loaders.contractedResidents(code),
  },
};
