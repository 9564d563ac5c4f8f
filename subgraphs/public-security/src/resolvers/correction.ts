import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Community correction, drug rehabilitation and released persons' aid, which exist for those alone who handle them. */
export const correctionResolvers: Resolvers = {
  Query: {
    correctionCases: (_, { first, after, place, kind }, { db }) => {
      const where = { communityCode: placeRange(place), kind };
      return pageOf(db.correctionCase, 'id', where, { first, after });
    },
  },
  CorrectionCase: {
    __resolveReference: ({ id }, { loaders }) => loaders.correctionCase.load(id),
    person: ({ personId }) => ({ id: personId }),
    community: ({ communityCode }) => ({ code: communityCode }),
    visits: ({ id }, args, { loaders }) => loaders.visitsOfCase(id, args),
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
  CorrectionVisit: {
    __resolveReference: ({ id }, { loaders }) => loaders.correctionVisit.load(id),
    person: ({ personId }) => ({ id: personId }),
    community: ({ communityCode }) => ({ code: communityCode }),
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
  Resident: {
    correctionCases: ({ id }, _, { loaders }) => loaders.correctionsOfResident.load(id),
  },
};
