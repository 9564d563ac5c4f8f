import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import { id, version } from '@linli/kit/writing/fields';
import { mutation, type WriteContext } from '@linli/kit/writing/mutation';
import { z } from 'zod';
import { settleSignal } from '../appeals/settle-signal.js';
import type { Database } from '../database.js';
import type { Resolvers } from '../generated/graphql.js';

import { note } from './appeal-input.js';

const dismissWeakSignal = mutation({
  name: 'dismissWeakSignal',
  input: z.strictObject({ id, expectedVersion: version, note }),
  run: async ({ id, expectedVersion, note }, tx: WriteContext<Database>) => ({
    signal: await settleSignal(tx, { id, path: ['id'], expectedVersion }, { note }),
  }),
});

/** Warnings that similar appeals cluster in a community. */
export const appealSignalResolvers: Resolvers = {
  Query: {
    weakSignals: (_, { first, after, place, state, category }, { db }) => {
      const where = { communityCode: placeRange(place), state, category };
      return pageOf(db.weakSignal, 'id', where, { first, after });
    },
    weakSignal: (_, { id }, { loaders }) => loaders.weakSignal.load(id),
  },
  WeakSignal: {
    __resolveReference: ({ id }, { loaders }) => loaders.weakSignal.load(id),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    appeal: ({ appealNo }, _, { loaders }) => (appealNo === null ? null : loaders.appeal.load(appealNo)),
  },
  Mutation: { dismissWeakSignal },
  Community: {
    weakSignals: ({ code }, _, { loaders }) => loaders.openSignalsOfCommunity.load(code),
  },
};
