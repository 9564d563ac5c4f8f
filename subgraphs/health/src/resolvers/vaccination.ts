import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { immunisationSchedule } from '../immunisation.js';
import { facilityOf, ofPatient } from './patient-row.js';

/** Doses that were given, and the next ones. */
export const vaccinationResolvers: Resolvers = {
  Query: {
    immunisationSchedule: () => immunisationSchedule.map(({ vaccine, months }) => ({ vaccine, months: [...months] })),
    vaccinationsDue: (_, { first, after, place, dueBefore }, { db }) => {
      const dueOn = dueBefore ? { lt: new Date(dueBefore) } : null;
      return pageOf(db.vaccinationDue, 'id', { communityCode: placeRange(place), dueOn }, { first, after });
    },
  },
  Vaccination: {
    __resolveReference: ({ id }, { loaders }) => loaders.vaccination.load(id),
    ...ofPatient,
    facility: facilityOf,
  },
  VaccinationDue: {
    __resolveReference: ({ id }, { loaders }) => loaders.vaccinationDue.load(id),
    ...ofPatient,
    facility: facilityOf,
  },
};
