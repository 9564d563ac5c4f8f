import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Accounts of the time bank and what went through them. */
export const timeBankResolvers: Resolvers = {
  Query: {
    timeBankAccount: (_, { id }, { loaders }) => loaders.timeBankAccount.load(id),
    timeBankAccounts: (_, { first, after, place, kind }, { db }) =>
      pageOf(db.timeBankAccount, 'id', { communityCode: placeRange(place), kind }, { first, after }),
    timeBankTotals: (_, _args, { loaders }) => loaders.timeBankTotals(),
  },
  TimeBankAccount: {
    __resolveReference: ({ id }, { loaders }) => loaders.timeBankAccount.load(id),
    holder: ({ holderId }, _, { loaders }) => (holderId ? loaders.resident.load(holderId) : null),
    station: ({ stationId }, _, { loaders }) => (stationId ? loaders.volunteerStation.load(stationId) : null),
    entries: ({ id }, args, { loaders }) => loaders.entriesOfAccount(id, args),
  },
  Resident: { timeBankAccount: ({ id }, _, { loaders }) => loaders.timeBankAccountOfHolder.load(id) },
};
