import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** The list of duties (职责清单): who is responsible for what kind of appeal, with every version that there was. */
export const dutyResolvers: Resolvers = {
  Query: {
    dutyItems: (_, { first, after, category, live }, { db }) => {
      const liveCode = live == null ? null : live ? { not: null } : { equals: null };
      return pageOf(db.dutyItem, 'id', { category, liveCode }, { first, after });
    },
    dutyItem: (_, { id }, { loaders }) => loaders.dutyItem.load(id),
  },
  DutyItem: {
    __resolveReference: ({ id }, { loaders }) => loaders.dutyItem.load(id),
    live: ({ liveCode }) => liveCode !== null,
    revisions: ({ code }, _, { loaders }) => loaders.revisionsOfDuty.load(code),
  },
};
