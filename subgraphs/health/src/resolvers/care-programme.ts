import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { facilityOf, ofPatient } from './patient-row.js';

/** Programmes of care with their follow-ups. */
export const careProgrammeResolvers: Resolvers = {
  Query: {
    careProgrammes: (_, { first, after, place, kind, state, dueBefore }, { db }) => {
      const nextDueOn = dueBefore ? { lt: new Date(dueBefore) } : null;
      const where = { communityCode: placeRange(place), kind, state, nextDueOn };
      return pageOf(db.careProgramme, 'id', where, { first, after });
    },
    careProgramme: (_, { id }, { loaders }) => loaders.careProgramme.load(id),
  },
  CareProgramme: {
    __resolveReference: ({ id }, { loaders }) => loaders.careProgramme.load(id),
    ...ofPatient,
    facility: facilityOf,
    followUps: ({ id }, args, { loaders }) => loaders.followUpsOfProgramme(id, args),
  },
};
