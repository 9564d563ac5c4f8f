import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Whether a number is above zero, as a condition; none where it was not asked for. */
const some = (wanted: boolean | null | undefined) => (wanted == null ? null : wanted ? { gt: 0 } : { equals: 0 });

/** Car parks with their free places, and the devices that are a community's edge nodes. */
export const infrastructureResolvers: Resolvers = {
  Query: {
    parkingLots: (_, { first, after, place, free, charging }, { db }) => {
      const where = { communityCode: placeRange(place), freeSpaces: some(free), chargingSpaces: some(charging) };
      return pageOf(db.parkingLot, 'id', where, { first, after });
    },
    parkingLot: (_, { id }, { loaders }) => loaders.parkingLot.load(id),
    edgeDevices: (_, { first, after, place, kind, status }, { db }) =>
      pageOf(db.edgeDevice, 'id', { communityCode: placeRange(place), kind, status }, { first, after }),
  },
  Community: {
    parkingLots: ({ code }, args, { loaders }) => loaders.parkingOfCommunity(code, args),
    edgeDevices: ({ code }, args, { loaders }) => loaders.devicesOfCommunity(code, args),
  },
  PropertyProject: {
    parkingLots: ({ id }, args, { loaders }) => loaders.parkingOfProject(id, args),
    edgeDevices: ({ id }, args, { loaders }) => loaders.devicesOfProject(id, args),
  },
  ParkingLot: {
    __resolveReference: ({ id }, { loaders }) => loaders.parkingLot.load(id),
    project: ({ projectId }, _, { loaders }) => (projectId === null ? null : loaders.project.load(projectId)),
    community: ({ communityCode }) => ({ code: communityCode }),
  },
  EdgeDevice: {
    __resolveReference: ({ id }, { loaders }) => loaders.device.load(id),
    building: async ({ buildingCode }, _, { loaders }) => (await loaders.building.load(buildingCode))!,
    project: async ({ projectId }, _, { loaders }) => (await loaders.project.load(projectId))!,
    community: ({ communityCode }) => ({ code: communityCode }),
  },
};
