import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { ofPatient } from './patient-row.js';

/** Referrals for mental health, from a clinic to a specialist, in the hands of somebody of the talent pool. */
export const referralResolvers: Resolvers = {
  Query: {
    mentalHealthReferrals: (_, { first, after, place, state }, { db }) =>
      pageOf(db.mentalHealthReferral, 'id', { communityCode: placeRange(place), state }, { first, after }),
    mentalHealthReferral: (_, { id }, { loaders }) => loaders.referral.load(id),
  },
  MentalHealthReferral: {
    __resolveReference: ({ id }, { loaders }) => loaders.referral.load(id),
    ...ofPatient,
    from: async ({ fromFacilityId }, _, { loaders }) => (await loaders.healthFacility.load(fromFacilityId))!,
    to: ({ toInstitution }) => toInstitution,
    professional: ({ professionalId }, _, { loaders }) =>
      professionalId === null ? null : loaders.professional.load(professionalId),
    screening: ({ screeningId }, _, { loaders }) => (screeningId === null ? null : loaders.screening.load(screeningId)),
    steps: ({ id }, _, { loaders }) => loaders.stepsOfReferral.load(id),
  },
};
