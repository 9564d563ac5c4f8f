import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Hazards that safety inspections found. */
export const inspectionResolvers: Resolvers = {
  Query: {
    safetyInspections: (_, { first, after, place, fixed, dueBefore }, { db }) => {
      const where = {
        communityCode: placeRange(place),
        fixedOn: fixed == null ? null : fixed ? { not: null } : { equals: null },
        dueOn: dueBefore == null ? null : { lt: new Date(dueBefore) },
      };
      return pageOf(db.safetyInspection, 'id', where, { first, after });
    },
  },
  SafetyInspection: {
    __resolveReference: ({ id }, { loaders }) => loaders.inspection.load(id),
    building: async ({ buildingCode }, _, { loaders }) => (await loaders.building.load(buildingCode))!,
    unit: ({ unitCode }, _, { loaders }) => (unitCode ? loaders.unit.load(unitCode) : null),
    community: ({ communityCode }) => ({ code: communityCode }),
  },
};
