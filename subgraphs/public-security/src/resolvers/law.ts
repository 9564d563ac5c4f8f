import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import { consultationTimes, isBookable } from '../consultation-times.js';
import type { Resolvers } from '../generated/graphql.js';

/** Advisers and legally versed people of communities, and who has booked a consultation. */
export const lawResolvers: Resolvers = {
  Query: {
    legalHelpers: (_, { first, after, place, kind }, { db }) =>
      pageOf(db.legalHelper, 'id', { communityCode: placeRange(place), kind }, { first, after }),
    legalHelper: (_, { id }, { loaders }) => loaders.legalHelper.load(id),
    legalConsultations: (_, { first, after, place }, { db }) =>
      pageOf(db.legalConsultation, 'id', { communityCode: placeRange(place) }, { first, after }),
  },
  LegalHelper: {
    __resolveReference: ({ id }, { loaders }) => loaders.legalHelper.load(id),
    freeTimes: async ({ id, weekdays }, { day }, { loaders }) => {
      const wanted = new Date(`${String(day)}T00:00:00Z`);
      if (!isBookable(wanted, weekdays, new Date())) return [];
      const taken = await loaders.slotsOfAdviser.load(id);
      return consultationTimes.filter(
        (time) => !taken.some((slot) => slot.time === time && slot.day.getTime() === wanted.getTime()),
      );
    },
    community: ({ communityCode }) => ({ code: communityCode }),
  },
  LegalConsultation: {
    __resolveReference: ({ id }, { loaders }) => loaders.consultation.load(id),
    adviser: ({ adviserId }, _, { loaders }) => loaders.legalHelper.load(adviserId),
    resident: ({ residentId }) => ({ id: residentId }),
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
  Community: {
    legalHelpers: ({ code }, args, { loaders }) => loaders.legalHelpersOfCommunity(code, args),
  },
  Resident: {
    legalConsultations: ({ id }, args, { loaders }) => loaders.consultationsOfResident(id, args),
  },
};
