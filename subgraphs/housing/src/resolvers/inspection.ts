import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Safety inspections, and the hazards that they or others found. */
export const inspectionResolvers: Resolvers = {
  Query: {
    safetyInspections: (_, { first, after, place, fixed, state, dueBefore }, { db }) => {
      const where = {
        communityCode: placeRange(place),
        state,
        fixedOn: fixed == null ? null : fixed ? { not: null } : { equals: null },
        dueOn: dueBefore == null ? null : { lt: new Date(dueBefore) },
      };
      return pageOf(db.safetyInspection, 'id', where, { first, after });
    },
    safetyInspection: (_, { id }, { loaders }) => loaders.inspection.load(id),
    inspectionRounds: (_, { first, after, place, state, plannedBefore }, { db }) => {
      const plannedFor = plannedBefore == null ? null : { lt: new Date(plannedBefore) };
      return pageOf(
        db.inspectionRound,
        'id',
        { communityCode: placeRange(place), state, plannedFor },
        { first, after },
      );
    },
    inspectionRound: (_, { id }, { loaders }) => loaders.round.load(id),
  },
  PropertyProject: {
    inspectionRounds: ({ id }, args, { loaders }) => loaders.roundsOfProject(id, args),
  },
  InspectionRound: {
    __resolveReference: ({ id }, { loaders }) => loaders.round.load(id),
    hazards: ({ id }, args, { loaders }) => loaders.inspectionsOfRound(id, args),
    project: async ({ projectId }, _, { loaders }) => (await loaders.project.load(projectId))!,
    community: ({ communityCode }) => ({ code: communityCode }),
  },
  SafetyInspection: {
    __resolveReference: ({ id }, { loaders }) => loaders.inspection.load(id),
    building: async ({ buildingCode }, _, { loaders }) => (await loaders.building.load(buildingCode))!,
    unit: ({ unitCode }, _, { loaders }) => (unitCode ? loaders.unit.load(unitCode) : null),
    round: ({ roundId }, _, { loaders }) => (roundId === null ? null : loaders.round.load(roundId)),
    steps: ({ id }, _, { loaders }) => loaders.stepsOf.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
  },
};
