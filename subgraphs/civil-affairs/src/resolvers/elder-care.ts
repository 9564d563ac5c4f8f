import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Care for old residents: sites with their places, profiles, day care, care at home. */
export const elderCareResolvers: Resolvers = {
  Query: {
    elderSites: (_, { first, after, place, kind, mode, search }, { db }) => {
      const where = {
        communityCode: placeRange(place),
        kind,
        modes: mode && { has: mode },
        name: contains(search),
      };
      return pageOf(db.elderSite, 'id', where, { first, after });
    },
    elderSite: (_, { id }, { loaders }) => loaders.elderSite.load(id),
    elderProfiles: (_, { first, after, place, careGrade, smartCareUser }, { db }) =>
      pageOf(db.elderProfile, 'id', { communityCode: placeRange(place), careGrade, smartCareUser }, { first, after }),
    elderProfile: (_, { id }, { loaders }) => loaders.elderProfile.load(id),
    homeCareOrders: (_, { first, after, place, state }, { db }) =>
      pageOf(db.homeCareOrder, 'id', { communityCode: placeRange(place), state }, { first, after }),
  },
  ElderSite: {
    __resolveReference: ({ id }, { loaders }) => loaders.elderSite.load(id),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    facility: ({ facilityId }, _, { loaders }) => (facilityId ? loaders.facility.load(facilityId) : null),
    places: ({ id }, _, { loaders }) => loaders.placesOfSite.load(id),
  },
  ElderPlaces: { free: ({ capacity, taken }) => capacity - taken },
  ElderProfile: {
    __resolveReference: ({ id }, { loaders }) => loaders.elderProfile.load(id),
    resident: ({ residentId }, _, { loaders }) => loaders.resident.load(residentId),
    livesAlone: async ({ residentId }, _, { loaders }) => (await loaders.resident.load(residentId))?.livesAlone ?? null,
    assessments: ({ id }, _, { loaders }) => loaders.assessmentsOfProfile.load(id),
  },
  DayCareEnrolment: {
    __resolveReference: ({ id }, { loaders }) => loaders.dayCareEnrolment.load(id),
    resident: ({ residentId }, _, { loaders }) => loaders.resident.load(residentId),
    site: async ({ siteId }, _, { loaders }) => (await loaders.elderSite.load(siteId))!,
  },
  HomeCareOrder: {
    __resolveReference: ({ id }, { loaders }) => loaders.homeCareOrder.load(id),
    resident: ({ residentId }, _, { loaders }) => loaders.resident.load(residentId),
    site: ({ siteId }, _, { loaders }) => (siteId ? loaders.elderSite.load(siteId) : null),
    company: ({ companyId }, _, { loaders }) => (companyId ? loaders.domesticCompany.load(companyId) : null),
  },
  Community: {
    elderSites: ({ code }, args, { loaders }) => loaders.elderSitesOfCommunity(code, args),
    smartCare: ({ code }, _, { loaders }) => loaders.smartCare(code),
  },
  Street: {
    elderCentre: ({ code }, _, { loaders }) => loaders.elderCentreOfStreet.load(code),
    smartCare: ({ code }, _, { loaders }) => loaders.smartCare(code),
  },
  District: { smartCare: ({ id }, _, { loaders }) => loaders.smartCare(id) },
  Resident: {
    elderProfile: ({ id }, _, { loaders }) => loaders.elderProfileOfResident.load(id),
    dayCareEnrolments: ({ id }, _, { loaders }) => loaders.dayCareOfResident.load(id),
    homeCareOrders: ({ id }, args, { loaders }) => loaders.homeCareOfResident(id, args),
  },
};
