import type { Resolvers } from '../generated/graphql.js';

/** Owners' bodies and votes; a vote is its tally, and no ballot leads to a voter. */
export const ownersResolvers: Resolvers = {
  OwnersCommittee: {
    __resolveReference: ({ id }, { loaders }) => loaders.committee.load(id),
    project: async ({ projectId }, _, { loaders }) => (await loaders.project.load(projectId))!,
  },
  OwnersVote: {
    __resolveReference: ({ id }, { loaders }) => loaders.vote.load(id),
    project: async ({ projectId }, _, { loaders }) => (await loaders.project.load(projectId))!,
    inFavour: (vote, _, { loaders }) => loaders.tally(vote).inFavour,
    against: (vote, _, { loaders }) => loaders.tally(vote).against,
    abstained: (vote, _, { loaders }) => loaders.tally(vote).abstained,
    suppressed: (vote, _, { loaders }) => loaders.tally(vote).suppressed,
    ballots: ({ id }, _, { loaders }) => loaders.ballotsOfVote.load(id),
  },
};
