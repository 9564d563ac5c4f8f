import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** What residents propose, until it is adopted into one of the public lists. */
export const proposalResolvers: Resolvers = {
  Query: {
    residentProposals: (_, { first, after, place, kind, state }, { db }) =>
      pageOf(db.residentProposal, 'id', { communityCode: placeRange(place), kind, state }, { first, after }),
    residentProposal: (_, { id }, { loaders }) => loaders.residentProposal.load(id),
  },
  Resident: {
    proposals: ({ id }, args, { loaders }) => loaders.proposalsOfResident(id, args),
  },
  ResidentProposal: {
    __resolveReference: ({ id }, { loaders }) => loaders.residentProposal.load(id),
    resident: ({ residentId }, _, { loaders }) => loaders.resident.load(residentId),
    need: ({ id }, _, { loaders }) => loaders.adoptedNeed.load(id),
    deliberation: ({ id }, _, { loaders }) => loaders.adoptedDeliberation.load(id),
    microProject: ({ id }, _, { loaders }) => loaders.adoptedProject.load(id),
  },
};
