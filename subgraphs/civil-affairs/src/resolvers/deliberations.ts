import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { DeliberationState, Resolvers } from '../generated/graphql.js';

/** Deliberations of communities: what is discussed, what was said, decided, and came of it. */
export const deliberationResolvers: Resolvers = {
  Query: {
    deliberations: (_, { first, after, place, state }, { db }) =>
      pageOf(db.deliberation, 'id', { communityCode: placeRange(place), state }, { first, after }),
    deliberation: (_, { id }, { loaders }) => loaders.deliberation.load(id),
    deliberationComments: (_, { first, after, place, state }, { db }) =>
      pageOf(db.deliberationComment, 'id', { communityCode: placeRange(place), state }, { first, after }),
  },
  Community: {
    deliberations: ({ code }, { state, ...args }, { loaders }) =>
      loaders.deliberationsOfCommunity(code, args, { state }),
  },
  Resident: {
    deliberations: async ({ id }, _, { loaders }) => {
      const ids = await loaders.deliberationsOfResident.load(id);
      const rows = await Promise.all(ids.map((each) => loaders.deliberation.load(each)));
      return rows.filter((row) => row !== null);
    },
    deliberationComments: ({ id }, args, { loaders }) => loaders.commentsOfResident(id, args),
  },
  Deliberation: {
    __resolveReference: ({ id }, { loaders }) => loaders.deliberation.load(id),
    community: ({ communityCode }, _, { loaders }) => loaders.community.load(communityCode),
    comments: ({ id }, args, { loaders }) => loaders.publicComments(id, args),
    history: ({ id }, _, { loaders }) => loaders.course.load(`deliberation:${id}`),
  },
  DeliberationStep: {
    state: ({ state }) => state as DeliberationState,
  },
  DeliberationComment: {
    __resolveReference: ({ id }, { loaders }) => loaders.deliberationComment.load(id),
    deliberation: ({ deliberationId }, _, { loaders }) => loaders.deliberation.load(deliberationId),
    resident: ({ residentId }, _, { loaders }) => loaders.resident.load(residentId),
  },
};
