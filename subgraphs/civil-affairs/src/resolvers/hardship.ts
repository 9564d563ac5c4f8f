import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Context } from '../context.js';
import type { Resolvers } from '../generated/graphql.js';

/** Leads to people in hardship, which social workers look into one by one. */
export const hardshipResolvers: Resolvers = {
  Query: {
    hardshipLeads: (_, { first, after, place, state, urgency }, { db }) =>
      pageOf(db.hardshipLead, 'id', { communityCode: placeRange(place), state, urgency }, { first, after }),
    hardshipLead: (_, { id }, { loaders }) => loaders.hardshipLead.load(id),
  },
  HardshipLead: {
    __resolveReference: ({ id }, { loaders }) => loaders.hardshipLead.load(id),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    resident: ({ residentId }, _, { loaders }) => (residentId ? loaders.resident.load(residentId) : null),
    signals: ({ id }, _, { loaders }) => loaders.signalsOfLead.load(id),
    case: ({ caseId }, _, { loaders }) => (caseId ? loaders.welfareCase.load(caseId) : null),
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
  Subscription: {
    hardshipQueue: {
      subscribe: (_, { place }, { events }) =>
        events.of('HardshipLeadOpened', ({ data }) => String(data['communityCode']).startsWith(place)),
      resolve: ({ key }: { key: string }, _args: unknown, context: Context) =>
        context.fresh().loaders.hardshipLead.load(key),
    },
  },
};
