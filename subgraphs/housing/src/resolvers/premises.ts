import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Idle premises, and what is proposed to be made of them. */
export const premisesResolvers: Resolvers = {
  Query: {
    idlePremises: (_, { first, after, place, state, suggestedUse }, { db }) =>
      pageOf(db.idlePremises, 'id', { communityCode: placeRange(place), state, suggestedUse }, { first, after }),
    idlePremisesItem: (_, { id }, { loaders }) => loaders.premises.load(id),
    premisesProposals: (_, { first, after, place, state }, { db }) =>
      pageOf(db.premisesProposal, 'id', { communityCode: placeRange(place), state }, { first, after }),
  },
  Community: {
    idlePremises: ({ code }, args, { loaders }) => loaders.premisesOfCommunity(code, args),
  },
  IdlePremises: {
    __resolveReference: ({ id }, { loaders }) => loaders.premises.load(id),
    building: async ({ buildingCode }, _, { loaders }) => (await loaders.building.load(buildingCode))!,
    community: ({ communityCode }) => ({ code: communityCode }),
    proposals: ({ id }, args, { loaders }) => loaders.proposalsOfPremises(id, args),
  },
  PremisesProposal: {
    __resolveReference: ({ id }, { loaders }) => loaders.proposal.load(id),
    premises: ({ premisesId }, _, { loaders }) => loaders.premises.load(premisesId),
    community: ({ communityCode }) => ({ code: communityCode }),
  },
};
