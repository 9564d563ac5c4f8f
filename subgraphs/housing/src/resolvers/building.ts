import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Buildings and the homes in them. */
export const buildingResolvers: Resolvers = {
  Query: {
    building: (_, { code }, { loaders }) => loaders.building.load(code),
    buildings: (_, { first, after, place, oldEstate, lift, pipedGas, accessible, builtBefore, search }, { db }) => {
      const where = {
        communityCode: placeRange(place),
        oldEstate,
        lifts: lift == null ? null : lift ? { gt: 0 } : { equals: 0 },
        pipedGas,
        accessible,
        yearBuilt: builtBefore == null ? null : { lt: builtBefore },
        name: contains(search),
      };
      return pageOf(db.building, 'code', where, { first, after });
    },
    housingUnit: (_, { code }, { loaders }) => loaders.unit.load(code),
  },
  Building: {
    __resolveReference: ({ code }, { loaders }) => loaders.building.load(code),
    cimId: ({ code }) => `CIM-SYNTHETIC-${code}`,
    project: async ({ projectId }, _, { loaders }) => (await loaders.project.load(projectId))!,
    community: ({ communityCode }) => ({ code: communityCode }),
    units: ({ code }, { occupied, ...args }, { loaders }) => loaders.unitsOfBuilding(code, args, { occupied }),
    safetyInspections: ({ code }, args, { loaders }) => loaders.inspectionsOfBuilding(code, args),
  },
  HousingUnit: {
    __resolveReference: ({ code }, { loaders }) => loaders.unit.load(code),
    building: async ({ buildingCode }, _, { loaders }) => (await loaders.building.load(buildingCode))!,
    occupantIds: ({ occupants }) => occupants,
    ownership: ({ code }, _, { loaders }) => loaders.ownershipOfUnit.load(code),
    tenancy: ({ code }, _, { loaders }) => loaders.tenancyOfUnit.load(code),
    safetyInspections: ({ code }, args, { loaders }) => loaders.inspectionsOfUnit(code, args),
  },
};
