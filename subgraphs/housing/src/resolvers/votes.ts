import type { LinliEvent } from '@linli/kit/events/event';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Context } from '../context.js';
import type { Resolvers } from '../generated/graphql.js';
import type { OwnersVote } from '../generated/prisma/client.js';
import { hasQuorum } from '../votes/decision.js';
import { receiptProof, receiptsRoot } from '../votes/receipts.js';

/** How many chose a motion's option, by its place; of other votes null. */
const ofMotion = (vote: OwnersVote, option: number, { loaders }: Context) =>
  vote.kind === 'MOTION' ? (loaders.tally(vote).homes?.[option] ?? null) : null;

/** Owners' votes: a vote is its tally and its receipts, and no ballot leads to a voter. */
export const voteResolvers: Resolvers = {
  Query: {
    ownersVotes: (_, { first, after, place, state }, { db }) =>
      pageOf(db.ownersVote, 'id', { communityCode: placeRange(place), state }, { first, after }),
    ownersVote: (_, { id }, { loaders }) => loaders.vote.load(id),
  },
  OwnersVote: {
    __resolveReference: ({ id }, { loaders }) => loaders.vote.load(id),
    project: async ({ projectId }, _, { loaders }) => (await loaders.project.load(projectId))!,
    options: (vote, _, { loaders }) => {
      const { homes } = loaders.tally(vote);
      return vote.options.map((text, i) => ({ number: i + 1, text, homes: homes?.[i] ?? null }));
    },
    quorum: ({ eligible, voted, eligibleAreaM2, votedAreaM2 }) =>
      voted === null ? null : hasQuorum({ eligible, voted, eligibleAreaM2, votedAreaM2 }),
    inFavour: (vote, _, context) => ofMotion(vote, 0, context),
    against: (vote, _, context) => ofMotion(vote, 1, context),
    abstained: (vote, _, context) => ofMotion(vote, 2, context),
    suppressed: (vote, _, { loaders }) => loaders.tally(vote).suppressed,
    ballots: ({ id }, _, { loaders }) => loaders.ballotsOfVote.load(id),
    receipts: ({ id }, args, { loaders }) => loaders.receiptsOfVote(id, args),
    receiptsRoot: async (vote, _, { loaders }) =>
      receiptsRoot(await loaders.ballotsOfVote.load(vote.id), loaders.tally(vote).suppressed),
    receiptProof: async (vote, { id: receipt }, { loaders }) =>
      receiptProof(await loaders.ballotsOfVote.load(vote.id), loaders.tally(vote).suppressed, receipt),
  },
  Subscription: {
    ownersVoteProgress: {
      subscribe: (_, { id }, { events }) => events.of('OwnersVoteTurnout', ({ key }) => key === id),
      resolve: ({ key }: LinliEvent, _args: unknown, context: Context) => context.fresh().loaders.vote.load(key),
    },
  },
  OwnersBallot: {
    choice: ({ option }) => option,
  },
  OwnersVoteReceipt: {
    option: async ({ voteId, option }, _, { loaders }) => {
      const vote = await loaders.vote.load(voteId);
      return vote && !loaders.tally(vote).suppressed ? option : null;
    },
  },
};
