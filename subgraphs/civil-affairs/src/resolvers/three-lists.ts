import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { MicroProjectState, Resolvers } from '../generated/graphql.js';

/** The three lists (三项清单): needs, resources, and the projects that bring them together; votes on projects. */
export const threeListsResolvers: Resolvers = {
  Query: {
    communityNeeds: (_, { first, after, place, category, state }, { db }) =>
      pageOf(db.communityNeed, 'id', { communityCode: placeRange(place), category, state }, { first, after }),
    communityNeed: (_, { id }, { loaders }) => loaders.communityNeed.load(id),
    communityResources: (_, { first, after, place, category, state }, { db }) =>
      pageOf(db.communityResource, 'id', { communityCode: placeRange(place), category, state }, { first, after }),
    microProjects: (_, { first, after, place, category, state, origin }, { db }) =>
      pageOf(db.microProject, 'id', { communityCode: placeRange(place), category, state, origin }, { first, after }),
    microProject: (_, { id }, { loaders }) => loaders.microProject.load(id),
    projectVotes: (_, { first, after, place, state }, { db }) =>
      pageOf(db.projectVote, 'id', { communityCode: placeRange(place), state }, { first, after }),
    projectVote: (_, { id }, { loaders }) => loaders.projectVote.load(id),
  },
  Community: {
    needs: ({ code }, args, { loaders }) => loaders.needsOfCommunity(code, args),
    resources: ({ code }, args, { loaders }) => loaders.resourcesOfCommunity(code, args),
    microProjects: ({ code }, args, { loaders }) => loaders.microProjectsOfCommunity(code, args),
    projectVotes: ({ code }, args, { loaders }) => loaders.projectVotesOfCommunity(code, args),
  },
  CommunityNeed: {
    __resolveReference: ({ id }, { loaders }) => loaders.communityNeed.load(id),
    community: ({ communityCode }, _, { loaders }) => loaders.community.load(communityCode),
    matches: async (need, _, { loaders }) => {
      const matches = await loaders.matchesOfNeed.load(need);
      return Promise.all(
        matches.map(async ({ resourceId, score }) => ({
          resource: (await loaders.communityResource.load(resourceId))!,
          score,
        })),
      );
    },
    projects: async ({ id }, _, { loaders }) => {
      const ids = await loaders.projectsOfNeed.load(id);
      return Promise.all(ids.map(async (each) => (await loaders.microProject.load(each))!));
    },
  },
  CommunityResource: {
    __resolveReference: ({ id }, { loaders }) => loaders.communityResource.load(id),
    community: ({ communityCode }, _, { loaders }) => loaders.community.load(communityCode),
  },
  MicroProject: {
    __resolveReference: ({ id }, { loaders }) => loaders.microProject.load(id),
    community: ({ communityCode }, _, { loaders }) => loaders.community.load(communityCode),
    needs: ({ needIds }, _, { loaders }) =>
      Promise.all(needIds.map(async (id) => (await loaders.communityNeed.load(id))!)),
    resources: ({ resourceIds }, _, { loaders }) =>
      Promise.all(resourceIds.map(async (id) => (await loaders.communityResource.load(id))!)),
    vote: ({ voteId }, _, { loaders }) => (voteId ? loaders.projectVote.load(voteId) : null),
    votes: async ({ voteId, votes }, _, { loaders }) => {
      const vote = voteId ? await loaders.projectVote.load(voteId) : null;
      if (vote?.state !== 'CLOSED') return null;
      const counts = (await loaders.projectsOfVote.load(vote.id)).map((project) => project.votes);
      return counts.some((count) => count > 0 && count < loaders.smallestCount) ? null : votes;
    },
    history: ({ id }, _, { loaders }) => loaders.course.load(`project:${id}`),
  },
  MicroProjectStep: {
    state: ({ state }) => state as MicroProjectState,
  },
  ProjectVote: {
    __resolveReference: ({ id }, { loaders }) => loaders.projectVote.load(id),
    community: ({ communityCode }, _, { loaders }) => loaders.community.load(communityCode),
    projects: ({ id }, _, { loaders }) => loaders.projectsOfVote.load(id),
    voters: ({ voters }, _, { loaders }) => (voters === 0 || voters >= loaders.smallestCount ? voters : null),
  },
};
