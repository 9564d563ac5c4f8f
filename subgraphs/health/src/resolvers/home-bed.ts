import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { facilityOf, ofPatient } from './patient-row.js';

/** Home sickbeds with their visits. */
export const homeBedResolvers: Resolvers = {
  Query: {
    homeBeds: (_, { first, after, place, state, visitBefore }, { db }) => {
      const nextVisitOn = visitBefore ? { lt: new Date(visitBefore) } : null;
      return pageOf(db.homeBed, 'id', { communityCode: placeRange(place), state, nextVisitOn }, { first, after });
    },
    homeBed: (_, { id }, { loaders }) => loaders.homeBed.load(id),
  },
  HomeBed: {
    __resolveReference: ({ id }, { loaders }) => loaders.homeBed.load(id),
    ...ofPatient,
    facility: facilityOf,
    visits: ({ id }, args, { loaders }) => loaders.visitsOfHomeBed(id, args),
  },
};
