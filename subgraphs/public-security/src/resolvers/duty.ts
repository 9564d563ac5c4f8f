import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Who is on duty when: officers at their posts, and the community's emergency watch. */
export const dutyResolvers: Resolvers = {
  Query: {
    dutyShifts: (_, { first, after, place, kind }, { db }) =>
      pageOf(db.dutyShift, 'id', { communityCode: placeRange(place), kind }, { first, after }),
  },
  DutyShift: {
    __resolveReference: ({ id }, { loaders }) => loaders.dutyShift.load(id),
    officer: ({ officerId }, _, { loaders }) => (officerId ? loaders.officer.load(officerId) : null),
    community: ({ communityCode }) => ({ code: communityCode }),
  },
  Community: {
    dutyShifts: ({ code }, args, { loaders }) => loaders.shiftsOfCommunity(code, args),
  },
};
