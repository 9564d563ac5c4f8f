import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { facilityOf, ofPatient } from './patient-row.js';

/** Screenings for mental health: their scores, never the answers to single questions. */
export const screeningResolvers: Resolvers = {
  Query: {
    mentalHealthScreenings: (_, { first, after, place, risk }, { db }) =>
      pageOf(db.mentalHealthScreening, 'id', { communityCode: placeRange(place), risk }, { first, after }),
  },
  MentalHealthScreening: {
    __resolveReference: ({ id }, { loaders }) => loaders.screening.load(id),
    ...ofPatient,
    facility: facilityOf,
  },
};
