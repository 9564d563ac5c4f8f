import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Volunteers, the stations and projects they serve in, and what is needed of them. */
export const volunteeringResolvers: Resolvers = {
  Query: {
    volunteerStations: (_, { first, after, place, search }, { db }) => {
      const where = { communityCode: placeRange(place), name: contains(search) };
      return pageOf(db.volunteerStation, 'id', where, { first, after });
    },
    volunteerStation: (_, { id }, { loaders }) => loaders.volunteerStation.load(id),
    volunteerProjects: (_, { first, after, place, field, state }, { db }) =>
      pageOf(db.volunteerProject, 'id', { communityCode: placeRange(place), field, state }, { first, after }),
    volunteerProject: (_, { id }, { loaders }) => loaders.volunteerProject.load(id),
    volunteers: (_, { first, after, place, field }, { db }) => {
      const where = { communityCode: placeRange(place), fields: field && { has: field } };
      return pageOf(db.volunteer, 'id', where, { first, after });
    },
    volunteerNeeds: (_, { first, after, place, state, field }, { db }) =>
      pageOf(db.volunteerNeed, 'id', { communityCode: placeRange(place), state, field }, { first, after }),
    volunteerNeed: (_, { id }, { loaders }) => loaders.volunteerNeed.load(id),
  },
  VolunteerStation: {
    __resolveReference: ({ id }, { loaders }) => loaders.volunteerStation.load(id),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    facility: async ({ facilityId }, _, { loaders }) => (await loaders.facility.load(facilityId))!,
    projects: ({ id }, args, { loaders }) => loaders.projectsOfStation(id, args),
  },
  VolunteerProject: {
    __resolveReference: ({ id }, { loaders }) => loaders.volunteerProject.load(id),
    station: async ({ stationId }, _, { loaders }) => (await loaders.volunteerStation.load(stationId))!,
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    free: ({ places, taken }) => places - taken,
  },
  Volunteer: {
    __resolveReference: ({ id }, { loaders }) => loaders.volunteer.load(id),
    resident: ({ residentId }, _, { loaders }) => loaders.resident.load(residentId),
  },
  VolunteerNeed: {
    __resolveReference: ({ id }, { loaders }) => loaders.volunteerNeed.load(id),
    resident: ({ residentId }, _, { loaders }) => loaders.resident.load(residentId),
    project: ({ projectId }, _, { loaders }) => (projectId ? loaders.volunteerProject.load(projectId) : null),
    volunteer: ({ volunteerId }, _, { loaders }) => (volunteerId ? loaders.volunteer.load(volunteerId) : null),
  },
  VolunteerSignUp: {
    __resolveReference: ({ id }, { loaders }) => loaders.volunteerSignUp.load(id),
    resident: ({ residentId }, _, { loaders }) => loaders.resident.load(residentId),
    project: async ({ projectId }, _, { loaders }) => (await loaders.volunteerProject.load(projectId))!,
  },
  Community: {
    volunteerStations: ({ code }, args, { loaders }) => loaders.stationsOfCommunity(code, args),
    volunteerProjects: ({ code }, { state, ...args }, { loaders }) =>
      loaders.projectsOfCommunity(code, args, { state }),
  },
  Resident: {
    volunteer: ({ id }, _, { loaders }) => loaders.volunteerOfResident.load(id),
    volunteerNeeds: ({ id }, _, { loaders }) => loaders.needsOfParty.load(id),
    volunteerSignUps: ({ id }, args, { loaders }) => loaders.signUpsOfResident(id, args),
  },
};
