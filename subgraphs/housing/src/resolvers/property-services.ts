import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** What an estate publishes, offers and is rated and assessed by. */
export const propertyServiceResolvers: Resolvers = {
  Query: {
    propertyAccounts: (_, { first, after, place, year }, { db }) =>
      pageOf(db.propertyAccount, 'id', { communityCode: placeRange(place), year }, { first, after }),
    propertyServicePoints: (_, { first, after, place, kind }, { db }) =>
      pageOf(db.propertyServicePoint, 'id', { communityCode: placeRange(place), kind }, { first, after }),
  },
  Community: {
    propertyServicePoints: ({ code }, args, { loaders }) => loaders.servicePointsOfCommunity(code, args),
  },
  PropertyProject: {
    accounts: ({ id }, args, { loaders }) => loaders.accountsOfProject(id, args),
    servicePoints: ({ id }, args, { loaders }) => loaders.servicePointsOfProject(id, args),
    ratings: ({ id }, _, { loaders }) => loaders.ratings(id, 'PROPERTY_SERVICE'),
    satisfaction: async ({ id }, _, { loaders }) =>
      (await loaders.ratings(id, 'PROPERTY_SERVICE'))[0]?.satisfaction ?? null,
    assessment: async ({ id }, _, { loaders }) => (await loaders.assessmentsOfProject.load(id)).at(-1) ?? null,
  },
  PropertyAccount: {
    __resolveReference: ({ id }, { loaders }) => loaders.account.load(id),
    project: async ({ projectId }, _, { loaders }) => (await loaders.project.load(projectId))!,
    community: ({ communityCode }) => ({ code: communityCode }),
  },
  PropertyServicePoint: {
    __resolveReference: ({ id }, { loaders }) => loaders.servicePoint.load(id),
    project: async ({ projectId }, _, { loaders }) => (await loaders.project.load(projectId))!,
    community: ({ communityCode }) => ({ code: communityCode }),
  },
  EstateAssessment: {
    __resolveReference: ({ id }, { loaders }) => loaders.assessment.load(id),
    project: async ({ projectId }, _, { loaders }) => (await loaders.project.load(projectId))!,
  },
};
