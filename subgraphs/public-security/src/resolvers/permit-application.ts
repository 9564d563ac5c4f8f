import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Applications for residence permits and for their endorsement. */
export const permitApplicationResolvers: Resolvers = {
  Query: {
    residencePermitApplications: (_, { first, after, place, state }, { db }) =>
      pageOf(db.permitApplication, 'no', { communityCode: placeRange(place), state }, { first, after }),
    residencePermitApplication: (_, { no }, { loaders }) => loaders.permitApplication.load(no),
  },
  ResidencePermitApplication: {
    __resolveReference: ({ no }, { loaders }) => loaders.permitApplication.load(no),
    applicant: ({ applicantId }) => ({ id: applicantId }),
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
  Resident: {
    residencePermitApplications: ({ id }, args, { loaders }) => loaders.applicationsOfResident(id, args),
  },
};
