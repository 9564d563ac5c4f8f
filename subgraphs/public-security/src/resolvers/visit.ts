import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { isVisitDue } from '../visit-round.js';

/** Visits of grid workers to those on the visiting round. */
export const visitResolvers: Resolvers = {
  Query: {
    gridVisits: (_, { first, after, place, latest, visitedBefore }, { db }) => {
      const where = {
        communityCode: placeRange(place),
        latest: visitedBefore == null ? latest : true,
        visitedAt: visitedBefore == null ? null : { lt: new Date(visitedBefore) },
      };
      return pageOf(db.gridVisit, 'id', where, { first, after });
    },
  },
  GridVisit: {
    __resolveReference: ({ id }, { loaders }) => loaders.gridVisit.load(id),
    due: (visit) => isVisitDue(visit, new Date()),
    resident: ({ residentId }) => ({ id: residentId }),
    grid: ({ gridCode }, _, { loaders }) => loaders.gridCell.load(gridCode),
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
  Resident: {
    lastGridVisit: ({ id }, _, { loaders }) => loaders.lastVisitOfResident.load(id),
    gridVisits: ({ id }, args, { loaders }) => loaders.visitsOfResident(id, args),
  },
};
