import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Referrals for mental health, from a clinic to a specialist. */
export const referralResolvers: Resolvers = {
  Query: {
    mentalHealthReferrals: (_, { first, after, place, state }, { db }) =>
      pageOf(db.mentalHealthReferral, 'id', { communityCode: placeRange(place), state }, { first, after }),
  },
  MentalHealthReferral: {
    __resolveReference: ({ id }, { loaders }) => loaders.referral.load(id),
    resident: ({ residentId }) => ({ id: residentId }),
    minor: ({ minorUntil }) => isMinor(minorUntil),
    from: async ({ fromFacilityId }, _, { loaders }) => (await loaders.healthFacility.load(fromFacilityId))!,
    to: ({ toInstitution }) => toInstitution,
  },
};
