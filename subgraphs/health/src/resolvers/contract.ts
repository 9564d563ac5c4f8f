import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { facilityOf, ofPatient } from './patient-row.js';

/** Family-doctor contracts, listed by where the residents live. */
export const contractResolvers: Resolvers = {
  Query: {
    familyDoctorContracts: (_, { first, after, place, expiringBefore, facility }, { db }) => {
      const where = {
        communityCode: placeRange(place),
        expiresOn: expiringBefore ? { lt: new Date(expiringBefore) } : null,
        facilityId: facility,
      };
      return pageOf(db.familyDoctorContract, 'id', where, { first, after });
    },
    familyDoctorContract: (_, { id }, { loaders }) => loaders.contract.load(id),
  },
  FamilyDoctorContract: {
    __resolveReference: ({ id }, { loaders }) => loaders.contract.load(id),
    ...ofPatient,
    facility: facilityOf,
    history: ({ id }, _, { loaders }) => loaders.historyOfContract.load(id),
  },
};
