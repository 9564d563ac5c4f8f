import type { Resolvers } from '../generated/graphql.js';

/** Owners' bodies, and whom homes belong to. */
export const ownersResolvers: Resolvers = {
  OwnersCommittee: {
    __resolveReference: ({ id }, { loaders }) => loaders.committee.load(id),
    project: async ({ projectId }, _, { loaders }) => (await loaders.project.load(projectId))!,
    ratings: ({ projectId }, _, { loaders }) => loaders.ratings(projectId, 'OWNERS_COMMITTEE'),
    satisfaction: async ({ projectId }, _, { loaders }) =>
      (await loaders.ratings(projectId, 'OWNERS_COMMITTEE'))[0]?.satisfaction ?? null,
  },
  UnitOwnership: {
    __resolveReference: ({ id }, { loaders }) => loaders.ownership.load(id),
    unit: ({ unitCode }, _, { loaders }) => loaders.unit.load(unitCode),
    owners: ({ owners }) => owners.map((id) => ({ id })),
    ownerIds: ({ owners }) => owners,
    voted: ({ unitCode }, { id }, { loaders }) => loaders.voted.load({ voteId: id, unitCode }),
  },
};
