import type { Resolvers } from '../generated/graphql.js';

/** What public security adds to communities, facilities and residents, which civil affairs owns. */
export const placeResolvers: Resolvers = {
  Community: {
    __resolveReference: ({ code }) => ({ code }),
    policePosts: ({ code }, args, { loaders }) => loaders.policePostsOfCommunity(code, args),
    dutyOfficers: ({ code }, args, { loaders }) => loaders.officersOfCommunity(code, args, { onDuty: true }),
    shelters: ({ code }, args, { loaders }) => loaders.sheltersOfCommunity(code, args),
    gridCells: ({ code }, args, { loaders }) => loaders.gridCellsOfCommunity(code, args),
    gridEvents: ({ code }, { stage, ...args }, { loaders }) => loaders.eventsOfCommunity(code, args, { stage }),
    warnings: ({ code }, _, { loaders }) => loaders.warningsOfCommunity.load(code),
    emergencyPlan: ({ code }, _, { loaders }) => loaders.emergencyPlanOfCommunity.load(code),
    surveillanceSites: ({ code }, args, { loaders }) => loaders.sitesOfCommunity(code, args),
  },
  Facility: {
    __resolveReference: ({ id }) => ({ id }),
    policePost: ({ id }, _, { loaders }) => loaders.policePost.load(id),
  },
  Resident: {
    __resolveReference: ({ id }) => ({ id }),
    registration: ({ id }, _, { loaders }) => loaders.registrationOfResident.load(id),
    residencePermit: ({ id }, _, { loaders }) => loaders.permitOfResident.load(id),
  },
};
