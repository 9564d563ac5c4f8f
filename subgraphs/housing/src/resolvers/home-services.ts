import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** What residents ask for at home: works for old age and disability, and repairs. */
export const homeServiceResolvers: Resolvers = {
  Query: {
    accessibilityWorks: (_, { first, after, place, state }, { db }) =>
      pageOf(db.accessibilityWork, 'id', { communityCode: placeRange(place), state }, { first, after }),
    accessibilityWork: (_, { id }, { loaders }) => loaders.work.load(id),
    repairRequests: (_, { first, after, place, state, category }, { db }) =>
      pageOf(db.repairRequest, 'id', { communityCode: placeRange(place), state, category }, { first, after }),
    repairRequest: (_, { id }, { loaders }) => loaders.repair.load(id),
  },
  PropertyProject: {
    repairRequests: ({ id }, { state, ...args }, { loaders }) => loaders.repairsOfProject(id, args, { state }),
  },
  AccessibilityWork: {
    __resolveReference: ({ id }, { loaders }) => loaders.work.load(id),
    unit: ({ unitCode }, _, { loaders }) => loaders.unit.load(unitCode),
    applicant: ({ applicantId }) => ({ id: applicantId }),
    steps: ({ id }, _, { loaders }) => loaders.stepsOf.load(id),
  },
  RepairRequest: {
    __resolveReference: ({ id }, { loaders }) => loaders.repair.load(id),
    unit: ({ unitCode }, _, { loaders }) => (unitCode === null ? null : loaders.unit.load(unitCode)),
    project: async ({ projectId }, _, { loaders }) => (await loaders.project.load(projectId))!,
    reporter: ({ reporterId }) => ({ id: reporterId }),
    steps: ({ id }, _, { loaders }) => loaders.stepsOf.load(id),
  },
};
