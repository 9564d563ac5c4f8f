import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Help for children in trouble, which exists for those alone who give it. */
export const psychologicalAidResolvers: Resolvers = {
  Query: {
    psychologicalAids: (_, { place, first, after, state }, { db }) =>
      pageOf(db.psychologicalAid, 'id', { communityCode: placeRange(place), state }, { first, after }),
  },
  PsychologicalAid: {
    __resolveReference: ({ id }, { loaders }) => loaders.psychologicalAid.load(id),
    child: ({ childId }) => ({ id: childId }),
    minor: ({ minorUntil }) => isMinor(minorUntil),
    steps: ({ id }, _, { loaders }) => loaders.stepsOfAid(id),
  },
};
